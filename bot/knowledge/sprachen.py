"""Fixed lines in the users' languages from `data/sprachen.yml`; answers themselves stay German."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.errors import ContentError
from bot.knowledge.yamlfile import Record, read_yaml

GERMAN = "de"
LINES = ("einleitung", "schluss", "beratung", "unsicher", "fremd", "notfall", "wohnort", "hotline", "wechsel", "quelle", "stand",
         "gruss", "dank", "abschied")


@dataclass(frozen=True)
class Sprache:
    """A language: its own name, direction (`ltr` or `rtl`), greeting words and fixed lines."""

    id: str
    name: str
    name_deutsch: str
    richtung: str
    woerter: tuple[str, ...]
    zeilen: dict[str, str]
    link: str = ""
    link_titel: str = ""


def load_sprachen(path: Path, errors: list[ContentError]) -> dict[str, Sprache]:
    """Reads the languages; German has no lines. Faults go to `errors`."""
    record = Record(read_yaml(path), path, errors)
    sprachen: dict[str, Sprache] = {}
    for key, entry in record.entries():
        foreign = key != GERMAN
        sprachen[key] = Sprache(
            id=key,
            name=entry.take_text("name"),
            name_deutsch=entry.take_text("name_deutsch"),
            richtung=entry.take_choice("richtung", ("ltr", "rtl")),
            woerter=entry.take_texts("woerter"),
            zeilen={line: entry.take_text(line) for line in LINES} if foreign else {},
            link=entry.take_url("link", required=foreign),
            link_titel=entry.take_text("link_titel", required=foreign),
        )
    return sprachen
