"""The project folder as the editor sees it: what may change, and by whom at this moment."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Iterator

from bot.editor.errors import Busy, FieldError, refuse
from bot.knowledge.base import ROOT

AREAS = ("data", "tests")
ODD = re.compile(r"[\x00-\x1f\x7f<>]")
MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")


@dataclass(frozen=True)
class Author:
    """The staff member who makes a change; becomes the author of the commit."""

    name: str
    mail: str

    def __post_init__(self) -> None:
        if not self.name.strip() or ODD.search(self.name) or not MAIL.fullmatch(self.mail):
            raise refuse("Name oder E-Mail der bearbeitenden Person fehlt oder ist ungültig.", "Als „Name <adresse@beispiel.de>“ angeben.")

    def __str__(self) -> str:
        return f"{self.name.strip()} <{self.mail}>"


@dataclass(frozen=True)
class Workspace:
    """A project folder. Only files below `data/` and `tests/` can be reached through it."""

    root: Path = ROOT

    @property
    def data(self) -> Path:
        """The content."""
        return self.root / "data"

    @property
    def tests(self) -> Path:
        """The tests, whose expectations follow renamed FAQs."""
        return self.root / "tests"

    @property
    def write_ahead(self) -> Path:
        """Where a change is kept until it is written whole."""
        return self.root / "var" / "editor"

    def path(self, relative: str) -> Path:
        """Returns the place of a file such as `data/faq/anabin.yml`.

        Raises:
            EditError: the path leads out of `data/` and `tests/`.
        """
        parts = PurePosixPath(relative).parts
        place = self.root.joinpath(*parts)
        inside = len(parts) > 1 and parts[0] in AREAS and not any(part in ("..", ".") or ODD.search(part) or "\\" in part for part in parts)
        if not inside or place.is_symlink() or not place.resolve().is_relative_to((self.root / parts[0]).resolve()):
            raise refuse(f"„{relative[:80]}“ liegt nicht in data/ oder tests/.", "Nur Inhalte und ihre Tests lassen sich bearbeiten.")
        return place

    def read(self, relative: str) -> bytes | None:
        """Returns the content of a file, or None when there is none."""
        place = self.path(relative)
        return place.read_bytes() if place.is_file() else None

    def names(self, pattern: str) -> list[str]:
        """Returns the files that match a glob pattern below the root, such as `data/faq/*.yml`, by name."""
        return sorted(path.relative_to(self.root).as_posix() for path in self.root.glob(pattern) if path.is_file())

    @contextmanager
    def lock(self, who: str, wait: float = 0.0) -> Iterator[None]:
        """Lets one process write at a time; ends with the process, also when it is killed.

        Args:
            who: named to others who try meanwhile.
            wait: seconds to try before giving up.

        Raises:
            Busy: somebody else is writing, with name and time.
        """
        place = self.root / "var" / "lock" / "inhalte.lock"
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a+", encoding="utf-8") as file:
            until = time.monotonic() + wait
            while not _locked(file.fileno()):
                if time.monotonic() >= until:
                    raise Busy([FieldError("", _holder(file), "Bitte in ein paar Sekunden noch einmal versuchen; Ihre Eingaben sind nicht verloren.")])
                time.sleep(0.05)
            file.truncate(0)
            file.write(json.dumps({"wer": who, "seit": dt.datetime.now().isoformat(timespec="seconds")}, ensure_ascii=False))
            file.flush()
            try:
                yield
            finally:
                file.truncate(0)
                fcntl.flock(file, fcntl.LOCK_UN)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except OSError:
        return False


def _holder(file) -> str:
    file.seek(0)
    try:
        known = json.loads(file.read())
        since = dt.datetime.fromisoformat(known["seit"])
        return f"{known['wer']} schreibt gerade Änderungen (seit {since:%H:%M:%S} Uhr)."
    except (ValueError, KeyError, TypeError):
        return "Eine andere Person schreibt gerade Änderungen."


def write_safely(place: Path, content: bytes | None) -> None:
    """Puts `content` in the place of a file, or removes it for None: a reader sees the old file or the new one, never half of one."""
    from bot.knowledge.office_files import replace_file

    if content is None:
        place.unlink(missing_ok=True)
    else:
        place.parent.mkdir(parents=True, exist_ok=True)
        replace_file(place, content)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
