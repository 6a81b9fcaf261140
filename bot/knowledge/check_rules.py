"""The sentences of the Anerkennungsprüfung from `data/pruefung.yml`: per step a list, the first whose conditions hold counts.

To change a sentence or a case: there, live without training. `bot/knowledge/check.py` chooses and fills them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Mapping

from bot.knowledge import berufe, laender
from bot.knowledge.errors import ContentError
from bot.knowledge.faq import ASPEKTE
from bot.knowledge.werte import PLACEHOLDER, Wert
from bot.knowledge.yamlfile import Record, read_yaml

UNKNOWN = "unbekannt"
STEPS = ("noetig", "entscheidet", "unterlagen", "kosten", "beratung")
AUFENTHALT = ("deutschland", "ausland")
# Condition → the values that it knows besides ids; an empty tuple: checked against the data.
FIXED = {"gruppen": berufe.GRUPPEN, "reglementiert": berufe.REGLEMENTIERT, "land": (*laender.GRUPPEN, UNKNOWN), "aufenthalt": (*AUFENTHALT, UNKNOWN),
         "ort": ("hessen", "ausserhalb", UNKNOWN), "stelle": ("eine", "vermutet", "mehrere", "ausserhalb", "keine")}
BY_ID = ("berufe", "ausser", "pruefstelle", "beruf_faq", "kosten")
OF_BERUF, ADVICE, OTHER_LAND = "beruf", "beratung", "anderes-land"


@dataclass(frozen=True)
class Sentence:
    """One sentence with the conditions under which it holds; `faq` and `stelle` as written in the file."""

    wenn: dict[str, frozenset[str]]
    kurz: str
    text: str
    einfach: str
    faq: str
    stelle: str

    def holds(self, facts: Mapping[str, str]) -> bool:
        """Tells whether every condition allows the value in `facts`."""
        return all((facts["berufe"] not in ids) if condition == "ausser" else (facts[condition] in ids) for condition, ids in self.wenn.items())


@dataclass(frozen=True)
class StepRules:
    """A step's heading and its sentences in order."""

    id: str
    titel: str
    saetze: tuple[Sentence, ...]


def load_check_rules(path: Path, known: Mapping[str, frozenset[str]], werte: Mapping[str, Wert], errors: list[ContentError]) -> tuple[StepRules, ...]:
    """Reads the steps in order; faults go to `errors`.

    Args:
        known: the ids that exist, under "berufe", "faqs" and "offices".
    """
    record = Record(read_yaml(path), path, errors)
    steps = []
    for step in STEPS:
        entry = record.take_record(step)
        if entry is not None:
            steps.append(StepRules(step, entry.take_text("titel", limit=40), entry.take_records("saetze", True, lambda r: _sentence(r, known, werte))))
            entry.finish()
    record.finish()
    return tuple(steps)


def _sentence(record: Record, known: Mapping[str, frozenset[str]], werte: Mapping[str, Wert]) -> Sentence:
    sentence = Sentence(
        wenn=_conditions(record, known),
        kurz=record.take_text("kurz", required=False, limit=60),
        text=record.take_text("text", limit=240),
        einfach=record.take_text("einfach", limit=240),
        faq=record.take_text("faq"),
        stelle=record.take_text("stelle", required=False),
    )
    base, _, aspekt = sentence.faq.partition(".")
    if not (base == OF_BERUF and aspekt in ("", *ASPEKTE)) and sentence.faq not in known["faqs"]:
        record.fault("faq", f"Die FAQ „{sentence.faq}“ gibt es nicht.", "Kennung berichtigen; die FAQ des Berufs heißt „beruf“ oder „beruf.kosten“.")
    if sentence.stelle not in ("", OF_BERUF, ADVICE, OTHER_LAND) and sentence.stelle not in known["offices"]:
        record.fault("stelle", f"Die Stelle „{sentence.stelle}“ gibt es nicht.", "beruf, beratung, anderes-land oder ein Dateiname aus data/offices/.")
    for text in (sentence.text, sentence.einfach):
        for match in PLACEHOLDER.finditer(text):
            if match[1] not in werte:
                record.fault("text", f"Den Wert „{match[1]}“ gibt es nicht.", "Kennung aus data/werte.yml verwenden.")
    return sentence


def _conditions(record: Record, known: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    nested = record.take_record("wenn", required=False)
    if nested is None:
        return {}
    ids = {"berufe": known["berufe"] | {UNKNOWN}, "ausser": known["berufe"], "pruefstelle": known["offices"] | {"keine"}, "beruf_faq": known["faqs"], "kosten": known["faqs"]}
    found = {}
    for condition in (*FIXED, *BY_ID):
        values = nested.take_texts(condition, required=False)
        for value in values:
            if value not in ids.get(condition, FIXED.get(condition, ())):
                nested.fault(condition, f"„{value}“ gibt es hier nicht.", "Kennung oder Wert wie im Kopf der Datei beschrieben verwenden.")
        if values:
            found[condition] = frozenset(values)
    nested.finish()
    return found
