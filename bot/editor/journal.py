"""The write-ahead folder: a change over several files is kept here whole before the first file is touched.

A process that is killed in between leaves a folder; the next one finishes the writing (`recover`), so there is never half a change.
"""

from __future__ import annotations

import json
import os
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

from bot.editor.changes import Change, FileEdit
from bot.editor.workspace import Workspace
from bot.knowledge.staged import beside, put, stage

PLAN, CONFLICT = "plan.json", "konflikt-"


@dataclass(frozen=True)
class Entry:
    """A change on its way: with the commit's message and author."""

    folder: Path
    change: Change
    message: str
    author: str


def note(workspace: Workspace, change: Change, message: str, author: str) -> Entry:
    """Keeps the change safely on disk. From here on it will be written, now or by `recover`.

    Raises:
        OSError: it cannot be kept; nothing is left of it.
    """
    name = uuid.uuid4().hex
    folder, aside = workspace.write_ahead / name, workspace.write_ahead / f".{name}"
    try:
        aside.mkdir(parents=True)
        with (aside / PLAN).open("w", encoding="utf-8") as file:
            json.dump({"aenderung": change.to_json(), "nachricht": message, "wer": author}, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, folder)
        _sync(workspace.write_ahead)
    except OSError:
        shutil.rmtree(aside, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Entry(folder, change, message, author)


def write(workspace: Workspace, edits: tuple[FileEdit, ...]) -> None:
    """Writes the new content of all files that do not have it yet: first beside them all, then into their places, so that a full disk touches none.

    Raises:
        OSError: a file cannot be written; those that were not reached are as they were.
    """
    _write([(workspace.path(e.path), e.after) for e in edits if workspace.read(e.path) != e.after])


def back(workspace: Workspace, edits: tuple[FileEdit, ...]) -> None:
    """Puts back the old content of every file that has the new one.

    Raises:
        OSError: that cannot be written either.
    """
    _write([(workspace.path(e.path), e.before) for e in reversed(edits) if workspace.read(e.path) == e.after])


def _write(wanted: list[tuple[Path, bytes | None]]) -> None:
    try:
        staged = [(place, None if content is None else stage(place, content)) for place, content in wanted]
        for place, aside in staged:
            put(place, aside)
    finally:
        for place, _ in wanted:
            try:
                beside(place).unlink(missing_ok=True)
            except OSError:  # its folder is no folder, or not ours: then nothing was staged there
                pass


def forget(entry: Entry) -> None:
    """Removes an entry whose change is written and committed, or taken back."""
    done = entry.folder.with_name(f".{entry.folder.name}.fertig")
    try:
        os.replace(entry.folder, done)
    except FileNotFoundError:
        return
    shutil.rmtree(done, ignore_errors=True)


def unfinished(workspace: Workspace) -> list[Entry]:
    """Returns what killed processes left, oldest first, and clears away what they never began to write."""
    if not workspace.write_ahead.is_dir():
        return []
    entries = []
    for folder in sorted(workspace.write_ahead.iterdir(), key=lambda path: path.stat().st_mtime_ns):
        if folder.name.startswith("."):
            shutil.rmtree(folder, ignore_errors=True)
        elif not folder.name.startswith(CONFLICT):
            data = json.loads((folder / PLAN).read_text(encoding="utf-8"))
            entries.append(Entry(folder, Change.from_json(data["aenderung"]), data["nachricht"], data["wer"]))
    return entries


def is_overtaken(workspace: Workspace, entry: Entry) -> list[str]:
    """Returns the files that somebody changed by hand since: neither the old content nor the new one."""
    return [e.path for e in entry.change.edits if workspace.read(e.path) not in (e.before, e.after)]


def set_aside(entry: Entry) -> Path:
    """Keeps an entry that can neither be finished nor taken back whole, for a person to look at."""
    place = entry.folder.with_name(CONFLICT + entry.folder.name)
    os.replace(entry.folder, place)
    return place


def clear_leftovers(workspace: Workspace, entry: Entry) -> None:
    """Removes the files beside the real ones that a killed process left."""
    for edit in entry.change.edits:
        beside(workspace.path(edit.path)).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
