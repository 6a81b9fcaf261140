"""Terms of the field in the users' languages, from `data/begriffe.yml`: foreign word beginnings → the German term."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.berufe import SPRACHEN
from bot.knowledge.errors import ContentError
from bot.knowledge.yamlfile import Record, read_yaml


@dataclass(frozen=True)
class Begriff:
    """A German term with what announces it in other languages."""

    id: str
    deutsch: str
    andere_sprachen: dict[str, tuple[str, ...]]


def load_begriffe(path: Path, errors: list[ContentError]) -> dict[str, Begriff]:
    """Reads the terms; faults go to `errors`."""
    record = Record(read_yaml(path), path, errors)
    return {key: Begriff(key, entry.take_text("deutsch"), {s: entry.take_texts(s) for s in SPRACHEN}) for key, entry in record.entries()}
