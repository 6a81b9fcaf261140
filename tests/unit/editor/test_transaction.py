"""A change is written whole, under a name, or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot.editor.changes import Change, Draft, FileEdit
from bot.editor.errors import Busy, EditError, Stale
from bot.editor.phrasings import add_phrasings, all_phrasings, move_phrasings, remove_phrasings
from bot.editor.transaction import apply, recover
from bot.editor.undo import undo
from bot.editor.workspace import Author, Workspace
from tests.unit.editor.conftest import AYLIN, BEN, git

NEW = "wo finde ich diese liste mit den hochschulen und dem h plus"
FILE = "data/nlu/faq/anabin.yml"


def test_one_sentence_is_one_line_one_file_and_one_name(workspace: Workspace) -> None:
    change = add_phrasings("faq/anabin", [f"  {NEW} "], workspace)
    assert list(change.diffs()) == [FILE] and change.diffs()[FILE].count(f"\n+    - {NEW}\n") == 1
    done = apply(change, AYLIN, workspace)
    assert git(workspace.root, "log", "-1", "--format=%H|%an <%ae>|%s").strip() == f"{done.commit}|{AYLIN}|inhalt: faq/anabin: Formulierung „{NEW}“ ergänzt"
    assert git(workspace.root, "show", "--numstat", "--format=", "HEAD").split() == ["1", "0", FILE]
    assert git(workspace.root, "status", "--porcelain") == ""


def test_only_the_touched_files_are_committed_and_what_others_staged_stays(workspace: Workspace) -> None:
    (workspace.root / "domain.yml").write_text("# halb fertig\n", encoding="utf-8")
    git(workspace.root, "add", "domain.yml")
    apply(add_phrasings("faq/anabin", [NEW], workspace), AYLIN, workspace)
    assert git(workspace.root, "show", "--name-only", "--format=", "HEAD").split() == [FILE]
    assert git(workspace.root, "status", "--porcelain").split() == ["M", "domain.yml"]


def test_second_person_is_named(workspace: Workspace) -> None:
    apply(add_phrasings("faq/anabin", [NEW], workspace), AYLIN, workspace, approved_by=BEN)
    assert f"Geprüft-von: {BEN}" in git(workspace.root, "log", "-1", "--format=%B")


@pytest.mark.parametrize(("sentence", "words"), [
    ("zsba", "steht schon bei „faq/zsba“"), ("ZSBA!", "steht schon bei „faq/zsba“"), ("Was bedeutet H+ in der Datenbank", "steht bei dieser Absicht schon"),
    ("was ist bqfg bitte erklaeren", "Prüffrage"), ("bitte erklaeren, was ist BQFG?", "Prüffrage"), ("Was macht die Zentrale Servicestelle Berufsanerkennung (ZSBA)?", "ist die Frage der FAQ „faq/zsba“"),
], ids=["other-intent", "other-spelling", "same-intent", "held-out", "held-out-rearranged", "question-of-another"])
def test_sentence_that_teaches_wrong_is_refused(workspace: Workspace, contents, sentence: str, words: str) -> None:
    before = contents()
    with pytest.raises(EditError, match=words):
        apply(add_phrasings("faq/anabin", [sentence], workspace), AYLIN, workspace)
    assert contents() == before


@pytest.mark.parametrize("sentence", ["", " - ", "a [b](c)", "x" * 251, "rufen sie an 06151 2345678", "schreiben sie an mia@web.de", "a\x07b"],
                         ids=["empty", "dash", "markup", "long", "telephone", "mail", "control"])
def test_sentence_that_is_none_is_refused_before_the_preview(workspace: Workspace, sentence: str) -> None:
    with pytest.raises(EditError):
        add_phrasings("faq/anabin", [sentence], workspace)


def test_moved_sentence_may_stand_where_it_goes(workspace: Workspace) -> None:
    sentence = all_phrasings(workspace)["faq/anabin"][0]
    apply(move_phrasings("faq/anabin", "faq/zsba", [sentence], workspace), AYLIN, workspace)
    found = all_phrasings(workspace)
    assert (sentence in found["faq/anabin"], sentence in found["faq/zsba"]) == (False, True)


def test_few_phrasings_are_a_warning(workspace: Workspace) -> None:
    done = apply(remove_phrasings("faq/anabin", all_phrasings(workspace)["faq/anabin"][14:], workspace), AYLIN, workspace)
    assert done.notes == ("„faq/anabin“ hat 14 Formulierungen, nötig sind 15.",)


def test_file_that_changed_since_the_preview_is_kept(workspace: Workspace, contents) -> None:
    first, second = add_phrasings("faq/anabin", [NEW], workspace), add_phrasings("faq/anabin", ["ganz andere frage zu hochschulen im netz"], workspace)
    apply(first, AYLIN, workspace)
    before = contents()
    with pytest.raises(Stale, match="seit der Vorschau geändert"):
        apply(second, BEN, workspace)
    assert contents() == before


def test_second_editor_hears_who_is_writing_since_when(workspace: Workspace) -> None:
    change = add_phrasings("faq/anabin", [NEW], workspace)
    with workspace.lock(AYLIN.name), pytest.raises(Busy, match=r"Aylin Beispiel schreibt gerade Änderungen \(seit \d\d:\d\d:\d\d Uhr\)"):
        apply(change, BEN, workspace, wait=0)
    assert apply(change, BEN, workspace, wait=0).commit


EDITOR = """
import sys
from pathlib import Path
from bot.editor.errors import Stale
from bot.editor.phrasings import add_phrasings
from bot.editor.transaction import apply
from bot.editor.workspace import Author, Workspace
name, workspace = sys.argv[1], Workspace(Path(sys.argv[2]))
for number, word in enumerate("eins zwei drei vier fünf sechs".split()):
    while True:
        try:
            apply(add_phrasings("faq/anabin", [f"hochschule {word} geprüft von {name} im netz"], workspace), Author(name, f"{name}@b.example"), workspace, wait=60)
            break
        except Stale:
            pass
