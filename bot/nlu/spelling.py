"""Repairs typing mistakes against the words of the training data, before the sentence is encoded.

Keeps foreign text as it is: a repair counts only when most words are then known German words.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.nlu.noise import FUNCTION_WORDS, fold_umlauts

TOKEN = re.compile(r"[A-Za-zÄÖÜäöüß]+|[^A-Za-zÄÖÜäöüß]+")
KNOWN_SHARE = 0.6
SHOUTED_WORDS, SHOUTED_SHARE = 3, 0.7  # „WAS KOSTET DAS“ shouts, „IHK FOSA“ does not
USUAL = 3  # times that a word stands in the training data to count as German


def tidy(text: str) -> str:
    """Returns `text` without emoji and other symbols, and in lower case when it shouts; `text` itself when nothing would be left."""
    plain = "".join(" " if unicodedata.category(c) in ("So", "Sk", "Cs") or c == "\ufe0f" else c for c in text)
    words = re.findall(r"[^\W\d_]{2,}", plain)
    if len(words) >= SHOUTED_WORDS and sum(w.isupper() for w in words) > SHOUTED_SHARE * len(words):
        plain = plain.lower()
    return " ".join(plain.split()) if plain.strip() else text


class SpellingRepair:
    """Replaces unknown words by the nearest known one; the case of other words stays."""

    def __init__(self, texts: Iterable[str], names: Iterable[str] = ()) -> None:
        """Learns the words of `texts` and `names` (occupations: each name counts as a usual word)."""
        counts: Counter[str] = Counter()
        for text in texts:
            counts.update(w.lower() for w in re.findall(r"[A-Za-zÄÖÜäöüß]{3,}", text))
        for word in {w for name in names for w in re.findall(r"[a-zäöüß]{5,}", name.lower())}:
            counts[word] = max(counts[word], USUAL)
        self.restore(counts)

    def restore(self, counts: dict[str, int]) -> None:
        """Takes the word counts of an earlier training."""
        self.counts = Counter(counts)
        self._by_length: dict[int, list[str]] = {}
        for word in self.counts:
            self._by_length.setdefault(len(word), []).append(word)
        self._folded: dict[str, str] = {}
        for word in sorted(self.counts, key=lambda w: -self.counts[w]):
            for plain in (True, False):
                self._folded.setdefault(fold_umlauts(word, plain), word)
        self._cache: dict[str, str] = {}

    def repair(self, text: str) -> str:
        """Returns the repaired text, or `text` itself when it does not look German."""
        parts = TOKEN.findall(text)
        fixed = [self._repair_word(p) if p[0].isalpha() else p for p in parts]
        words = [w.lower() for w in fixed if w[0].isalpha()]
        known = sum(1 for w in words if w in self.counts or w in FUNCTION_WORDS)
        if not words or known < KNOWN_SHARE * len(words):
            return text
        return "".join(fixed)

    def known_share(self, text: str) -> float:
        """Returns the share of words that are German ones of the training data after repair; 1.0 without any word."""
        words = [w.lower() for w in re.findall(r"[^\W\d_]+", self.repair(text))]
        if not words:
            return 1.0
        return sum(1 for w in words if self.counts[w] >= USUAL or w in FUNCTION_WORDS) / len(words)

    def _repair_word(self, word: str) -> str:
        low = word.lower()
        if len(low) < 4 or low in self.counts or low in FUNCTION_WORDS:
            return word
        if low not in self._cache:
            if len(self._cache) > 50_000:
                self._cache.clear()
            self._cache[low] = self._nearest(low)
        found = self._cache[low]
        if not found:
            return word
        return found.capitalize() if word[0].isupper() else found

    def _nearest(self, low: str) -> str:
        if low in self._folded:
            return self._folded[low]
        if len(low) < 5:
            return ""
        limit = 2 if len(low) >= 8 else 1
        candidates = [w for n in range(len(low) - limit, len(low) + limit + 1) for w in self._by_length.get(n, ())]
        found = process.extract(low, candidates, scorer=OSA.distance, score_cutoff=limit, limit=8)
        if not found:
            return ""
        return min(found, key=lambda f: (f[1], -self.counts[f[0]]))[0]
