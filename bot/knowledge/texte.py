"""Fixed texts (greetings, refusals, questions back) from `data/texte.yml`.

To change one: edit it there; live without training. To add one: an entry there and a rule that utters it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.errors import ContentError
from bot.knowledge.reply import Button
from bot.knowledge.yamlfile import Record, read_yaml


@dataclass(frozen=True)
class Text:
    """A fixed text with its easy version and its buttons; `{name}` places are filled by the caller."""

    id: str
    text: str
    einfach: str
    knoepfe: tuple[Button, ...]


def load_texte(path: Path, errors: list[ContentError]) -> dict[str, Text]:
    """Reads the fixed texts; faults go to `errors`."""
    record = Record(read_yaml(path), path, errors)
    texte = {}
    for key, entry in record.entries():
        text = entry.take_text("text")
        einfach = entry.take_text("einfach", required=False) or text
        buttons = entry.take_records("knoepfe", False, lambda r: Button(r.take_text("titel", limit=48), r.take_text("senden", limit=160)))
        texte[key] = Text(key, text, einfach, buttons)
    return texte
