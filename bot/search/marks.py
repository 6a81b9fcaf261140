"""Marks the words of a text that a query asks for, and picks the passage in which they stand."""

from __future__ import annotations

import re
from typing import Sequence

from bot.search.text import WORD, fold_word, likeness, trigrams

Segment = tuple[str, bool]  # text, is it marked
PREFIX = 5  # letters that two words must share at their beginning
SHORTEST_PART = 4  # letters of a query word that is looked for inside a compound
ALIKE = 0.62
PASSAGE = 210  # letters


class Matcher:
    """Tells which words a query asks for; made for one query, remembers what it has seen."""

    def __init__(self, query: Sequence[str]) -> None:
        """Takes the telling words of a query, folded."""
        self._query = [(word, frozenset(trigrams(word))) for word in query]
        self._seen: dict[str, frozenset[str]] = {}

    def asked(self, word: str) -> frozenset[str]:
        """Returns the query words that a folded word is, begins like, holds as a part, or is a typo of."""
        if word not in self._seen:
            self._seen[word] = frozenset(asked for asked, grams in self._query if _is_hit(word, asked, grams))
        return self._seen[word]

    def mark(self, text: str) -> tuple[Segment, ...]:
        """Returns `text` in pieces, those that the query asks for marked."""
        segments: list[Segment] = []
        end = 0
        for match in WORD.finditer(text):
            if any(self.asked(folded) for folded in fold_word(match[0])):
                segments += [(text[end : match.start()], False), (match[0], True)]
                end = match.end()
        segments.append((text[end:], False))
        return tuple(s for s in segments if s[0])

    def passage(self, sentences: Sequence[tuple[str, Sequence[str]]]) -> str:
        """Returns the sentences with the most words of the query, about `PASSAGE` letters, with … where something is left out.

        Args:
            sentences: each with its folded words.
        """
        scores = [len({a for word in folded for a in self.asked(word)}) for _, folded in sentences]
        start = max(range(len(sentences)), key=lambda i: (scores[i], -i))
        end, cut = start + 1, sentences[start][0]
        while end < len(sentences) and len(cut) + len(sentences[end][0]) < PASSAGE:
            cut, end = f"{cut} {sentences[end][0]}", end + 1
        if len(cut) > 1.5 * PASSAGE:
            cut, end = cut[:PASSAGE].rsplit(" ", 1)[0], 0
        return f"{'… ' if start else ''}{cut}{' …' if end < len(sentences) else ''}"


def sentences(text: str) -> list[str]:
    """Returns the sentences of a text in one line."""
    return re.split(r"(?<=[.!?:]) +(?=[A-ZÄÖÜ„(§])", text)


def _is_hit(word: str, asked: str, grams: frozenset[str]) -> bool:
    if word == asked:
        return True
    if min(len(word), len(asked)) >= SHORTEST_PART and (asked in word or word[:PREFIX] == asked[:PREFIX] and len(asked) >= PREFIX):
        return True
    return len(word) >= 6 and len(asked) >= 6 and abs(len(word) - len(asked)) <= 3 and likeness(frozenset(trigrams(word)), grams) >= ALIKE
