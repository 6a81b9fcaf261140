"""What a message is written in, and the wording in which the encoders should hear it.

German: typing mistakes repaired. Another language: the German terms behind its key words added. Russian and Ukrainian in Latin letters: back in
Cyrillic first. Arabic and Persian in Latin letters, which no encoder reads: the German terms alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.nlu.language import ALIKE, GERMAN, LanguageDetector
from bot.nlu.spelling import SpellingRepair
from bot.nlu.terms import TermGlossary
from bot.nlu.transliteration import CYRILLIC, to_cyrillic

LATIN = ("en", "tr", "fr", "es", "ro", "pl")
ARABIC = ("ar", "fa")
GUESS_BELOW = 0.5  # share of known German words below which words of the glossary tell the language
GERMAN_SHARE = 0.6  # share of known German words from which a message counts as German, whatever the detector says


@dataclass(frozen=True)
class Reader:
    """Reads one message after the other; keeps nothing."""

    detector: LanguageDetector
    glossary: TermGlossary
    repair: SpellingRepair

    def read(self, text: str) -> tuple[str, str]:
        """Returns the language (a code, `xx` for another one) and the wording for the encoders."""
        language = self.language(text)
        if language == GERMAN:
            return language, self.repair.repair(text)
        if language in CYRILLIC and is_latin(text):
            return language, self.glossary.add(to_cyrillic(text, language), language)
        if language in ARABIC and is_latin(text):
            return language, self.glossary.only(text, language)
        return language, self.glossary.add(text, language)

    def language(self, text: str) -> str:
        """Returns the detector's opinion, unless most words are German ones; where it is not sure, the glossary's words decide."""
        detected, sure = self.detector.judge(text)
        if not is_latin(text):
            alike = next((pair for pair in ALIKE if detected in pair), frozenset())
            guessed = "" if sure or not alike else self.glossary.guess(text, alike)
            return guessed or detected or GERMAN
        share = self.repair.known_share(text)
        if detected == GERMAN or share >= GERMAN_SHARE:
            return GERMAN
        if sure:
            return detected
        guessed = self._by_terms(text) if share < GUESS_BELOW else ""
        return guessed or (detected if len(text.split()) >= 3 else "") or GERMAN

    def _by_terms(self, text: str) -> str:
        spellings = {lang: text for lang in (*LATIN, *ARABIC)} | {lang: to_cyrillic(text, lang) for lang in CYRILLIC}
        return self.glossary.guess_among(spellings)


def is_latin(text: str) -> bool:
    """Tells whether most letters are Latin: other scripts are never German."""
    letters = [c for c in text if c.isalpha()]
    return not letters or sum(1 for c in letters if ord(c) < 0x250) >= len(letters) / 2
