"""Why a hit is there, in words a counsellor can check: the paragraph, the occupation, the phrasing, the words, or the understanding model."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Iterable, Sequence

from bot.knowledge.base import Knowledge
from bot.knowledge.berufe import Beruf
from bot.knowledge.werte import fill
from bot.search.documents import Document, plain
from bot.search.marks import Matcher, Segment, sentences
from bot.search.text import likeness, trigram_set, words

ALIKE = 0.45  # share of trigrams from which a phrasing counts as what was meant


@dataclass(frozen=True)
class Hit:
    """One result. `warum` is a short German reason, "" when only a distant likeness of letters brought it;
    `frage` and `auszug` are texts in pieces, marked where the query's words stand."""

    faq: str
    score: float
    warum: str
    frage: tuple[Segment, ...]
    auszug: tuple[Segment, ...]


class Query:
    """One query while its hits are explained."""

    def __init__(self, text: str, said: list[str], terms: Sequence[str]) -> None:
        self.grams, self.matcher, self.terms = trigram_set(text), Matcher(said), terms


class Reasons:
    """Knows the texts in which hits are explained."""

    def __init__(self, knowledge: Knowledge, documents: Iterable[Document]) -> None:
        self._knowledge = knowledge
        self._phrasings = {d.id: [(p, trigram_set(p), words(p)) for p in d.formulierungen] for d in documents}
        self._answer = lru_cache(maxsize=2048)(self._read)

    def knows(self, faq_id: str) -> bool:
        """Tells whether the FAQ exists: the model may be older than the content."""
        return faq_id in self._knowledge.faqs

    def hit(self, faq_id: str, score: float, query: Query, norm: str, beruf: Beruf | None, by_model: bool) -> Hit:
        """Returns the result with its reason."""
        question = query.matcher.mark(self._knowledge.faqs[faq_id].frage)
        passage = query.matcher.mark(query.matcher.passage(self._answer(faq_id, dt.date.today())))
        return Hit(faq_id, score, self._why(faq_id, query, norm, beruf, question + passage, by_model), question, passage)

    def _why(self, faq_id: str, query: Query, norm: str, beruf: Beruf | None, shown: tuple[Segment, ...], by_model: bool) -> str:
        if norm:
            return f"beruht auf {norm}"
        alike, _, phrasing = max(((likeness(query.grams, grams), -len(text), text) for text, grams, _ in self._phrasings[faq_id]), default=(0.0, 0, ""))
        if alike >= ALIKE:
            return f"passt zu: „{phrasing}“"
        if beruf:
            return f"Beruf: {beruf.name}"
        hits = {text.casefold(): text for text, is_marked in shown if is_marked}
        if hits:
            return f"enthält: {', '.join(list(hits.values())[:3])}"
        inside = next((text for text, _, said in self._phrasings[faq_id] if any(query.matcher.asked(word) for word in said)), "")
        if inside:
            return f"so wird danach gefragt: „{inside}“"
        if query.terms:
            return f"Verstanden als: {', '.join(query.terms)}"
        return "dem Sinn nach verwandt" if by_model else ""

    def _read(self, faq_id: str, day: dt.date) -> tuple[tuple[str, list[str]], ...]:
        text = plain(fill(self._knowledge.faqs[faq_id].antwort, self._knowledge.werte, day))
        return tuple((sentence, words(sentence)) for sentence in sentences(text))
