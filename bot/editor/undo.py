"""Takes one change back as a new change, even when others have edited the same files since."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from bot.editor.changes import Change, Draft
from bot.editor.errors import refuse
from bot.editor.git import Git
from bot.editor.git_trouble import GitError
from bot.editor.workspace import AREAS, Workspace

OURS = "inhalt: "


def undo(commit: str, workspace: Workspace = Workspace()) -> Change:  # noqa: B008 (frozen)
    """Returns the change that reverts a commit; it is shown, checked and written like any other.

    Raises:
        EditError: no such commit, it touched more than contents, or later edits stand in the way.
    """
    git = Git(workspace.root)
    try:
        full = git.find(commit)
        subject, paths = git.subject(full), git.files(full)
    except GitError as error:
        raise refuse(f"Die Änderung „{commit[:12]}“ ist nicht zu finden. {error}", "Die Liste der Änderungen neu laden.") from None
    if not subject.startswith(OURS) or not paths or any(path.split("/")[0] not in AREAS for path in paths):
        raise refuse("Diese Änderung stammt nicht aus der Pflege der Inhalte.", "Nur Änderungen mit „inhalt: …“ an data/ und tests/ lassen sich hier zurücknehmen.")
    draft = Draft(workspace)
    for path in paths:
        then, before, now = git.show(full, path), git.show(f"{full}^", path), draft.read(path)
        draft.write(path, before if now == then else _merged(now, then, before, path))
    return draft.change(f"Rückgängig: {subject.removeprefix(OURS)} ({full[:10]})")


def recent(workspace: Workspace = Workspace(), most: int = 20) -> list[str]:  # noqa: B008
    """Returns the last changes of contents, newest first, as „commit  day  person  title“.

    Raises:
        EditError: there is no git to ask.
    """
    try:
        return Git(workspace.root).log(most, OURS)
    except GitError as error:
        raise refuse(f"Die Änderungen lassen sich nicht zeigen. {error}", "Den Zustand des Repositorys prüfen (git status).") from None


def _merged(now: bytes | None, then: bytes | None, before: bytes | None, path: str) -> bytes:
    """Returns the file of today without the lines of that change."""
    clash = refuse(f"{path} wurde danach an derselben Stelle wieder geändert.", "Die Stelle von Hand zurücksetzen.", place=path)
    if now is None or then is None or before is None:
        raise clash
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / name for name in ("now", "then", "before")]
        for place, content in zip(places, (now, then, before)):
            place.write_bytes(content)
        done = subprocess.run(["git", "merge-file", "-p", "--quiet", *map(str, places)], capture_output=True, timeout=60)
    if done.returncode:
        raise clash
    return done.stdout
