"""Terms with a short explanation from `data/glossar.yml`, for the glossary page and the search. To add one: an entry there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.errors import ContentError
from bot.knowledge.plain import word_count
from bot.knowledge.yamlfile import Record, read_yaml

MOST_WORDS = 35


@dataclass(frozen=True)
class Eintrag:
    """A term with its abbreviations, what it means, and the FAQ that says so in full."""

    id: str
    begriff: str
    abkuerzungen: tuple[str, ...]
    erklaerung: str
    faq: str


def load_glossar(path: Path, faqs: frozenset[str], errors: list[ContentError]) -> dict[str, Eintrag]:
    """Reads the terms in alphabetical order; faults go to `errors`."""
    record = Record(read_yaml(path), path, errors)
    found: list[Eintrag] = []
    seen: dict[str, str] = {}
    for key, entry in record.entries():
        eintrag = Eintrag(key, entry.take_text("begriff", limit=80), entry.take_texts("abkuerzungen", required=False), entry.take_text("erklaerung", limit=400), entry.take_text("faq"))
        if eintrag.faq not in faqs:
            record.fault(f"{key}.faq", f"Die FAQ „{eintrag.faq}“ gibt es nicht.", "Kennung berichtigen.")
        if word_count(eintrag.erklaerung) > MOST_WORDS:
            record.fault(f"{key}.erklaerung", f"Die Erklärung hat {word_count(eintrag.erklaerung)} Wörter, erlaubt sind {MOST_WORDS}.", "Kürzen; das Genaue steht in der FAQ.")
        for name in (eintrag.begriff, *eintrag.abkuerzungen):
            if seen.setdefault(name.casefold(), key) != key:
                record.fault(key, f"„{name}“ steht auch bei „{seen[name.casefold()]}“.", "Nur bei einem Eintrag lassen.")
        found.append(eintrag)
    return {eintrag.id: eintrag for eintrag in sorted(found, key=lambda e: e.begriff.casefold())}
