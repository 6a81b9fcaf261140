"""The project folder as the editor sees it: what may change, and by whom at this moment."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Iterator

from bot.editor.content_lock import content_lock
from bot.editor.errors import refuse
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
            Unwritable: there can be no lock.
        """
        with content_lock(self.root / "var" / "lock" / "inhalte.lock", who, wait):
            yield
