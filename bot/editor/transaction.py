"""Writes a change: lock, look again, check, all files or none, commit under the name of the staff member."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from bot.editor import journal
from bot.editor.changes import Change
from bot.editor.errors import EditError, FieldError, Stale, refuse
from bot.editor.git import Git, GitError
from bot.editor.validate import check
from bot.editor.workspace import Author, Workspace

logger = logging.getLogger(__name__)
WAIT = 3.0  # seconds that a second editor waits for the first
NO_GIT = "Geschrieben, aber nicht als Commit festgehalten: Der Ordner ist kein Git-Repository. Es gibt kein „Rückgängig“."


@dataclass(frozen=True)
class Applied:
    """What came of a change: the commit ("" without git) and what to tell the person, in German."""

    commit: str
    notes: tuple[str, ...]


def apply(change: Change, author: Author, workspace: Workspace = Workspace(), approved_by: Author | None = None, wait: float = WAIT) -> Applied:  # noqa: B008 (frozen)
    """Checks and writes a change and commits the touched files, or changes nothing.

    Args:
        approved_by: the second person, where one is needed; named in the commit.
        wait: seconds to wait while somebody else writes.

    Raises:
        Busy: somebody else is still writing.
        Stale: a file is no longer as in the preview.
        EditError: the change would break a rule, or cannot be written.
    """
    if change.is_empty:
        raise refuse("Es gibt nichts zu ändern.", "Eine Angabe ändern oder abbrechen.")
    for edit in change.edits:
        workspace.path(edit.path)
    with workspace.lock(author.name, wait):
        told = list(_recover(workspace))
        _still_the_same(change, workspace)
        findings = check(change, workspace)
        if findings.errors:
            raise EditError(findings.errors)
        commit, note = _write(change, _message(change, approved_by), str(author), workspace)
        return Applied(commit, (*told, *([note] if note else []), *change.notes, *findings.warnings))


def recover(workspace: Workspace = Workspace()) -> list[str]:  # noqa: B008
    """Finishes what a killed process began. To be called at every start, before anything is read.

    Returns:
        One German sentence per change that was found.

    Raises:
        Busy: somebody is writing.
    """
    if not workspace.write_ahead.is_dir():
        return []
    with workspace.lock("Wiederherstellung", WAIT):
        return _recover(workspace)


def _recover(workspace: Workspace) -> list[str]:
    told = []
    for entry in journal.unfinished(workspace):
        journal.clear_leftovers(workspace, entry)
        overtaken = journal.is_overtaken(workspace, entry)
        if overtaken:
            journal.back(workspace, entry.change.edits)
            place = journal.set_aside(entry)
            told.append(f"Die unterbrochene Änderung „{entry.change.title}“ von {entry.author} ließ sich nicht zu Ende schreiben, weil {', '.join(overtaken)} "
                        f"inzwischen geändert wurde; sie ist zurückgenommen und liegt in {place.relative_to(workspace.root)}.")
            continue
        journal.write(workspace, entry.change.edits)
        note = f"Die unterbrochene Änderung „{entry.change.title}“ von {entry.author} wurde zu Ende geschrieben."
        try:
            _commit(entry.change, entry.message, entry.author, workspace)
        except GitError as error:
            note += f" Sie ist noch kein Commit: {error}"
        journal.forget(entry)
        told.append(note)
    for sentence in told:
        logger.warning("Eine unterbrochene Änderung an den Inhalten wurde behandelt (%d Zeichen Bericht).", len(sentence))
    return told


def _still_the_same(change: Change, workspace: Workspace) -> None:
    other = [edit.path for edit in change.edits if workspace.read(edit.path) != edit.before]
    if other:
        raise Stale([FieldError("", f"{path} wurde seit der Vorschau geändert; nichts wurde geschrieben.", "Die Seite neu laden und die Änderung noch einmal ansehen.", path)
                     for path in other])


def _message(change: Change, approved_by: Author | None) -> str:
    return f"inhalt: {change.title}" + (f"\n\nGeprüft-von: {approved_by}" if approved_by else "")


def _write(change: Change, message: str, author: str, workspace: Workspace) -> tuple[str, str]:
    entry = journal.note(workspace, change, message, author)
    try:
        journal.write(workspace, change.edits)
        commit, note = _commit(change, message, author, workspace)
    except (OSError, GitError) as error:
        journal.back(workspace, change.edits)
        Git(workspace.root).unstage([edit.path for edit in change.edits])
        journal.forget(entry)
        reason = f"Die Dateien sind nicht schreibbar ({error.strerror})." if isinstance(error, OSError) else str(error)
        raise refuse(f"{reason} Nichts wurde geändert.", "Platz, Rechte und den Zustand des Repositorys prüfen (git status).") from None
    journal.forget(entry)
    return commit, note


def _commit(change: Change, message: str, author: str, workspace: Workspace) -> tuple[str, str]:
    git = Git(workspace.root)
    if not git.is_here():
        return "", NO_GIT
    return git.commit([edit.path for edit in change.edits], message, author), ""
