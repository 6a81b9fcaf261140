"""Kinds of offers from `data/angebote.yml`: what they are for, why they are named, what to bring. To add one: an entry there and a row in `data/routing.yml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.knowledge.errors import ContentError
from bot.knowledge.yamlfile import Record, read_yaml

MOST_LETTERS = 200  # of a sentence that stands in a list of offices


@dataclass(frozen=True)
class Angebot:
    """A kind of offer: heading, what it is for, why it is named (`warum`: key of a group, need or role → sentence), what to bring.

    `entscheidet`: its offices decide on applications, each for its own occupations only.
    """

    id: str
    titel: str
    zweck: str
    warum: dict[str, str] = field(default_factory=dict)
    mitbringen: tuple[str, ...] = ()
    entscheidet: bool = False


def load_angebote(path: Path, errors: list[ContentError]) -> dict[str, Angebot]:
    """Reads the kinds of offers in display order."""
    record = Record(read_yaml(path), path, errors)
    found = {}
    for key, entry in record.entries():
        found[key] = Angebot(
            id=key,
            titel=entry.take_text("titel"),
            zweck=entry.take_text("zweck"),
            warum=entry.take_texts_by_key("warum", required=False, limit=MOST_LETTERS),
            mitbringen=entry.take_texts("mitbringen", required=False),
            entscheidet=entry.take_bool("entscheidet", False),
        )
    return found
