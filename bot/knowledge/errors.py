"""Errors about content, written for the staff member who has to mend the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SHOWN = 100

@dataclass(frozen=True, order=True)
class ContentError:
    """One fault in one file, with what to do about it. `line` counts from 1; 0 means the whole file."""

    file: Path
    line: int
    field: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        file = self.file.relative_to(Path.cwd()) if self.file.is_relative_to(Path.cwd()) else self.file
        place = f"{file}:{self.line}" if self.line else str(file)
        field = f" Feld „{self.field}“:" if self.field else ""
        return f"{place}:{field} {self.problem} → {self.remedy}"


class ContentErrors(Exception):
    """All faults found in one pass; the text lists them one per line, the first hundred in full."""

    def __init__(self, errors: list[ContentError]) -> None:
        self.errors = sorted(errors)
        more = [f"… und {len(errors) - SHOWN} weitere."] if len(errors) > SHOWN else []
        super().__init__("\n".join([*(str(error) for error in self.errors[:SHOWN]), *more]))
