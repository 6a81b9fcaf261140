"""New content beside a file, and then into its place: a reader sees the old file or the new one, and a full disk touches none."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def stage(place: Path, content: bytes) -> Path:
    """Writes the new content of a file beside it, safely on disk, and returns where; `put` takes it into its place."""
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = beside(place)
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if place.is_file():
        shutil.copymode(place, aside)
    return aside


def put(place: Path, aside: Path | None) -> None:
    """Moves staged content into the place of a file, or removes it for None: a reader sees the old file or the new one, never half of one."""
    if aside is None:
        place.unlink(missing_ok=True)
    else:
        os.replace(aside, place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def beside(place: Path) -> Path:
    """Returns where the new content of a file waits."""
    return place.with_name(f".{place.name}.neu")


def replace_file(path: Path, content: bytes) -> None:
    """Puts `content` in the place of `path`: a reader sees the old file or the new one, never half of one."""
    put(path, stage(path, content))
