"""What can be wrong with an edit, in words for the person who makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable, Sequence


@dataclass(frozen=True)
class FieldError:
    """One fault. `field` is the form field or intent it belongs to ("" for the whole), `place` file and line when known."""

    field: str
    text: str
    remedy: str
    place: str = ""

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        field = f"Feld „{self.field}“: " if self.field else ""
        return f"{place}{field}{self.text} → {self.remedy}"


class EditError(Exception):
    """An edit was refused and nothing was written; `errors` says why and what to do."""

    def __init__(self, errors: Iterable[FieldError]) -> None:
        self.errors: Sequence[FieldError] = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


class Busy(EditError):
    """Somebody else is writing at this moment."""


class Stale(EditError):
    """The files changed after the preview was made."""


def refuse(text: str, remedy: str, field: str = "", place: str = "") -> EditError:
    """Returns an `EditError` with one fault."""
    return EditError([FieldError(field, text, remedy, place)])
