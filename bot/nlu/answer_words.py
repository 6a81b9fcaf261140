"""BM25 of a question's words and word pairs in the whole text of each FAQ: question, answers, details and paragraphs of law.

Finds what phrasings rarely name and answers do: „§ 20a“, „Wartezeit bei § 18c“, the name of an office.
"""

from __future__ import annotations

import re
from typing import Sequence

import numpy as np
import scipy.sparse as sparse

from bot.nlu.noise import fold_umlauts

WORD = re.compile(r"§|\w+")
SATURATION, LENGTH = 1.5, 0.75  # BM25's k1 and b, the usual ones


class AnswerWords:
    """`terms`: term → row; `weights`: terms × documents."""

    def __init__(self, terms: dict[str, int] | None = None, weights: sparse.csr_matrix | None = None) -> None:
        self.terms, self.weights = terms or {}, weights if weights is not None else sparse.csr_matrix((0, 0), dtype=np.float32)

    def fit(self, documents: Sequence[str]) -> "AnswerWords":
        """Weighs the words of `documents`."""
        found = [_terms(text) for text in documents]
        self.terms = {term: i for i, term in enumerate(sorted({term for terms in found for term in terms}))}
        counts = np.zeros((len(self.terms), len(documents)), dtype=np.float32)
        for column, terms in enumerate(found):
            for term in terms:
                counts[self.terms[term], column] += 1
        lengths, known = counts.sum(axis=0), (counts > 0).sum(axis=1, keepdims=True)
        rarity = np.log(1 + (len(documents) - known + 0.5) / (known + 0.5))
        norm = SATURATION * (1 - LENGTH + LENGTH * lengths / max(1.0, float(lengths.mean()) if len(lengths) else 1.0))
        self.weights = sparse.csr_matrix((rarity * counts * (SATURATION + 1) / (counts + norm)).astype(np.float32))
        return self

    def scores(self, texts: Sequence[str]) -> np.ndarray:
        """Returns BM25 scores of shape (texts, documents)."""
        rows = [sorted({self.terms[term] for term in _terms(text) if term in self.terms}) for text in texts]
        return np.stack([np.asarray(self.weights[r].sum(axis=0)).ravel() for r in rows]) if rows else np.zeros((0, self.weights.shape[1]))


def _terms(text: str) -> list[str]:
    """Returns words and neighbouring pairs of words."""
    words = WORD.findall(fold_umlauts(text.lower(), plain=False))
    return words + [f"{a} {b}" for a, b in zip(words, words[1:])]
