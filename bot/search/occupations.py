"""Occupations in a query („Zahnärztin Syrien“, „Krankenschwester Kosten“) lead to the FAQs that `data/berufe/` names for them.

Only exact names count; misspelt ones reach their FAQ by their trigrams.
"""

from __future__ import annotations

from collections import defaultdict

from bot.knowledge.base import Knowledge
from bot.knowledge.berufe import Beruf
from bot.knowledge.find_beruf import NO_OCCUPATION, inflections
from bot.search.text import MOST_LETTERS, words

LONGEST = 4  # words of a name
# Beginnings of words that ask for an aspect of an occupation.
CUES = {"kosten": ("kost", "gebuehr", "gebuhr", "teuer", "preis", "bezahl", "euro"), "dauer": ("dauer", "lange", "frist", "wartezeit", "monate"),
        "unterlagen": ("unterlag", "dokument", "nachweis", "papiere", "zeugnis", "einreichen"), "zustaendig": ("zustaendig", "zustandig", "stelle", "behoerde", "antrag", "wohin", "wer"),
        "sprache": ("deutsch", "sprach", "b1", "b2", "c1", "niveau"), "foerderung": ("foerder", "forder", "zuschuss", "geld", "finanz")}


class OccupationRanking:
    """Ranks the FAQs of the occupation that a query names."""

    def __init__(self, knowledge: Knowledge) -> None:
        names: dict[str, set[str]] = defaultdict(set)
        for beruf in knowledge.berufe.values():
            for name in (*beruf.all_names(), *(form for german in beruf.namen for form in inflections(german))):
                names[" ".join(words(name))].add(beruf.id)
        self._berufe, self._names = knowledge.berufe, {name: min(ids) for name, ids in names.items() if len(ids) == 1 and name and name not in NO_OCCUPATION}

    def rank(self, query: str) -> tuple[Beruf | None, list[str]]:
        """Returns the occupation and its FAQs, the aspect that was asked for first; (None, []) without an occupation."""
        said = words(query[:MOST_LETTERS])
        runs = (" ".join(said[i : i + size]) for size in range(min(LONGEST, len(said)), 0, -1) for i in range(len(said) - size + 1))
        beruf = next((self._berufe[self._names[run]] for run in runs if run in self._names), None)
        if beruf is None:
            return None, []
        asked = [aspekt for aspekt, cues in CUES.items() if any(word.startswith(cues) for word in said)]
        return beruf, list(dict.fromkeys([*(beruf.aspekte[a] for a in asked if a in beruf.aspekte), beruf.faq]))
