"""Forms of foreign words that `data/` need not list: endings of occupations, and what Arabic writes in front of a word.

The glossary compares beginnings of words, so an ending is cut („медсестра“ → „медсестр“, which „медсестрой“ begins with) and a
beginning is added („طبيب“ → „للطبيب“).
"""

from __future__ import annotations

import re
from typing import Iterable

ENDINGS = {
    "uk": re.compile("[аяоеиіьй]$"), "ru": re.compile("[аяоеиыьй]$"), "pl": re.compile("[aeyioąę]$"),
    "ro": re.compile("[aăeu]$"), "es": re.compile("[aoe]$"), "fr": re.compile("e$"),
}
SHORTEST = 6  # letters of a name whose ending may go
ARTICLE = "ال"
PREFIXES = ("ال", "لل", "بال", "وال", "كال", "ل", "ب", "و", "ك")
AND = "و"  # the only one that dialects put in front of any phrase
SHORTEST_ARABIC = 4  # letters of a word that takes a prefix


def stem(name: str, language: str) -> str:
    """Returns a name of one word without its last vowel, where the language inflects it; other names unchanged."""
    ending = ENDINGS.get(language)
    return ending.sub("", name) if ending and " " not in name and len(name) >= SHORTEST else name


def with_prefixes(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Returns (Arabic beginning of a word, German term) pairs with article, prepositions and „and“ in front of single words as well, „and“ in front of phrases."""
    listed = list(pairs)
    known = {word for word, _ in listed}
    phrases = [(AND + phrase, german) for phrase, german in listed if " " in phrase and not phrase.isascii() and AND + phrase not in known]
    plain = [(word, german) for word, german in listed if " " not in word and len(word) >= SHORTEST_ARABIC and not word.startswith(ARTICLE) and not word.isascii()]
    return listed + phrases + [(prefix + word, german) for word, german in plain for prefix in PREFIXES if prefix + word not in known]