"""


@pytest.mark.slow
def test_two_people_at_once_lose_nothing(workspace: Workspace) -> None:
    people = [subprocess.Popen([sys.executable, "-c", EDITOR, name, str(workspace.root)]) for name in ("aylin", "ben")]
    assert [person.wait(timeout=300) for person in people] == [0, 0]
    found = all_phrasings(workspace)["faq/anabin"]
    assert sum("geprüft von aylin" in s for s in found) == sum("geprüft von ben" in s for s in found) == 6
    assert git(workspace.root, "log", "--format=%an", "-12").split().count("ben") == 6 and git(workspace.root, "status", "--porcelain") == ""


@pytest.mark.parametrize("path", ["domain.yml", "bot/cli.py", "data/../domain.yml", "/etc/passwd", "data", "", "data/faq/../../README.md", "data\\faq\\a.yml"])
def test_nothing_outside_data_and_tests_is_written(workspace: Workspace, path: str) -> None:
    with pytest.raises(EditError, match="liegt nicht in data/ oder tests/"):
        apply(Change("Böse", (FileEdit(path, None, b"x"),)), AYLIN, workspace)


def test_links_out_of_the_folder_are_not_followed(workspace: Workspace, tmp_path: Path) -> None:
    (workspace.data / "weg").symlink_to(tmp_path)
    with pytest.raises(EditError, match="liegt nicht in data/ oder tests/"):
        apply(Change("Böse", (FileEdit("data/weg/a.yml", None, b"x"),)), AYLIN, workspace)


def test_all_files_are_put_back_when_one_cannot_be_written(workspace: Workspace, contents) -> None:
    draft = Draft(workspace)
    draft.write(FILE, draft.need(FILE) + b"    - noch eine frage zu hochschulen im netz\n")
    draft.write("tests/zz/neu.yml", b"a: 1\n")
    (workspace.tests / "zz").write_text("eine Datei, kein Ordner", encoding="utf-8")
    before = contents()
    with pytest.raises(EditError, match="Nichts wurde geändert"):
        apply(draft.change("Zwei Dateien"), AYLIN, workspace)
    assert contents() == before and not list(workspace.write_ahead.iterdir())


def test_refusal_of_git_takes_everything_back(workspace: Workspace, contents) -> None:
    hook = workspace.root / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho heute nicht >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    before = contents()
    with pytest.raises(EditError, match="Git hat abgelehnt: heute nicht Nichts wurde geändert"):
        apply(add_phrasings("faq/anabin", [NEW], workspace), AYLIN, workspace)
    assert contents() == before and git(workspace.root, "status", "--porcelain") == ""


def test_without_a_repository_it_is_written_and_said(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.move(workspace.root / ".git", workspace.root / "git-beiseite")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(workspace.root.parent))
    done = apply(add_phrasings("faq/anabin", [NEW], workspace), AYLIN, workspace)
    assert (done.commit, "kein Git-Repository" in done.notes[0]) == ("", True)
    assert NEW in all_phrasings(workspace)["faq/anabin"]


def test_empty_change_and_nameless_author_are_refused(workspace: Workspace) -> None:
    with pytest.raises(EditError, match="nichts zu ändern"):
        apply(Change("Leer", ()), AYLIN, workspace)
    for name, mail in (("", "a@b"), ("A\nB", "a@b.de"), ("A", "keine"), ("A <x>", "a@b.de")):
        with pytest.raises(EditError, match="Name oder E-Mail"):
            Author(name, mail)


def test_change_survives_the_table_of_proposals(workspace: Workspace) -> None:
    change = move_phrasings("faq/anabin", "faq/zsba", all_phrasings(workspace)["faq/anabin"][:1], workspace)
    again = Change.from_json(change.to_json())
    assert (again, again.key) == (change, change.key)
    with pytest.raises(EditError, match="nicht lesbar"):
        Change.from_json("{}")


def test_undo_gives_back_the_old_bytes_as_a_commit_of_its_own(workspace: Workspace, contents) -> None:
    before = contents()
    done = apply(move_phrasings("faq/anabin", "faq/zsba", all_phrasings(workspace)["faq/anabin"][:2], workspace), AYLIN, workspace)
    apply(undo(done.commit, workspace), BEN, workspace)
    assert contents() == before
    assert git(workspace.root, "log", "-1", "--format=%an|%s").startswith("Ben Muster|inhalt: Rückgängig: 2 Formulierungen verschoben")


def test_undo_keeps_what_others_did_since(workspace: Workspace) -> None:
    done = apply(add_phrasings("faq/anabin", [NEW], workspace), AYLIN, workspace)
    first = all_phrasings(workspace)["faq/anabin"][0]
    apply(remove_phrasings("faq/anabin", [first], workspace), BEN, workspace)
    apply(undo(done.commit, workspace), AYLIN, workspace)
    found = all_phrasings(workspace)["faq/anabin"]
    assert (NEW in found, first in found) == (False, False)


def test_undo_of_the_same_place_changed_again_is_refused(workspace: Workspace) -> None:
    done = apply(add_phrasings("faq/anabin", [NEW], workspace), AYLIN, workspace)
    draft = Draft(workspace)
    draft.write(FILE, draft.need(FILE).replace(NEW.encode(), b"wo finde ich die liste"))
    apply(draft.change("Gekürzt"), BEN, workspace)
    with pytest.raises(EditError, match="wieder geändert"):
        undo(done.commit, workspace)


def test_undo_knows_only_changes_of_contents(workspace: Workspace) -> None:
    (workspace.root / "domain.yml").write_text("# x\n", encoding="utf-8")
    git(workspace.root, "-c", "user.name=X", "-c", "user.email=x@b.example", "commit", "--quiet", "-am", "inhalt: getarnt")
    for commit, words in ((git(workspace.root, "rev-parse", "HEAD").strip(), "Pflege der Inhalte"), ("HEAD", "nicht zu finden"), ("0" * 40, "nicht zu finden"), ("--help", "nicht zu finden")):
        with pytest.raises(EditError, match=words):
            undo(commit, workspace)


KILLED = """
import os, signal, sys, threading, time
from pathlib import Path
from bot.editor import journal, transaction
from bot.editor.changes import Change
from bot.editor.workspace import Author, Workspace
workspace, step = Workspace(Path(sys.argv[1])), int(sys.argv[2])
count = 0
def trace(frame, event, argument):
    global count
    if event == "line" and frame.f_code.co_filename.endswith(("journal.py", "transaction.py", "office_files.py", "workspace.py", "git.py")):
        count += 1
        if count == step:
            os.kill(os.getpid(), signal.SIGKILL)
    return trace
