"""Places in a text that are decided: to be masked, or to be left alone. First come, first served."""

from __future__ import annotations

import re
from dataclasses import dataclass

KINDS = ("E-MAIL", "TELEFON", "IBAN", "AUSWEIS", "AKTENZEICHEN", "GEBURTSDATUM", "ADRESSE", "NAME")
PLACEHOLDER = re.compile(f"<(?:{'|'.join(KINDS)})>")
EDGES = " \t\r\n,;:.!?()[]\"'„“”«»-–/"


@dataclass(frozen=True, order=True)
class Span:
    """Characters start to end (exclusive), with the placeholder for them."""

    start: int
    end: int
    placeholder: str


class Taken:
    """What is decided so far; a placeholder that stands in the text already is left alone."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._used = bytearray(len(text))
        self._spans: list[Span] = []
        for match in PLACEHOLDER.finditer(text):
            self.keep(match.start(), match.end())

    def free(self, start: int, end: int) -> bool:
        """Tells whether nothing is decided between `start` and `end`."""
        return start < end and not any(self._used[start:end])

    def keep(self, start: int, end: int) -> None:
        """Leaves these characters alone."""
        self._used[start:end] = b"\x01" * (end - start)

    def mask(self, start: int, end: int, kind: str) -> bool:
        """Marks these characters up to the next that is decided already, without the punctuation around them."""
        while start < end and self._used[start]:
            start += 1
        decided = self._used.find(1, start, end)
        end = end if decided < 0 else decided
        while start < end and self._text[start] in EDGES and self._text[start] != "(":
            start += 1
        while start < end and self._text[end - 1] in EDGES:
            end -= 1
        if start >= end:
            return False
        self.keep(start, end)
        self._spans.append(Span(start, end, f"<{kind}>"))
        return True

    def spans(self) -> list[Span]:
        """Returns what is to be masked, in the order of the text."""
        return sorted(self._spans)
