"""Words and trigrams of a text in one spelling: lower case, ae/oe/ue/ss, no punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bot.knowledge.places import fold

MOST_LETTERS = 200  # of a query; what comes after is not read
WORD = re.compile(r"\w+")
# Words that say nothing about the topic; a query of only such words is searched as it is.
STOP = frozenset(
    "der die das den dem des ein eine einen einem einer eines und oder aber auch als am an auf aus bei beim bin bis bist da dafuer damit dann darf daran dass dazu denn dessen "
    "dich dir doch du durch er es etwas fuer gibt haben habe hat hatte hier ich ihr ihre ihren ihm ihn ihnen im in ins ist ja jetzt kann kein keine koennen man mein meine meinem "
    "meinen meiner mich mir mit moechte muss muessen nach nicht noch nun nur ob ohne sein seine sich sie sind so soll sollte ueber um unser unsere vom von vor wann warum was "
    "weil welche welchem welchen welcher welches wem wen wenn wer werden wie wieder will wir wird wo wohin wozu wurde zu zum zur bitte hallo frage klient klientin kunde kundin "
    "ratsuchende ratsuchender person jemand leute eigentlich genau gerade".split())


@lru_cache(maxsize=65536)
def fold_word(word: str) -> tuple[str, ...]:
    """Returns a word as it is compared; mostly one, none for signs only."""
    return tuple(fold(word).split())


def words(text: str) -> list[str]:
    """Returns the folded words of `text`."""
    return [folded for word in WORD.findall(unicodedata.normalize("NFC", text)) for folded in fold_word(word)]


def telling(query: str) -> list[str]:
    """Returns the words of a query that say what it is about, without doubles."""
    found = list(dict.fromkeys(words(query[:MOST_LETTERS])))
    return [w for w in found if w not in STOP] or found


@lru_cache(maxsize=65536)
def trigrams(word: str) -> tuple[str, ...]:
    """Returns the trigrams of a folded word with a blank on both sides, so that beginnings and short words count, too."""
    padded = f" {word} "
    return tuple(padded[i : i + 3] for i in range(len(padded) - 2))


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """Returns how alike two sets of trigrams are, from 0 to 1 (Dice)."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def trigram_set(text: str) -> frozenset[str]:
    """Returns the trigrams of all telling words of `text`."""
    return frozenset(t for word in telling(text) for t in trigrams(word))
