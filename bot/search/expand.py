"""What a query means in the words of the answers: terms in other languages („визнання диплома“), and abbreviations that no answer spells out.

Words that stand in the answers are left alone: more words would only blur the search.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Iterable

from bot.knowledge.base import Knowledge
from bot.knowledge.flat import flat
from bot.search.documents import Document
from bot.search.text import words

SHORTEST = 4  # letters of a foreign word's beginning
MOST = 4


class Expander:
    """Finds German terms for foreign words and full names for abbreviations."""

    def __init__(self, knowledge: Knowledge, documents: Iterable[Document]) -> None:
        self._german = {w for d in documents for text in (d.frage, d.kurz, d.antwort, d.thema) for w in words(text)}
        self._stems: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for begriff in knowledge.begriffe.values():
            for stem in (s for stems in begriff.andere_sprachen.values() for s in stems):
                if len(flat(stem)) >= SHORTEST:
                    self._stems[flat(stem)[:SHORTEST]].append((flat(stem), begriff.deutsch))
        self._short = {flat(short): eintrag.begriff for eintrag in knowledge.glossar.values() for short in eintrag.abkuerzungen}

    def expand(self, query: str) -> list[str]:
        """Returns the German terms that `query` stands for, in its order, without those it names itself."""
        said = flat(query[:200]).split()
        found: list[str] = []
        for i, word in enumerate(said):
            if set(words(word)) & self._german:
                continue
            if word in self._short:
                found.append(self._short[word])
            elif len(word) >= SHORTEST:
                rest = " ".join(said[i:])
                hits = [(stem, german) for stem, german in self._stems.get(word[:SHORTEST], ()) if rest.startswith(stem)]
                found += [max(hits, key=lambda hit: len(hit[0]))[1]] if hits else []
        known = set(words(query))
        return [term for term in dict.fromkeys(found) if not set(words(term)) <= known][:MOST]
