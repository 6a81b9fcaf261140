"""Topics of the FAQ from `data/themen.yml`, with where a follow-up question leads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.errors import ContentError
from bot.knowledge.faq import ASPEKTE
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
        nested = entry.take_record("aspekte", required=False)
        aspekte = {a: nested.take_text(a, required=False) for a in ASPEKTE} if nested else {}
        if nested:
            nested.finish()
        themen[key] = Thema(key, entry.take_text("titel"), {a: t for a, t in aspekte.items() if t})
    return themen
