"""A change that waited while others edited the same files, made anew on the files of today; or not, when both touch the same place."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from bot.editor.changes import Change, FileEdit
from bot.editor.errors import EditError
from bot.editor.nlu_document import NluDocument
from bot.editor.workspace import Workspace

NLU = "data/nlu/"
SECONDS = 60


def renewed(change: Change, workspace: Workspace) -> Change | None:
    """Returns the change against the files of now, the same object when they are as they were; None when it cannot be told what was meant.

    Phrasings are compared sentence by sentence, everything else line by line. What comes out is checked and shown like any other change.
    """
    edits = [_renewed(edit, workspace.read(edit.path)) for edit in change.edits]
    if any(edit is None for edit in edits):
        return None
    if all(new is old for new, old in zip(edits, change.edits)):
        return change
    return replace(change, edits=tuple(edit for edit in edits if edit is not None and edit.before != edit.after))


def _renewed(edit: FileEdit, now: bytes | None) -> FileEdit | None:
    if now == edit.before:
        return edit
    if now is None or edit.before is None or edit.after is None:
        return None
    after = _sentences(edit.path, edit.before, edit.after, now) if edit.path.startswith(NLU) else _lines(edit.before, edit.after, now)
    return None if after is None else FileEdit(edit.path, now, after)


def _sentences(path: str, before: bytes, after: bytes, now: bytes) -> bytes | None:
    try:
        old, new, today = (NluDocument(content, path) for content in (before, after, now))
        if not old.intents() == new.intents() == today.intents():
            return None
        for intent in old.intents():
            was, wanted, here = old.sentences(intent), new.sentences(intent), today.sentences(intent)
            today.add(intent, [s for s in wanted if s not in was and s not in here])
            today.remove(intent, [s for s in was if s not in wanted and s in here])
        return today.render()
    except EditError:
        return None


def _lines(before: bytes, after: bytes, now: bytes) -> bytes | None:
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder) / name for name in ("now", "before", "after")]
        for place, content in zip(places, (now, before, after)):
            place.write_bytes(content)
        done = subprocess.run(["git", "merge-file", "-p", "--quiet", *map(str, places)], capture_output=True, timeout=SECONDS)
    return done.stdout if done.returncode == 0 else None
