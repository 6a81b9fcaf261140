"""Interface strings of the website, one file `data/oberflaeche/<language>.yml` per language, all with the same keys as German.

To add a string: one line in each file; live without training.
"""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.errors import ContentError
from bot.knowledge.sprachen import GERMAN
from bot.knowledge.yamlfile import Record, read_yaml


def load_oberflaeche(folder: Path, languages: tuple[str, ...], errors: list[ContentError]) -> dict[str, dict[str, str]]:
    """Reads the strings: language → key → text. Missing files, missing and unknown keys go to `errors`."""
    german = Record(read_yaml(folder / f"{GERMAN}.yml"), folder / f"{GERMAN}.yml", errors)
    keys = german.keys()
    strings: dict[str, dict[str, str]] = {}
    for language in languages:
        path = folder / f"{language}.yml"
        if not path.is_file():
            errors.append(ContentError(path, 0, "", "Die Datei fehlt.", f"Alle Texte aus {GERMAN}.yml in dieser Sprache anlegen."))
            strings[language] = {}
            continue
        record = Record(read_yaml(path), path, errors)
        strings[language] = {key: record.take_text(key) for key in keys}
        record.finish()
    return strings
