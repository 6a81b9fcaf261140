"""What changed between two texts, word by word."""

from __future__ import annotations

import difflib
import re

Piece = tuple[str, str]  # "=", "-" or "+", and the text


def word_diff(old: str, new: str) -> list[Piece]:
    """Returns the texts as one sequence of kept, removed and added pieces; joining "=" and "+" gives `new`."""
    a, b = _tokens(old), _tokens(new)
    pieces: list[Piece] = []
    for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(("=", "".join(a[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(("-", "".join(a[i1:i2])))
        if j2 > j1:
            pieces.append(("+", "".join(b[j1:j2])))
    return pieces


def _tokens(text: str) -> list[str]:
    return re.findall(r"\S+|\s+", text)
