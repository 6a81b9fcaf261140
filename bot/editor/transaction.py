"""Writes a change: lock, look again, check, all files or none, commit under the name of the staff member."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from bot.editor import journal
from bot.editor.changes import Change
from bot.editor.errors import EditError, FieldError, Stale, Unwritable, refuse, unwritable
from bot.editor.git import Git
from bot.editor.git_trouble import GitError
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
        Unwritable: disk or git do not let us write.
        EditError: the change would break a rule.
    """
    if change.is_empty:
        raise refuse("Es gibt nichts zu ändern.", "Eine Angabe ändern oder abbrechen.")
    for edit in change.edits:
        workspace.path(edit.path)
    with workspace.lock(author.name, wait):
        _can_keep(workspace)
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
        Unwritable: it cannot be finished now; it is kept for the next time.
    """
    if not workspace.write_ahead.is_dir() or not any(workspace.write_ahead.iterdir()):
        return []
    with workspace.lock("Wiederherstellung", WAIT):
        return _recover(workspace)


def _recover(workspace: Workspace) -> list[str]:
    try:
        return _finish(workspace)
    except OSError as error:
        raise unwritable(error, "Eine unterbrochene Änderung ist noch", place="var/editor") from None


def _finish(workspace: Workspace) -> list[str]:
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
    try:
        entry = journal.note(workspace, change, message, author)
    except OSError as error:
        raise unwritable(error, "Der Ordner var/editor ist", place="var/editor") from None
    try:
        journal.write(workspace, change.edits)
        commit, note = _commit(change, message, author, workspace)
    except (OSError, GitError) as error:
        _take_back(entry, workspace)
        if isinstance(error, GitError):
            raise Unwritable([FieldError("", f"{error} Nichts wurde geändert.", error.remedy)]) from None
        raise unwritable(error, "Die Dateien sind", place=", ".join(edit.path for edit in change.edits[:3])) from None
    journal.forget(entry)
    return commit, note


def _take_back(entry: journal.Entry, workspace: Workspace) -> None:
    """Leaves everything as it was; when not even that can be written, the next start finishes the change."""
    try:
        journal.back(workspace, entry.change.edits)
        Git(workspace.root).unstage([edit.path for edit in entry.change.edits])
        journal.forget(entry)
    except OSError as error:
        raise Unwritable([FieldError("", f"Die Änderung ist halb geschrieben und ließ sich nicht zurücknehmen ({error.strerror}). Sie liegt in var/editor und wird beim nächsten Start zu Ende geschrieben.",
                                     "Platz schaffen und Rechte prüfen, dann „lotse phrasings list“ aufrufen.", "var/editor")]) from None


def _can_keep(workspace: Workspace) -> None:
    """Refuses before anything is written when git would not keep the change for good."""
    git = Git(workspace.root)
    try:
        if git.is_here() and not git.branch():
            raise Unwritable([FieldError("", "Das Repository steht auf keinem Zweig (detached HEAD): Die Änderung ginge beim nächsten Wechsel verloren. Nichts wurde geändert.",
                                         "Auf einen Zweig wechseln (git switch main), dann noch einmal versuchen.")])
    except GitError as error:
        raise Unwritable([FieldError("", f"{error} Nichts wurde geändert.", error.remedy)]) from None


def _commit(change: Change, message: str, author: str, workspace: Workspace) -> tuple[str, str]:
    git = Git(workspace.root)
    if not git.is_here():
        return "", NO_GIT
    return git.commit([edit.path for edit in change.edits], message, author), ""
