"""What a wording can mean: every FAQ and every other intent that has training sentences, with a label that people read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.base import Knowledge
from bot.knowledge.nlu_files import read_examples

OFF_TOPIC = "out_of_scope"
# Intents that are no FAQ; the rest of their names is shown as it is.
NAMES = {"beratung_finden": "Beratungsstelle finden", "anerkennung_pruefen": "Anerkennungsprüfung", OFF_TOPIC: "Gehört nicht hierher", "bestaetigen": "Ja", "verneinen": "Nein",
         "abbrechen": "Abbrechen", "ausfuehrlicher": "Mehr dazu", "einfacher": "Einfacher sagen", "klarer": "Genauer sagen", "gemerkt_loeschen": "Angaben vergessen", "gemerkt_zeigen": "Was weißt du über mich",
         "mensch": "Mit einem Menschen sprechen", "merkzettel": "Merkzettel", "neustart": "Neu anfangen", "notfall": "Notfall", "ort_angeben": "Nennt einen Ort",
         "vorstellung": "Stellt sich vor", "weiss_nicht": "Weiß nicht", "wiederholen": "Noch einmal sagen", "unsicher": "Unsicher"}


@dataclass(frozen=True)
class Choice:
    """An intent with its label (an FAQ's question) and a short one."""

    intent: str
    label: str
    short: str


def choices(knowledge: Knowledge, folder: Path) -> list[Choice]:
    """Returns all choices, FAQs first.

    Args:
        folder: `data/nlu`.
    """
    faqs = [Choice(f"faq/{faq.id}", faq.frage, faq.kurz) for faq in sorted(knowledge.faqs.values(), key=lambda faq: faq.frage.casefold())]
    known = {choice.intent for choice in faqs}
    others = sorted({example.intent for example in read_examples(folder)} - known)
    return faqs + [Choice(intent, name_of(knowledge, intent), name_of(knowledge, intent)) for intent in others]


def name_of(knowledge: Knowledge, intent: str) -> str:
    """Returns how an intent is called on the console: an FAQ's question, or a German name."""
    faq = knowledge.faqs.get(intent.removeprefix("faq/")) if intent.startswith("faq/") else None
    if faq:
        return faq.frage
    return NAMES.get(intent) or intent.replace("gespraech/", "Gespräch: ").replace("anschluss/", "Nachfrage: ").replace("_", " ")
