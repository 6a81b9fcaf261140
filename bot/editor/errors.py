"""What can be wrong with an edit, in words for the person who makes it."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import Iterable, Sequence

REASONS = {
    errno.ENOSPC: "Die Platte ist voll.", errno.EDQUOT: "Das Kontingent auf der Platte ist aufgebraucht.", errno.EFBIG: "Die Datei würde größer als erlaubt.", errno.EROFS: "Die Platte ist nur lesbar eingehängt.",
    errno.EACCES: "Dem Benutzer, unter dem der Lotse läuft, fehlt das Recht.", errno.EPERM: "Dem Benutzer, unter dem der Lotse läuft, fehlt das Recht.", errno.EIO: "Die Platte meldet einen Fehler.",
    errno.ENOTDIR: "Wo ein Ordner sein soll, liegt eine Datei.",
}


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


class Unwritable(EditError):
    """The machine does not let us write: full, read-only, without rights, or git is in no state to keep a change. Nothing was changed."""


def unwritable(error: OSError | str, what: str, remedy: str = "Platz (df -h), Rechte und Zustand der Platte prüfen, dann noch einmal versuchen.", place: str = "") -> Unwritable:
    """Returns an `Unwritable` with one fault; `what` names what could not be written."""
    reason = error if isinstance(error, str) else REASONS.get(error.errno or 0, error.strerror or type(error).__name__)
    return Unwritable([FieldError("", f"{what} nicht schreibbar: {reason} Nichts wurde geändert.", remedy, place)])


def refuse(text: str, remedy: str, field: str = "", place: str = "") -> EditError:
    """Returns an `EditError` with one fault."""
    return EditError([FieldError(field, text, remedy, place)])
