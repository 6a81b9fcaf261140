"""Training sentences below `data/nlu`: Rasa's YAML form, read strictly and fast.

To add phrasings: `data/nlu/faq/<id>.yml` for an FAQ, the other files there for other intents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.knowledge.errors import ContentError, ContentErrors
from bot.knowledge.yamlfile import Located, Record, read_yaml

VERSION = "3.1"
SKIP = ("hintergrund",)
MARKUP = re.compile(r"[\[\]{}|]")


@dataclass(frozen=True)
class Example:
    """One training sentence with its intent, file and line."""

    text: str
    intent: str
    path: Path
    line: int


def read_examples(folder: Path) -> tuple[Example, ...]:
    """Returns all training sentences below `folder`.

    Raises:
        ContentErrors: broken YAML or a line that is no example, with file and line.
    """
    errors: list[ContentError] = []
    found: list[Example] = []
    for path in sorted(folder.rglob("*.yml")):
        if not any(part in SKIP for part in path.relative_to(folder).parts):
            try:
                found.extend(_read_file(path, path.stat().st_mtime_ns, errors))
            except ContentErrors as fault:
                errors.extend(fault.errors)
    if errors:
        raise ContentErrors(errors)
    return tuple(found)


def _read_file(path: Path, mtime: int, errors: list[ContentError]) -> list[Example]:
    examples, faults = _parse(path, mtime)
    errors.extend(faults)
    return list(examples)


@lru_cache(maxsize=2048)
def _parse(path: Path, mtime: int) -> tuple[tuple[Example, ...], tuple[ContentError, ...]]:
    return parse_examples(read_yaml(path), path)


def parse_examples(content: Located, path: Path) -> tuple[tuple[Example, ...], tuple[ContentError, ...]]:
    """Returns the sentences of one file's content, and its faults; `path` is only named in them."""
    errors: list[ContentError] = []
    found: list[Example] = []
    record = Record(content, path, errors)
    if str(record.take("version")) != VERSION:
        record.fault("version", "Die Version fehlt oder ist unbekannt.", f'version: "{VERSION}" in die erste Zeile schreiben.')
    for item in record.take_list("nlu"):
        block = Record(item, path, errors)
        intent = block.take_text("intent", limit=120)
        examples = block.take("examples")
        block.finish()
        if not isinstance(examples, str):
            block.fault("examples", "Hier fehlt der Strich „|“ hinter examples:.", "„examples: |“ schreiben, darunter die Zeilen mit „- “.")
            continue
        for number, raw in enumerate(examples.splitlines(), start=1):
            if not raw.strip():
                continue
            line = block._fields["examples"].line + number
            if not raw.startswith("- ") or not raw[2:].strip():
                errors.append(ContentError(path, line, intent, f"„{raw.strip()[:40]}“ beginnt nicht mit „- “.", "Jede Zeile mit „- “ beginnen."))
                continue
            if MARKUP.search(raw):
                errors.append(ContentError(path, line, intent, "Klammern und | sind in Beispielen nicht erlaubt.", "Die Zeichen weglassen."))
            found.append(Example(raw[2:].strip(), intent, path, line))
    record.finish()
    return tuple(found), tuple(errors)
