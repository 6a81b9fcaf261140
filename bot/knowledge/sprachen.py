"""Fixed lines in the users' languages from `data/sprachen.yml`; answers themselves stay German."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Sequence

from bot.knowledge.errors import ContentError
from bot.knowledge.yamlfile import Record, read_yaml

GERMAN = "de"
SHORTEST_TELLING = 2  # words
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


def spoken(messages: Sequence[Mapping[str, Any]], sprachen: Mapping[str, Sprache]) -> Sprache | None:
    """Returns the person's language when it is not German: chosen on the website, else of the last message that shows one.

    Args:
        messages: what the person said, newest first, as Rasa's user events (`text`, `metadata`, `parse_data`). A single word shows a language only when nothing else was said.
    """
    if not messages:
        return None
    telling = next((said for said in messages if len((said.get("text") or "").split()) >= SHORTEST_TELLING), messages[0])
    chosen = (messages[0].get("metadata") or {}).get("sprache") or ((telling.get("parse_data") or {}).get("lotse") or {}).get("sprache") or GERMAN
    return None if chosen == GERMAN else sprachen.get(chosen)
