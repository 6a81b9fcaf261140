"""Which of the eleven languages a message is written in: script, words, letters that few languages have, then a statistical hint.

Only a hint (`docs/adr/0005`): the person's own choice goes first, and the answer stays German in any case.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Iterable, Mapping

GERMAN = "de"
SUPPORTED = frozenset(("de", "en", "ar", "uk", "ru", "tr", "fa", "fr", "es", "ro", "pl"))
ALIKE = (frozenset(("ar", "fa")), frozenset(("uk", "ru")))  # one script: without a telling letter only words decide
PERSIAN = re.compile("[پچژگکی]")
UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")
# Letters of the Latin script that only one of the eleven languages writes; a letter of a language that we do not speak speaks against them.
LETTERS = {"pl": "ąęłńśźżć", "tr": "ğı", "ro": "ășțţ", "es": "ñ¿¡", "fr": "œèùû"}
OTHER_LETTERS = frozenset("ãõøåæřůőűđěščžėįų")
WORD = re.compile(r"(?=[^\W_]*[^\W\d_])[^\W_]+(?:'[^\W\d_]+)?", re.UNICODE)  # digits are letters in „3andi“
VOWEL_MARKS = re.compile("[\u064b-\u0652]")


class LanguageDetector:
    """Detects the language of short messages. `words` maps a language to words that only it has."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        self._words = {VOWEL_MARKS.sub("", w.lower()): lang for lang, ws in words.items() for w in ws}

    def detect(self, text: str) -> str:
        """Returns a code of `SUPPORTED`, `xx` for another language, or "" when the text is too short to tell."""
        return self.judge(text)[0]

    def judge(self, text: str) -> tuple[str, bool]:
        """Returns the language as `detect` does, and whether words, letters or script tell it, not statistics alone."""
        text = VOWEL_MARKS.sub("", text)
        tokens = [t.lower() for t in WORD.findall(text)]
        votes = Counter(self._words[token] for token in tokens if token in self._words)
        script = _by_script(text, votes)
        if script[0]:
            return script
        best = _only_best(votes) or _only_best(_letters(text))
        if best:
            return best, True
        return (_hint(text), False) if len(tokens) >= 2 else ("", False)


def _only_best(votes: Counter[str]) -> str:
    """Returns the language with most votes, or "" without votes or with two at the top."""
    ranked = votes.most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else ""


def _letters(text: str) -> Counter[str]:
    """Returns how many telling letters of each language `text` has; none when it has letters of another one."""
    low = text.lower()
    if any(c in OTHER_LETTERS for c in low):
        return Counter()
    return Counter({lang: count for lang, letters in LETTERS.items() if (count := sum(c in letters for c in low))})


def _hint(text: str) -> str:
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


def _by_script(text: str, votes: Counter[str]) -> tuple[str, bool]:
    """Returns the language that script, letters and, where these fit two languages, words tell, and whether that is certain."""
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return "", False
    arabic = sum(1 for c in letters if "\u0600" <= c <= "\u06ff")
    cyrillic = sum(1 for c in letters if "\u0400" <= c <= "\u04ff")
    if arabic * 2 >= len(letters):
        if PERSIAN.search(text) or votes["fa"] > votes["ar"]:
            return "fa", True
        return "ar", votes["ar"] > votes["fa"]
    if cyrillic * 2 >= len(letters):
        if UKRAINIAN.search(text):
            return "uk", True
        if RUSSIAN.search(text):
            return "ru", True
        if votes["uk"] != votes["ru"]:
            return ("uk" if votes["uk"] > votes["ru"] else "ru"), True
        return _cyrillic_hint(text), False
    return ("xx", True) if all(ord(c) >= 0x250 for c in letters) else ("", False)


def _cyrillic_hint(text: str) -> str:
    import pycld2

    try:
        _, _, details = pycld2.detect(text.encode("utf-8", "replace"), bestEffort=True)
    except pycld2.error:
        return "ru"
    return "uk" if details[0][1] == "uk" else "ru"
