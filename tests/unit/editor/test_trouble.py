"""When disk, git or a file stand in the way: one German message with place and remedy, nothing changed, an exit code, no traceback."""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Callable

import pytest

from bot.editor.workspace import Workspace
from bot.knowledge.base import ROOT
from tests.unit.editor.conftest import AYLIN, QUIET, git

NEW = "wo finde ich diese liste mit den hochschulen und dem h plus"
WHO = ("--als", str(AYLIN))
FILE, RECORD = "data/nlu/faq/anabin.yml", "data/faq/anabin.yml"
ADD = ("phrasings", "add", "faq/anabin", NEW, "--yes", *WHO)
EDIT = ("faq", "edit", "anabin", "kurz=Neu", "--yes", *WHO)
READ_ONLY, CAPABILITIES = 24, (1, 2)  # prctl's PR_CAPBSET_DROP; what lets root write everywhere


def lotse(workspace: Workspace, group: str, *arguments: str, before: Callable[[], object] | None = None, **environment: str) -> tuple[int, str, str]:
    """Runs the real command in a process of its own; `before` puts it under a constraint."""
    done = subprocess.run([sys.executable, "-m", "bot.cli", group, "--projekt", str(workspace.root), *arguments], cwd=ROOT, env={**QUIET, "PYTHONPATH": str(ROOT), **environment}, preexec_fn=before,
                          capture_output=True, text=True, timeout=300, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr


def told(err: str, *words: str) -> bool:
    return all(word in err for word in words) and err.startswith(("Fehler: ", "1 Fehler")) and " → " in err and "Traceback" not in err


def like_anybody() -> None:
    """Takes from root the right to write where the file modes forbid it."""
    for capability in CAPABILITIES:
        ctypes.CDLL(None).prctl(READ_ONLY, capability, 0, 0, 0)


@pytest.fixture
def broken_by_hand(workspace: Workspace) -> Callable[[str, bytes], None]:
    def breaks(path: str, line: bytes) -> None:
        place = workspace.root / path
        place.write_bytes(place.read_bytes() + line)
    return breaks


@pytest.mark.parametrize(("command", "path"), [(ADD, FILE), (("phrasings", "remove", "faq/anabin", NEW, "--yes", *WHO), FILE), (EDIT, RECORD), (("faq", "show", "anabin"), RECORD),
                                               *((("faq", *words, "--yes", *WHO), path) for words in (("merge", "anabin", "zsba"), ("rename", "anabin", "anabin-neu")) for path in (FILE, RECORD))],
                         ids=lambda v: "-".join(v[:2]) if isinstance(v, tuple) else v.split("/")[1])
@pytest.mark.parametrize("line", [b"kaputt: [\n", "stra\u00dfe: x\n".encode("latin-1"), b"\tx: y\n"], ids=["bracket", "latin-1", "tab"])
def test_file_broken_by_hand_is_named_with_its_line(run, contents, broken_by_hand, command: tuple[str, ...], path: str, line: bytes) -> None:
    broken_by_hand(path, line)
    before = contents()
    code, out, err = run(*command)
    assert code == 2 and Path(path).name in err and "Traceback" not in out + err and " → " in err, err
    assert f"{Path(path).name}:" in err  # with a line
    assert contents() == before


def test_broken_amounts_and_test_questions_are_named(run, contents, broken_by_hand) -> None:
    broken_by_hand("tests/nlu/heldout/de_klar.yml", b"kaputt: [\n")
    before = contents()
    code, _, err = run(*ADD)
    assert (code, told(err, "tests/nlu/heldout", "Prüffragen")) == (2, True) and contents() == before
    broken_by_hand("data/werte.yml", b"kaputt: [\n")
    code, _, err = run("werte", "edit", "blaue-karte-regel", "norm=§ 1", "--yes", *WHO)
    assert (code, told(err, "data/werte.yml:")) == (2, True)


def test_detached_head_is_refused_before_anything_is_written(run, workspace: Workspace, contents) -> None:
    branch = git(workspace.root, "symbolic-ref", "--short", "HEAD").strip()
    git(workspace.root, "checkout", "--quiet", "--detach")
    before = contents()
    try:
        code, _, err = run(*ADD)
        assert (code, told(err, "auf keinem Zweig", "git switch")) == (3, True)
        assert contents() == before and git(workspace.root, "status", "--porcelain", "data", "tests") == ""
    finally:
        git(workspace.root, "checkout", "--quiet", branch)
    assert run(*ADD)[0] == 0


def test_open_merge_is_refused_and_everything_put_back(run, workspace: Workspace, contents) -> None:
    (workspace.root / ".git" / "MERGE_HEAD").write_text(git(workspace.root, "rev-parse", "HEAD"), encoding="utf-8")
    before = contents()
    try:
        code, _, err = run(*ADD)
    finally:
        (workspace.root / ".git" / "MERGE_HEAD").unlink(missing_ok=True)
    assert (code, told(err, "git merge", "Nichts wurde geändert")) == (3, True) and contents() == before


def test_lock_of_git_that_stays_is_explained(run, workspace: Workspace, contents) -> None:
    (workspace.root / ".git" / "index.lock").touch()
    before = contents()
    try:
        code, _, err = run(*ADD)
    finally:
        (workspace.root / ".git" / "index.lock").unlink()
    assert (code, told(err, "anderes Git-Programm", "index.lock")) == (3, True) and contents() == before


def test_nobody_named_is_refused(run, contents, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    before = contents()
    code, _, err = run("phrasings", "add", "faq/anabin", NEW, "--yes")
    assert (code, told(err, "Name oder E-Mail", "Name <adresse@beispiel.de>")) == (2, True) and contents() == before


def test_git_program_missing_beside_a_repository_is_no_silent_success(run, contents, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    before = contents()
    code, _, err = run(*ADD)
    assert (code, told(err, "Das Programm git fehlt", "apt install git")) == (3, True) and contents() == before


def test_folder_of_somebody_else_is_no_silent_success(run, workspace: Workspace, contents, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    before = contents()
    code, _, err = run(*ADD)
    assert (code, told(err, "anderen Benutzer gehört")) == (3, True) and contents() == before


def test_file_in_the_place_of_the_lock_folder(run, workspace: Workspace, contents) -> None:
    (workspace.root / "var").mkdir(exist_ok=True)
    (workspace.root / "var" / "lock").write_text("", encoding="utf-8")
    before = contents()
    code, _, err = run(*ADD)
    assert (code, told(err, "var/lock/inhalte.lock", "Nichts wurde geändert")) == (3, True) and contents() == before


@pytest.mark.slow
@pytest.mark.parametrize("most", [0, 1024, 8192])
def test_files_that_may_not_grow_leave_everything_as_it_was(workspace: Workspace, contents, most: int) -> None:
    before = contents()
    code, out, err = lotse(workspace, *ADD, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
    assert code == 3 and told(err, "größer als erlaubt", "Nichts wurde geändert"), out + err
    assert contents() == before and git(workspace.root, "status", "--porcelain", "data", "tests") == ""
    assert not [p for p in workspace.root.rglob("*.neu")] and not [p for p in workspace.write_ahead.glob("*")]
    assert lotse(workspace, *ADD)[0] == 0  # nothing stands in the way afterwards


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["data/nlu/faq", ".git", ".git/objects", "var"])
def test_folder_without_the_right_to_write(workspace: Workspace, contents, folder: str) -> None:
    before, place = contents(), workspace.root / folder
    place.mkdir(exist_ok=True)
    kept = [(p, p.stat().st_mode) for p in (place, *place.rglob("*")) if p.is_dir()]
    for path, _ in kept:
        path.chmod(0o555)
    try:
        code, out, err = lotse(workspace, *ADD, before=like_anybody)
    finally:
        for path, mode in kept:
            os.chmod(path, mode)
    assert code == 3 and told(err, "Nichts wurde geändert"), out + err
    assert contents() == before and git(workspace.root, "status", "--porcelain", "data", "tests") == ""


@pytest.mark.slow
def test_full_disk_changes_nothing(workspace: Workspace, contents, tmp_path: Path) -> None:
    """A small file system of its own, filled to the brim; only where this may be mounted."""
    small = tmp_path / "voll"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(small)], capture_output=True).returncode:
        pytest.skip("mounting is not allowed here")
    (workspace.root / "var").mkdir(exist_ok=True)
    (workspace.root / "var" / "editor").symlink_to(small)
    before = contents()
    try:
        (small / ".ballast").write_bytes(b"x" * (1024 * 1024 - 4096))
        code, out, err = lotse(workspace, *ADD)
        assert code == 3 and told(err, "Die Platte ist voll", "var/editor", "Nichts wurde geändert"), out + err
        assert contents() == before
    finally:
        (workspace.root / "var" / "editor").unlink()
        subprocess.run(["umount", str(small)], check=True)
