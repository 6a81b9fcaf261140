"""Russian and Ukrainian typed in Latin letters („skolko stoit priznanie“) back into Cyrillic, which the encoders understand.

No single standard: people write „ya“ or „ja“, „zh“ or „j“. What several letters may stand for becomes the most frequent one; the encoders
and the glossary's word beginnings forgive the rest.
"""

from __future__ import annotations

import re

CYRILLIC = ("ru", "uk")
# Longest first. Soft signs are hardly ever typed and stay away.
COMMON = {
    "shch": "щ", "sch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "yu": "ю", "ju": "ю", "iu": "ю", "ya": "я", "ja": "я", "ia": "я",
    "a": "а", "b": "б", "v": "в", "w": "в", "d": "д", "e": "е", "z": "з", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "r": "р",
    "s": "с", "t": "т", "u": "у", "f": "ф", "c": "ц", "j": "й", "q": "к", "x": "кс", "'": "ь", "’": "ь",
}
OWN = {
    "ru": {"yo": "ё", "g": "г", "h": "х", "i": "и", "y": "ы", "ye": "е"},
    "uk": {"yi": "ї", "ji": "ї", "ye": "є", "je": "є", "ie": "є", "yo": "йо", "g": "ґ", "h": "г", "i": "і", "y": "и", "ii": "ії"},
}
TABLES = {lang: COMMON | own for lang, own in OWN.items()}
PIECES = {lang: re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True))) for lang, table in TABLES.items()}
WORD = re.compile(r"\b[^\W\d_]+(?:['’][^\W\d_]*)*(?![\d_])")
ENDS = re.compile(r"(?<=[aeiouy])[yi]\b")  # „moy“, „kotoroi“


def to_cyrillic(text: str, language: str) -> str:
    """Returns `text` in the Cyrillic letters of `language` ("ru" or "uk"), in lower case; digits, signs and words with digits („b2“) stay."""
    table, pieces = TABLES[language], PIECES[language]
    return WORD.sub(lambda word: pieces.sub(lambda piece: table[piece.group()], ENDS.sub("й", word.group())), text.lower())
