"""The content as it would be after a change, read by our strict loader before a byte of it is written."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from bot.editor.changes import Change
from bot.editor.errors import FieldError, unwritable
from bot.editor.workspace import Workspace
from bot.knowledge.base import Knowledge
from bot.knowledge.errors import ContentError, ContentErrors
from bot.knowledge.live import LiveKnowledge


@contextmanager
def future(change: Change, workspace: Workspace) -> Iterator[Path]:
    """Yields a folder in which `data` is as it would be after the change; what stays is linked, not copied."""
    with tempfile.TemporaryDirectory() as name:
        try:
            _make(Path(name), change, workspace)
        except OSError as error:
            raise unwritable(error, "Der Ordner für Zwischendateien ist") from None
        yield Path(name)


def _make(folder: Path, change: Change, workspace: Workspace) -> None:
    edits = {edit.path: edit.after for edit in change.edits}
    _link(workspace.data, folder / "data", {workspace.root / path for path in edits})
    for path, content in edits.items():
        if content is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)


def _link(source: Path, target: Path, touched: set[Path]) -> None:
    """Links a folder's entries; folders with touched files are made anew, touched files left out."""
    target.mkdir(parents=True, exist_ok=True)
    for entry in source.iterdir():
        if entry.is_dir() and any(path.is_relative_to(entry) for path in touched):
            _link(entry, target / entry.name, touched)
        elif entry not in touched:
            (target / entry.name).symlink_to(entry)


def field_error(fault: ContentError, root: Path) -> FieldError:
    """Returns a fault of the loader with its place seen from the project's root."""
    file = fault.file.relative_to(root) if fault.file.is_relative_to(root) else fault.file
    return FieldError(fault.field, fault.problem, fault.remedy, f"{file.as_posix()}:{fault.line}" if fault.line else file.as_posix())


_lives: dict[Path, LiveKnowledge] = {}


def live(workspace: Workspace) -> LiveKnowledge:
    """Returns the content of today, kept between calls."""
    if workspace.data not in _lives:
        _lives[workspace.data] = LiveKnowledge(workspace.data)
    return _lives[workspace.data]


def load_future(folder: Path, workspace: Workspace) -> Knowledge:
    """Returns the content of a folder made by `future`.

    Raises:
        ContentErrors: as `Knowledge.load`, with the places where the files will be.
    """
    try:
        return Knowledge.load(folder / "data")
    except ContentErrors as faults:
        raise ContentErrors([ContentError(workspace.root / e.file.relative_to(folder), e.line, e.field, e.problem, e.remedy) for e in faults.errors]) from None