transaction.check = lambda *_: type("F", (), {"errors": (), "warnings": ()})()
change = Change.from_json(Path(sys.argv[3]).read_text(encoding="utf-8"))
sys.settrace(trace)
transaction.apply(change, Author("Aylin", "a@b.example"), workspace)
sys.settrace(None)
print(count)
"""


def run_killed(workspace: Workspace, step: int, plan: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", KILLED, str(workspace.root), str(step), str(plan)], capture_output=True, text=True, timeout=120)


@pytest.mark.slow
def test_killed_at_any_moment_there_is_never_half_a_change(workspace: Workspace, contents, tmp_path: Path) -> None:
    """Kills the writer with SIGKILL at 30 steps between the first line and the last; afterwards all four files are old or all are new."""
    draft = Draft(workspace)
    for name in ("anabin", "zsba", "aqb"):
        path = f"data/nlu/faq/{name}.yml"
        draft.write(path, draft.need(path) + f"    - ein satz über {name} den es noch nicht gibt\n".encode())
    draft.write("tests/neu.yml", b"neu: 1\n")
    change = draft.change("Vier Dateien")
    plan = tmp_path / "plan.json"
    plan.write_text(change.to_json(), encoding="utf-8")
    start = git(workspace.root, "rev-parse", "HEAD").strip()
    old = contents()
    whole = run_killed(workspace, 0, plan)
    steps, new = int(whole.stdout), contents()
    assert new != old
    seen = set()
    for step in sorted({1 + (steps - 1) * i // 29 for i in range(30)}):
        git(workspace.root, "reset", "--quiet", "--hard", start)
        git(workspace.root, "clean", "-fdq", "data", "tests")
        assert contents() == old
        assert run_killed(workspace, step, plan).returncode == -9
        (workspace.root / ".git" / "index.lock").unlink(missing_ok=True)
        recover(workspace)
        now = contents()
        assert now in (old, new), f"step {step}: half a change"
        seen.add(now == new)
        assert not list(workspace.write_ahead.glob("*")), step
        assert git(workspace.root, "status", "--porcelain", "data", "tests") == "", f"step {step}: not committed"
    assert seen == {True, False}


def test_interrupted_change_is_taken_back_when_a_file_was_edited_by_hand(workspace: Workspace) -> None:
    from bot.editor import journal

    change = move_phrasings("faq/anabin", "faq/zsba", all_phrasings(workspace)["faq/anabin"][:1], workspace)
    before = workspace.read(FILE)
    journal.note(workspace, change, "inhalt: x", str(AYLIN))
    journal.write(workspace, change.edits[:1])
    other = workspace.path("data/nlu/faq/zsba.yml")
    other.write_bytes(other.read_bytes() + b"    - von hand dazu geschrieben\n")
    [told] = recover(workspace)
    assert "zurückgenommen" in told and "data/nlu/faq/zsba.yml" in told
    assert workspace.read(FILE) == before and b"von hand" in other.read_bytes()
    assert recover(workspace) == []


def test_lock_ends_with_the_process(workspace: Workspace) -> None:
    code = f"import os, signal; from pathlib import Path; from bot.editor.workspace import Workspace\nwith Workspace(Path({str(workspace.root)!r})).lock('X'): os.kill(os.getpid(), signal.SIGKILL)"
    assert subprocess.run([sys.executable, "-c", code], env=os.environ).returncode == -9
    with workspace.lock("Y"):
        pass
