"""Finds the occupation that a person means: any name of `data/berufe`, inflected, female or male, misspelt, in another language.

Unknown names get up to three suggestions, none when nothing is alike. `Knowledge.beruf_finder` keeps one index per state of `data/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterator, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.berufe import Beruf
from bot.knowledge.flat import flat
from bot.knowledge.name_index import FILLERS, TYPO_WORDS, NameIndex

# Occupation names that are also everyday words in questions about recognition, and words that a typo must not turn into an occupation.
NO_OCCUPATION = frozenset("fachkraft helfer meister techniker lehrling geselle student fahrer verkauf hilfskraft assistent".split())
NO_TYPO = frozenset("keine keinen kochen koche beruf berufe bauen lehre lehren arbeiter arbeiten arbeite beraten berater fahrlehrer".split())
CUES = frozenset("bin war als beruf gelernte gelernter gelernt ausgebildete ausgebildeter zur zum ein eine einen ist".split())
ENDINGS = ("meister", "meisterin", "geselle", "gesellin")
SUGGESTIONS = 3
SUGGEST_FROM, SUGGEST_ENDING = 0.7, 0.9  # share of letters that agree


@dataclass(frozen=True)
class Found:
    """The occupation that was named, or what it might have been."""

    beruf: Beruf | None = None
    vorschlaege: tuple[Beruf, ...] = ()


class BerufFinder:
    """An index over the names of all occupations; build once per state of the data."""

    def __init__(self, berufe: Mapping[str, Beruf]) -> None:
        """Indexes every name, the German ones with their usual inflections."""
        self._berufe = dict(berufe)
        names = [(form, b.id) for b in berufe.values() for name in b.namen for form in (name, *inflections(name))]
        names += [(name, b.id) for b in berufe.values() for name in b.all_names()]
        self._index = NameIndex(names, CUES, NO_OCCUPATION, NO_TYPO)
        self._german = sorted({flat(name) for b in berufe.values() for name in b.namen if len(flat(name)) >= 5} - NO_OCCUPATION)

    def find(self, text: str) -> Found:
        """Returns the occupation that `text` names; a name that stands for several gives suggestions."""
        words = flat(text).split()
        telling = [word for word in words if word not in FILLERS]
        if len(telling) > TYPO_WORDS:
            telling = words
        found = [self._berufe[i] for i in self._index.find(words, ENDINGS) or self._index.find(telling, ENDINGS)]
        if len(found) == 1:
            return Found(found[0])
        return Found(None, tuple(found[:SUGGESTIONS]) or self._suggest(telling))

    def _suggest(self, words: list[str]) -> tuple[Beruf, ...]:
        """Returns the occupations with the most similar German names, or whose name ends the word („Hundefriseur“)."""
        scores: dict[str, float] = {}
        for said in (c for size in (2, 1) for c in self._index.candidates(words, size) if len(c) >= 5):
            alike = process.extract(said, self._german, scorer=OSA.normalized_similarity, score_cutoff=SUGGEST_FROM, limit=20)
            endings = [(name, SUGGEST_ENDING) for name in self._german if said.endswith(name)]
            for name, score in [(name, score) for name, score, _ in alike] + endings:
                for id_ in self._index.ids[name]:
                    scores[id_] = max(scores.get(id_, 0.0), score)
        ranked = sorted(scores, key=lambda id_: (-scores[id_], id_))
        return tuple(self._berufe[id_] for id_ in ranked[:SUGGESTIONS])


def inflections(name: str) -> Iterator[str]:
    """Yields the usual German forms of an occupation's name: plural, dative, female from male."""
    if name.endswith("in"):
        yield from (name + "nen", name[:-2] + "e", name[:-2] + "en")
    elif name.endswith(("mann", "frau")):
        yield from (name[:-4] + "leute", name[:-4] + "leuten")
    elif name[-1:] in "rtl":
        yield from (name + ending for ending in ("s", "n", "e", "en", "in", "innen"))
    elif name.endswith("e"):
        yield from (name + "n", name[:-1] + "in", name[:-1] + "innen")
    first, _, rest = name.partition(" ")
    if rest and first.endswith(("e", "er")):  # „Medizinische Fachangestellte“ → „medizinischen Fachangestellten“
        yield f"{first.removesuffix('r')}n {rest.removesuffix('r')}n"
