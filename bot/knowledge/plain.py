"""Readability of German text: LIX, sentence lengths, long words.

LIX = words per sentence + share of words with more than six letters in percent
(below 40 easy, above 60 technical).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WORD = re.compile(r"[A-Za-zÄÖÜäöüßÀ-ž0-9]+(?:[-.,/][A-Za-zÄÖÜäöüßÀ-ž0-9]+)*")
# Dots that end no sentence: numbers ("1. Januar", "50.700"), paragraphs ("Abs. 2", "Nr. 3") and usual abbreviations.
NO_END = re.compile(r"(\b(?:Abs|Nr|Art|ca|bzw|usw|etc|evtl|inkl|ggf|max|mind|Tel|Std|z|B|d|h|u|a|S|St|Dr|e|V|vgl|sog)\.|\d\.)(?=\s|$|[a-zA-Z])")

MAX_SENTENCE = 20
MAX_MEAN = 12.0
MAX_WORD = 20
LIX_EASY = 40.0
LIX_CLEAR = 50.0


@dataclass(frozen=True)
class Readability:
    """Figures of one text; lengths in words, word lengths in letters."""

    lix: float
    mean_sentence: float
    longest_sentence: int
    long_words: tuple[str, ...]


def sentences(text: str) -> list[str]:
    """Splits a text into sentences; list items and headings count as one each."""
    parts: list[str] = []
    for block in re.split(r"\n+", text):
        block = NO_END.sub(lambda m: m[0].replace(".", "\0"), block.strip().lstrip("-•* ").strip())
        for sentence in re.split(r"(?<=[.!?:])\s+", block):
            if WORD.search(sentence):
                parts.append(sentence.replace("\0", "."))
    return parts


def word_count(text: str) -> int:
    """Returns the number of words; a `{werte.…}` placeholder counts as two."""
    text = re.sub(r"\{[^}]*\}", "9 Euro", text)
    return len(WORD.findall(text))


def readability(text: str, exempt: frozenset[str] = frozenset()) -> Readability:
    """Measures `text`. Words in `exempt` (official names, lower case) never count as long."""
    text = re.sub(r"\{[^}]*\}", "9 Euro", text).replace("**", "")
    words = WORD.findall(text)
    lengths = [len(WORD.findall(s)) for s in sentences(text)] or [0]
    if not words:
        return Readability(0.0, 0.0, 0, ())

    def parts(word: str) -> list[str]:
        return [p for p in re.split(r"[-/]", word)]

    # A hyphen splits a compound for the reader ("Aufenthalts-Titel"), so its parts count one by one.
    long = sum(1 for w in words if w.lower() not in exempt and any(len(p) > 6 for p in parts(w)))
    too_long = tuple(w for w in words if w.lower() not in exempt and any(len(p) > MAX_WORD for p in parts(w)))
    mean = len(words) / len(lengths)
    return Readability(mean + 100 * long / len(words), mean, max(lengths), too_long)


def easy_faults(text: str, exempt: frozenset[str] = frozenset()) -> list[str]:
    """Returns what makes `text` harder than Einfache Sprache, in German; empty when it passes."""
    found = readability(text, exempt)
    faults = []
    if found.mean_sentence > MAX_MEAN:
        faults.append(f"Die Sätze haben im Mittel {found.mean_sentence:.1f} Wörter (erlaubt {MAX_MEAN:.0f}).")
    if found.longest_sentence > MAX_SENTENCE:
        faults.append(f"Ein Satz hat {found.longest_sentence} Wörter (erlaubt {MAX_SENTENCE}).")
    if found.lix > LIX_EASY:
        faults.append(f"Der LIX ist {found.lix:.0f} (erlaubt {LIX_EASY:.0f}): kürzere Wörter und Sätze.")
    if found.long_words:
        faults.append(f"Zu lange Wörter: {', '.join(sorted(set(found.long_words)))} (mit Bindestrich trennen oder erklären).")
    return faults
