"""Countries from `data/laender.yml`: how people name them and whether EU/EWR/Switzerland rules apply."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.errors import ContentError
from bot.knowledge.yamlfile import Record, read_yaml

GRUPPEN = ("eu", "ewr-ch", "drittstaat")


@dataclass(frozen=True)
class Land:
    """A country by its ISO code, its group in the law and the words that name it."""

    id: str
    name: str
    gruppe: str
    woerter: tuple[str, ...]


def load_laender(path: Path, errors: list[ContentError]) -> dict[str, Land]:
    """Reads the countries; faults go to `errors`."""
    record = Record(read_yaml(path), path, errors)
    laender: dict[str, Land] = {}
    for key, entry in record.entries():
        name = entry.take_text("name")
        words = sum((entry.take_texts(f, required=False) for f in ("namen", "woerter", "andere_sprachen")), (name,))
        laender[key] = Land(key, name, entry.take_choice("gruppe", GRUPPEN), words)
    return laender
