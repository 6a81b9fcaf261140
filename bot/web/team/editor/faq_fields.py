"""An FAQ record as form fields, and back; and how it would look, computed from the fields alone."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, Mapping, Sequence

from ruamel.yaml.comments import CommentedMap

from bot.editor.errors import FieldError
from bot.editor.faq_files import DATES, FIELDS
from bot.editor.record_file import set_fields
from bot.editor.validate import plain_hints
from bot.editor.yaml_text import dump
from bot.knowledge.base import Knowledge
from bot.knowledge.errors import ContentError, ContentErrors
from bot.knowledge.faq import ANSWER_WORDS, ASPEKTE, Faq, build_faq
from bot.knowledge.plain import LIX_CLEAR, readability, word_count
from bot.knowledge.quality import official_names
from bot.knowledge.render import render_faq
from bot.knowledge.reply import Reply
from bot.knowledge.yamlfile import Record, parse_yaml
from bot.web.team.editor.forms import Posted
from bot.web.team.editor.shared import intent_id

TEXTS = ("frage", "kurz", "thema", "antwort", "antwort_einfach", "mehr", "gilt", "stand", "pruefen_bis", "sicher")
PAIRS = {"rechtsgrundlagen": ("norm", "url"), "quellen": ("titel", "url")}
SPARE = 2  # empty rows below each list
NUMBERED = re.compile(r"\[(\d+)\]")
LEVELS = {"klar": "Antwort", "einfach": "Einfacher erklären", "mehr": "Mehr dazu"}


@dataclass(frozen=True)
class View:
    """How an FAQ would look: the messages of the chat by level, the record for the page, faults and hints; `faq` is None when it cannot be shown."""

    faq: Faq | None
    replies: dict[str, Reply]
    knowledge: Knowledge
    errors: tuple[FieldError, ...]
    hints: tuple[str, ...]
    figures: str


def to_form(values: Mapping[str, Any]) -> Posted:
    """Returns the fields of the form for a record as `faq_form.faq_values` tells it."""
    pairs = [(name, str(values.get(name) or "")) for name in TEXTS]
    for field, (first, second) in PAIRS.items():
        for entry in values.get(field) or []:
            pairs += [(f"{field}.{first}", str(entry.get(first) or "")), (f"{field}.{second}", str(entry.get(second) or ""))]
    pairs += [("verwandt", str(faq)) for faq in values.get("verwandt") or []]
    pairs += [(f"aspekte.{aspekt}", str(target)) for aspekt, target in (values.get("aspekte") or {}).items()]
    return Posted((*pairs, *([("beratung_anbieten", "ja")] if values.get("beratung_anbieten") else [])))


def from_form(form: Posted, knowledge: Knowledge) -> dict[str, Any]:
    """Returns the record that the fields describe, without empty fields; an FAQ may be named by its question."""
    found: dict[str, Any] = {name: "\n".join(line.rstrip() for line in form.raw(name).replace("\r\n", "\n").split("\n")).strip() for name in TEXTS}
    for field in PAIRS:
        found[field] = [{k: v for k, v in entry.items() if v} for entry in rows(form, field) if any(entry.values())]
    known = {f"faq/{faq.id}": faq.frage for faq in knowledge.faqs.values()}
    found["verwandt"] = [intent_id(value, known).removeprefix("faq/") for value in form.all("verwandt") if value.strip()]
    found["aspekte"] = {a: intent_id(form.one(f"aspekte.{a}"), known).removeprefix("faq/") for a in ASPEKTE if form.one(f"aspekte.{a}")}
    found["beratung_anbieten"] = form.one("beratung_anbieten") == "ja"
    return found


def changed(form: Posted, old: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """Returns the fields of the form that differ from a record; empty and missing are the same."""
    return {field: value for field, value in from_form(form, knowledge).items() if (value or None) != (old.get(field) or None)}


def rows(form: Posted, field: str, spare: int = 0) -> list[dict[str, str]]:
    """Returns the entries of a list as typed, with some empty ones after them."""
    first, second = PAIRS[field]
    pairs = zip_longest(form.all(f"{field}.{first}"), form.all(f"{field}.{second}"), fillvalue="")
    kept = [{first: " ".join(a.split()), second: b.strip()} for a, b in pairs if a.strip() or b.strip()]
    return kept + [{first: "", second: ""}] * spare


def beside_fields(errors: Sequence[FieldError], file: str, prefix: str = "") -> list[FieldError]:
    """Returns the faults so that each names a field of the form: those of this file lose their place, entries of lists are counted.

    Args:
        prefix: what stands before the field in the loader's words, for example the id of an amount and a dot.
    """
    found = []
    for error in errors:
        if error.place and error.place.rsplit(":", 1)[0] not in (file, "") and error.place != file:
            found.append(error)
            continue
        path = error.field.removeprefix(prefix)
        number = NUMBERED.search(path)
        found.append(FieldError(re.split(r"[.\[]", path)[0], f"{number[1]}. Eintrag: {error.text}" if number else error.text, error.remedy))
    return found


def view(faq_id: str, record: Mapping[str, Any], knowledge: Knowledge, day: dt.date) -> View:
    """Returns how a record would look, from the content of now and the record alone: milliseconds, for showing while somebody types."""
    document, errors = CommentedMap(), []
    set_fields(document, {k: v for k, v in record.items() if k in FIELDS}, FIELDS, DATES)
    faults: list[ContentError] = []
    path = Path(f"{faq_id or 'neu'}.yml")
    try:
        faq: Faq | None = build_faq(path, Record(parse_yaml(dump(document).encode(), path), path, faults), tuple(knowledge.themen), knowledge.werte)
    except ContentErrors as fault:
        faq, faults = None, fault.errors
    errors = beside_fields([FieldError(e.field, e.problem, e.remedy) for e in faults], "")
    if faq is None or faq.thema not in knowledge.themen:
        return View(None, {}, knowledge, tuple(errors), (), "")
    faq = dataclasses.replace(faq, verwandt=tuple(v for v in faq.verwandt if v in knowledge.faqs), aspekte={a: v for a, v in faq.aspekte.items() if v in knowledge.faqs})
    future = dataclasses.replace(knowledge, faqs={**knowledge.faqs, faq.id: faq})
    try:
        replies = {level: render_faq(future, faq, level, day) for level in LEVELS if level != "mehr" or faq.mehr}
    except KeyError:  # an amount that does not exist; the fault says so
        return View(None, {}, knowledge, tuple(errors), (), "")
    words, lix = word_count(faq.antwort), readability(faq.antwort, official_names()).lix
    return View(faq, replies, future, tuple(errors), tuple(plain_hints(faq)), f"Antwort: {words} von {ANSWER_WORDS} Wörtern, LIX {lix:.0f} (bis {LIX_CLEAR:.0f})")
