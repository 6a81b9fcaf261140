"""Finds FAQs for a query: several rankings, fused by their weighted reciprocal ranks, each hit with the reason why it is there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Iterable, Sequence

from bot.knowledge.base import Knowledge
from bot.knowledge.nlu_files import Example
from bot.search.documents import Document, documents
from bot.search.expand import Expander
from bot.search.fulltext import TrigramIndex, is_supported
from bot.search.occupations import OccupationRanking
from bot.search.paragraphs import ParagraphIndex
from bot.search.reasons import Hit, Query, Reasons
from bot.search.text import telling
from bot.search.tfidf import TfidfIndex

# Weight of each ranking and the constant of the reciprocal rank, chosen on benchmarks/dev/suche.yml.
WEIGHTS = {"text": 1.0, "trigramme": 0.3, "modell": 1.2, "paragraf": 1.0, "beruf": 0.3}
CONSTANT = 2
MOST = 20
SURE = 0.02  # a confidence of the model below this is noise


@dataclass(frozen=True)
class Found:
    """What a search found; `verstanden` are the German terms that were searched, too."""

    hits: tuple[Hit, ...]
    verstanden: tuple[str, ...]


class Search:
    """All indexes over one state of the content; build once, `find` often, from any thread."""

    def __init__(self, knowledge: Knowledge, examples: Iterable[Example], with_fts5: bool | None = None) -> None:
        """Builds the indexes; `with_fts5` None asks SQLite whether it can."""
        found: list[Document] = documents(knowledge, examples)
        self._text = TfidfIndex(found)
        self._trigrams = TrigramIndex(found) if (is_supported() if with_fts5 is None else with_fts5) else None
        self.paragraphs = ParagraphIndex(knowledge.faqs.values())
        self._occupations = OccupationRanking(knowledge)
        self._expander = Expander(knowledge, found)
        self._reasons = Reasons(knowledge, found)

    def find(self, query: str, ranking: Sequence[tuple[str, float]] = (), limit: int = MOST) -> Found:
        """Returns the hits for `query`, best first.

        Args:
            ranking: the understanding model's (FAQ id, confidence), best first; empty when it does not answer.
        """
        if not query.strip():
            return Found((), ())
        terms = self._expander.expand(query)
        asked = self.paragraphs.asked(query)
        norms = self.paragraphs.matches(asked) if asked else {}
        exact = any(p.number for p in asked)
        beruf, occupation = self._occupations.rank(query)
        meant = " ".join([query, *terms])
        text = [id_ for id_, _ in self._text.rank(meant)]
        trigrams = [id_ for id_, _ in self._trigrams.rank(meant)] if self._trigrams else []
        lists = {"text": text, "trigramme": trigrams, "modell": [id_ for id_, sure in ranking if sure >= SURE], "paragraf": _by_words(norms, text), "beruf": occupation}
        scores = fuse(lists)
        ids = sorted((i for i in scores if self._reasons.knows(i)), key=lambda i: (not (exact and i in norms), -scores[i], i))[:limit]
        asking, by_model = Query(query, telling(meant), terms), {i for i, _ in ranking}
        hits = [self._reasons.hit(i, scores[i], asking, norms.get(i, ""), beruf if i in occupation else None, i in by_model) for i in ids]
        return Found(tuple(hit for hit in hits if hit.warum), tuple(terms))


def fuse(lists: dict[str, list[str]]) -> dict[str, float]:
    """Returns FAQ id → sum of weight / (constant + rank) over all rankings."""
    scores: dict[str, float] = defaultdict(float)
    for name, ids in lists.items():
        for rank, id_ in enumerate(ids, start=1):
            scores[id_] += WEIGHTS[name] / (CONSTANT + rank)
    return dict(scores)


def _by_words(norms: dict[str, str], text: list[str]) -> list[str]:
    """Returns the FAQs on a paragraph: those that the words fit first, then as the law references have them."""
    place = {id_: i for i, id_ in enumerate(text)}
    return sorted(norms, key=lambda id_: place.get(id_, len(place)))
