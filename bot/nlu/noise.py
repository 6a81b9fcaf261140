"""Noisy copies of training sentences: typos, dropped umlauts, dropped articles, keyword style.

Used to make the classifier sturdy and to estimate how sturdy it is (with another seed).
"""

from __future__ import annotations

import random

NEIGHBOURS = {
    "a": "sqy", "b": "vgn", "c": "xdv", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjz", "i": "uok", "j": "hku", "k": "jli",
    "l": "kop", "m": "nj", "n": "bmh", "o": "ipl", "p": "ol", "r": "etf", "s": "adw", "t": "rzg", "u": "zij", "v": "cbf", "w": "qes",
    "z": "tuh",
}
FUNCTION_WORDS = frozenset(
    "der die das den dem des ein eine einen einem einer ich du er sie es wir ihr mein meine meinen meinem meiner mir mich ist sind bin hat habe haben "
    "wird werden kann können muss müssen darf dürfen soll und oder aber für mit von zu zum zur in im an am auf bei aus nach dass wenn ob man bitte denn "
    "was wie wo wer wann welche welcher welches warum gibt eigentlich auch noch schon nur nicht".split()
)
ARTICLES = frozenset("der die das den dem des ein eine einen einem einer mein meine meinen meinem meiner".split())


def fold_umlauts(text: str, plain: bool) -> str:
    """Returns `text` with ae/oe/ue/ss, or with a/o/u/ss when `plain`."""
    table = {"ä": "a", "ö": "o", "ü": "u"} if plain else {"ä": "ae", "ö": "oe", "ü": "ue"}
    for umlaut, plain_text in table.items():
        text = text.replace(umlaut, plain_text).replace(umlaut.upper(), plain_text.capitalize())
    return text.replace("ß", "ss")


def typo(word: str, rng: random.Random) -> str:
    """Returns `word` with one letter dropped, doubled, swapped or replaced by its neighbour."""
    if len(word) < 4:
        return word
    i = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:i] + word[i + 1 :]
    if kind == 1:
        return word[:i] + word[i] + word[i:]
    if kind == 2:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    near = NEIGHBOURS.get(word[i].lower())
    return word[:i] + rng.choice(near) + word[i + 1 :] if near else word


def noisy(text: str, rng: random.Random) -> str:
    """Returns one noisy copy of `text` as a hurried or beginning writer might type it."""
    words = text.split()
    style = rng.random()
    if style < 0.25 and len(words) > 4:
        words = [w for w in words if w.lower().strip("?,.!") not in FUNCTION_WORDS] or words
    elif style < 0.65:
        words = [w for w in words if w.lower() not in ARTICLES or rng.random() < 0.4] or words
    words = [typo(w, rng) if rng.random() < 0.12 else w for w in words]
    text = " ".join(words)
    if rng.random() < 0.45:
        text = fold_umlauts(text, plain=rng.random() < 0.4)
    if rng.random() < 0.6:
        text = text.lower()
    if rng.random() < 0.6:
        text = text.rstrip("?.! ")
    return text
