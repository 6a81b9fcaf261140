"""Topics of the FAQ from `data/themen.yml`, with where a follow-up question leads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.errors import ContentError
from bot.knowledge.faq import take_aspekte
from bot.knowledge.yamlfile import Record, read_yaml

DEFAULT = "standard"


@dataclass(frozen=True)
class Thema:
    """A topic: its heading and the FAQ id per follow-up aspect."""

    id: str
    titel: str
    aspekte: dict[str, str]


def load_themen(path: Path, errors: list[ContentError]) -> dict[str, Thema]:
    """Reads the topics in display order; `standard` holds the defaults for all of them."""
    record = Record(read_yaml(path), path, errors)
    themen: dict[str, Thema] = {}
    for key, entry in record.entries():
        themen[key] = Thema(key, entry.take_text("titel"), take_aspekte(entry))
    return themen
