"""Replaces personal data by placeholders: `mask("Mail an a@b.example").text == "Mail an <E-MAIL>"`.

Kept on purpose: PLZ, paragraphs, amounts, years, occupations, places and names of offices. Numbers are found in `numbers.py`, addresses in `addresses.py`, names in `names.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from bot.privacy import addresses, names, numbers
from bot.privacy.spans import PLACEHOLDER, Span, Taken

ROUNDS = 4
LONGEST = 20_000


@dataclass(frozen=True)
class Masked:
    """A text without personal data, the kinds that were in it ("telefon", "name" …), and what stood for each (never store `found`)."""

    text: str
    kinds: tuple[str, ...] = ()
    found: tuple[tuple[str, str], ...] = ()


def mask(text: str) -> Masked:
    """Returns `text` with placeholders; what is already masked stays as it is. A text beyond 20,000 characters is cut before."""
    text = text[:LONGEST]
    found: list[tuple[str, str]] = []
    for _ in range(ROUNDS):  # a placeholder can make the next word stand out: until nothing changes
        spans = locate(text)
        if not spans:
            break
        found += [(text[s.start:s.end], s.placeholder) for s in spans]
        for span in reversed(spans):
            text = text[:span.start] + span.placeholder + text[span.end:]
    kinds = {placeholder for _, placeholder in found} | set(PLACEHOLDER.findall(text))
    return Masked(text, tuple(sorted(kind.strip("<>").lower() for kind in kinds)), tuple(found))


def mask_echo(value: Any, said: Masked) -> Any:
    """Returns `value` (text, list or dict, e.g. a reply) with everything replaced that `said` found in the person's own message.

    What the assistant itself knows (phone numbers and addresses of offices) stays.
    """
    if not said.found:
        return value
    if isinstance(value, str):
        for raw, placeholder in sorted(said.found, key=lambda pair: -len(pair[0])):
            value = re.sub(rf"(?<!\w){re.escape(raw)}(?!\w)", placeholder, value, flags=re.IGNORECASE)
        return value
    if isinstance(value, dict):
        return {key: mask_echo(item, said) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [mask_echo(item, said) for item in value]
    return value


def locate(text: str) -> list[Span]:
    """Returns where one pass finds personal data, in the order of the text."""
    taken = Taken(text)
    for find in (numbers.find, addresses.find, names.find):
        find(text, taken)
    return taken.spans()
