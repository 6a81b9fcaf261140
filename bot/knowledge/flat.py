"""One spelling for comparing words of any script: lower case, no accents or vowel marks, no punctuation."""

from __future__ import annotations

import re
import unicodedata

# Letters that people type for one another: Turkish dotless i, Polish l, Russian jo, Arabic and Persian forms of the same letter.
ALIKE = str.maketrans({"ı": "i", "ł": "l", "ё": "е", "ß": "ss", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "’": "'", "\u200c": " "})


def flat(text: str) -> str:
    """Returns `text` in lower case without accents, vowel marks and punctuation, words separated by one blank."""
    text = unicodedata.normalize("NFD", text.lower().translate(ALIKE))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", text))
