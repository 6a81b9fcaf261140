"""Fixed complaints as tests: `tests/nlu/beschwerden.yml`, one sentence with the FAQ it must get from now on.

They are no held-out questions (their sentences are usually trained on), so they count in the release gate and not in the statistics.
"""

from __future__ import annotations

from pathlib import Path
from typing import Collection

import yaml

from bot.atomic import write_text
from bot.input_text import clean
from bot.knowledge.base import DATA, ROOT
from bot.knowledge.errors import ContentError, ContentErrors
from bot.training.heldout import OFF_TOPIC, Question

FILE = ROOT / "tests" / "nlu" / "beschwerden.yml"
NOTHING = "keine"
MOST_CHARACTERS = 300


def load_complaints(path: Path = FILE, faq_folder: Path = DATA / "faq") -> list[Question]:
    """Returns all complaints, in the order of the file.

    Raises:
        ContentErrors: a row has another form, or names an FAQ that does not exist.
    """
    if not path.exists():
        return []
    try:
        rows = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise ContentErrors([ContentError(path, line, "", "Die Datei ist kein gültiges YAML.", "Anführungszeichen und Klammern prüfen.")]) from None
    errors: list[ContentError] = []
    found: list[Question] = []
    for number, row in enumerate(rows if isinstance(rows, list) else [None], start=1):
        question = _question(row)
        if question is None:
            errors.append(ContentError(path, 0, f"Zeile {number}", "Die Form ist nicht bekannt.", "- {frage: 'Satz', id: kennung} schreiben."))
        elif question.faq and not (faq_folder / f"{question.faq}.yml").is_file():
            errors.append(ContentError(path, 0, f"Zeile {number}", f"Die FAQ „{question.faq}“ gibt es nicht.", "Kennung berichtigen oder die Zeile entfernen."))
        else:
            found.append(question)
    if errors:
        raise ContentErrors(errors)
    return found


def with_complaint(text: str, sentence: str, faq: str) -> str:
    """Returns the content `text` of the file with one more line at its end; the same text when the pair stands there already.

    Raises:
        ValueError: the sentence is empty, too long or in the file with another FAQ; the message is German.
    """
    sentence = " ".join(clean(sentence).split())
    if not sentence or len(sentence) > MOST_CHARACTERS:
        raise ValueError(f"Ein Satz hat 1 bis {MOST_CHARACTERS} Zeichen.")
    for row in yaml.safe_load(text) or []:
        if row["frage"].casefold() == sentence.casefold():
            if row["id"] == (faq or NOTHING):
                return text
            raise ValueError(f"Der Satz steht schon mit „{row['id']}“ in {FILE.name}. Erst diese Zeile entfernen.")
    quoted = sentence.replace("'", "''")
    return f"{text.rstrip()}\n- {{frage: '{quoted}', id: {faq or NOTHING}}}\n"


def without_complaints(text: str, sentences: Collection[str]) -> str:
    """Returns the content `text` of the file without the lines of these sentences: their writers had them deleted."""
    gone = {sentence.casefold() for sentence in sentences}
    return "".join(line for line in text.splitlines(keepends=True) if not _stands_in(line, gone))


def _stands_in(line: str, gone: Collection[str]) -> bool:
    rows = yaml.safe_load(line) if line.startswith("- {") else None
    return bool(rows and str(rows[0].get("frage", "")).casefold() in gone)


def add_complaint(sentence: str, faq: str, path: Path = FILE, faq_folder: Path = DATA / "faq") -> bool:
    """Appends a complaint in one step; returns False when it stands there already. The caller holds the lock on data and commits.

    Raises:
        ValueError: see `with_complaint`, or there is no such FAQ.
    """
    if faq and not (faq_folder / f"{faq}.yml").is_file():
        raise ValueError(f"Die FAQ „{faq}“ gibt es nicht.")
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    after = with_complaint(before, sentence, faq)
    if after != before:
        write_text(path, after)
    return after != before


def _question(row: object) -> Question | None:
    if not isinstance(row, dict) or set(row) != {"frage", "id"} or not all(isinstance(v, str) and v.strip() for v in row.values()):
        return None
    return Question(row["frage"], OFF_TOPIC if row["id"] == NOTHING else row["id"])
