"""What a posted form says, as text: shown again after a fault, and carried along while the preview is looked at."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass
from typing import Iterable

from starlette.datastructures import UploadFile
from starlette.requests import Request

from bot.editor.errors import refuse
from bot.web.team.access import fields

OWN = ("csrf", "schritt", "schluessel", "passwort")  # belong to the page, not to what it is about
MOST_CARRIED = 1_900_000  # characters of a table that the preview carries; a request may have 2 MiB


@dataclass(frozen=True)
class Posted:
    """The fields of a form in their order; a name may occur several times."""

    pairs: tuple[tuple[str, str], ...] = ()

    def one(self, name: str) -> str:
        """Returns the first value of a field without blanks around it, "" when it is missing."""
        return next((value.strip() for key, value in self.pairs if key == name), "")

    def raw(self, name: str) -> str:
        """Returns the first value as typed."""
        return next((value for key, value in self.pairs if key == name), "")

    def all(self, name: str) -> list[str]:
        """Returns all values of a field."""
        return [value for key, value in self.pairs if key == name]

    def lines(self, name: str) -> list[str]:
        """Returns the lines of a field that hold something."""
        return [line.strip() for line in self.raw(name).splitlines() if line.strip()]

    def has(self, name: str) -> bool:
        """Tells whether the field was sent."""
        return any(key == name for key, _ in self.pairs)

    def but(self, *without: str, **values: str) -> "Posted":
        """Returns the same without some fields and with others set."""
        kept = [(key, value) for key, value in self.pairs if key not in without and key not in values]
        return Posted((*kept, *values.items()))


async def posted(request: Request, files: bool = False) -> Posted:
    """Returns the form of a request; with `files` a file becomes the fields „tabelle“ and „dateiname“, else it is left out.

    Raises:
        EditError: the file is too large to be carried.
    """
    form = await fields(request)
    pairs: list[tuple[str, str]] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            if files and value.filename:
                pairs += [("tabelle", packed(await value.read())), ("dateiname", value.filename[:120])]
        elif name not in OWN:
            pairs.append((name, value))
    return Posted(tuple(pairs))


def packed(content: bytes) -> str:
    """Returns a file as text for a hidden field.

    Raises:
        EditError: it does not fit.
    """
    text = base64.urlsafe_b64encode(zlib.compress(content, 6)).decode("ascii")
    if len(text) > MOST_CARRIED:
        raise refuse("Die Datei ist für eine Vorschau zu groß.", "In kleinere Tabellen aufteilen oder als CSV speichern.", "datei")
    return text


def unpacked(text: str, most: int) -> bytes:
    """Returns what `packed` was given, at most `most` bytes and one more.

    Raises:
        EditError: it is something else.
    """
    try:
        return zlib.decompressobj().decompress(base64.urlsafe_b64decode(text.encode("ascii")), most + 1)
    except (ValueError, zlib.error):
        raise refuse("Die Datei ist nicht mehr lesbar.", "Die Datei noch einmal hochladen.", "datei") from None


def of(pairs: Iterable[tuple[str, str]]) -> Posted:
    """Returns a form made by hand."""
    return Posted(tuple(pairs))
