"""Character TF-IDF in plain Python over some hundred documents: compounds, typos and endings still match. Needs nothing but this file."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import Iterable

from bot.search.documents import Document
from bot.search.text import telling, words

SIZES = (3, 4, 5)
WEIGHTS = {"frage": 3, "kurz": 2, "formulierungen": 2, "antwort": 1, "recht": 1, "thema": 1}


class TfidfIndex:
    """Ranks FAQs by the cosine of their weighted character n-grams."""

    name = "char TF-IDF"

    def __init__(self, documents: Iterable[Document]) -> None:
        counts = {d.id: _counts(d) for d in documents}
        seen = Counter(gram for count in counts.values() for gram in count)
        self._idf = {gram: math.log((1 + len(counts)) / (1 + number)) + 1 for gram, number in seen.items()}
        self._postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for id_, count in counts.items():
            weights = {gram: (1 + math.log(number)) * self._idf[gram] for gram, number in count.items()}
            length = math.sqrt(sum(w * w for w in weights.values()))
            for gram, weight in weights.items():
                self._postings[gram].append((id_, weight / length))

    def rank(self, query: str, limit: int = 50) -> list[tuple[str, float]]:
        """Returns (FAQ id, score), best first; [] when nothing matches."""
        scores: dict[str, float] = defaultdict(float)
        for gram, number in Counter(g for word in telling(query) for g in _grams(word)).items():
            for id_, weight in self._postings.get(gram, ()):
                scores[id_] += number * self._idf[gram] * weight
        return sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]


def _counts(document: Document) -> Counter[str]:
    count: Counter[str] = Counter()
    for field, weight in WEIGHTS.items():
        value = getattr(document, field)
        for word in words(" ".join(value) if isinstance(value, tuple) else value):
            for gram in _grams(word):
                count[gram] += weight
    return count


def _grams(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[i : i + size] for size in SIZES for i in range(len(padded) - size + 1)]
