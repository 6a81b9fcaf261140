"""What is well-formed but not good enough: hard sentences, few phrasings, the same sentence for two intents.

The strict loader refuses broken content; these findings are shown by `lotse data check` and fail the tests.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Sequence

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.nlu_files import Example
from bot.knowledge.places import fold
from bot.knowledge.plain import LIX_CLEAR, easy_faults, readability, word_count

MIN_PHRASINGS = 15
CHECK_WORDS = 25  # a step of the Anerkennungsprüfung


def content_findings(knowledge: Knowledge, examples: Sequence[Example]) -> list[str]:
    """Returns all findings in German, one line each."""
    return [*_hard_texts(knowledge), *_check_texts(knowledge), *_phrasings(knowledge, examples)]


@lru_cache(maxsize=1)
def official_names(path: Path = DATA / "amtliche-namen.txt") -> frozenset[str]:
    """Returns the words that never count as long: official names and terms of art with an entry in the glossary."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip().lower() for line in lines if line.strip() and not line.startswith("#"))


def _hard_texts(knowledge: Knowledge) -> list[str]:
    found = []
    for faq in knowledge.faqs.values():
        found += [f"data/faq/{faq.id}.yml, antwort_einfach: {fault}" for fault in easy_faults(faq.antwort_einfach, official_names())]
        lix = readability(faq.antwort, official_names()).lix
        if lix > LIX_CLEAR:
            found.append(f"data/faq/{faq.id}.yml, antwort: Der LIX ist {lix:.0f} (erlaubt {LIX_CLEAR:.0f}).")
    return found


def _check_texts(knowledge: Knowledge) -> list[str]:
    """Finds sentences of the Anerkennungsprüfung that are too long or too hard."""
    found = [f"data/berufe/{b.id}.yml, hinweis: {word_count(b.hinweis)} Wörter, erlaubt sind {CHECK_WORDS}."
             for b in knowledge.berufe.values() if word_count(b.hinweis) > CHECK_WORDS]
    for step in knowledge.check_rules:
        for sentence in step.saetze:
            where = f"data/pruefung.yml, {step.id}, „{sentence.einfach[:30]}…“"
            found += [f"{where}: {word_count(text)} Wörter, erlaubt sind {CHECK_WORDS}." for text in (sentence.text, sentence.einfach) if word_count(text) > CHECK_WORDS]
            found += [f"{where}: {fault}" for fault in easy_faults(sentence.einfach, official_names())]
    return found


def _phrasings(knowledge: Knowledge, examples: Sequence[Example]) -> list[str]:
    found = []
    counts = Counter(e.intent for e in examples)
    for faq_id in knowledge.faqs:
        if counts[f"faq/{faq_id}"] < MIN_PHRASINGS:
            found.append(f"data/nlu/faq/{faq_id}.yml: {counts[f'faq/{faq_id}']} Fragen, nötig sind {MIN_PHRASINGS}.")
    for intent in sorted(i for i in counts if i.startswith("faq/") and i[4:] not in knowledge.faqs):
        found.append(f"Zu den Fragen „{intent}“ gibt es keine Antwort in data/faq/.")
    intents: dict[str, set[str]] = defaultdict(set)
    for example in examples:
        intents[fold(example.text) or example.text].add(example.intent)
    found += [f"Derselbe Satz „{text}“ steht in {', '.join(sorted(names))}." for text, names in intents.items() if len(names) > 1]
    return found
