"""Which of the eleven languages a message is written in: script, then greeting words, then a statistical hint.

Only a hint (`docs/adr/0005`): the person's own choice goes first, and the answer stays German in any case.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Iterable, Mapping

GERMAN = "de"
SUPPORTED = frozenset(("de", "en", "ar", "uk", "ru", "tr", "fa", "fr", "es", "ro", "pl"))
PERSIAN = re.compile("[پچژگکی]")
UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?", re.UNICODE)
VOWEL_MARKS = re.compile("[\u064b-\u0652]")


class LanguageDetector:
    """Detects the language of short messages. `words` maps a language to words that only it has."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._words = {VOWEL_MARKS.sub("", w.lower()): lang for lang, ws in words.items() for w in ws}

    def detect(self, text: str) -> str:
        """Returns a code of `SUPPORTED`, `xx` for another language, or "" when the text is too short to tell."""
        text = VOWEL_MARKS.sub("", text)
        tokens = [t.lower() for t in WORD.findall(text)]
        votes = Counter(self._words[token] for token in tokens if token in self._words)
        by_script = _by_script(text, votes)
        if by_script:
            return by_script
        if votes:
            best = max(votes, key=lambda k: votes[k])
            if sum(1 for v in votes.values() if v == votes[best]) == 1:
                return best
        return self._hint(text) if len(tokens) >= 2 else ""

    def _hint(self, text: str) -> str:
        """Returns CLD2's opinion when it is sure of it."""
        import pycld2

        try:
            reliable, _, details = pycld2.detect(text.encode("utf-8", "replace"), bestEffort=True)
        except pycld2.error:
            return ""
        code, share = details[0][1], details[0][2]
        if code == "un" or share < 60:
            return ""
        if code in SUPPORTED:
            return code
        return "xx" if reliable else ""


def _by_script(text: str, votes: Counter[str]) -> str:
    """Returns the language that script, letters and, where these fit two languages, words tell."""
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return ""
    arabic = sum(1 for c in letters if "\u0600" <= c <= "\u06ff")
    cyrillic = sum(1 for c in letters if "\u0400" <= c <= "\u04ff")
    if arabic * 2 >= len(letters):
        return "fa" if PERSIAN.search(text) or votes["fa"] > votes["ar"] else "ar"
    if cyrillic * 2 >= len(letters):
        if UKRAINIAN.search(text):
            return "uk"
        if RUSSIAN.search(text):
            return "ru"
        if votes["uk"] != votes["ru"]:
            return "uk" if votes["uk"] > votes["ru"] else "ru"
        return _cyrillic_hint(text)
    if all(ord(c) >= 0x250 for c in letters):
        return "xx"
    return ""


def _cyrillic_hint(text: str) -> str:
    import pycld2

    try:
        _, _, details = pycld2.detect(text.encode("utf-8", "replace"), bestEffort=True)
    except pycld2.error:
        return "ru"
    return "uk" if details[0][1] == "uk" else "ru"
