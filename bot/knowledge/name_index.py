"""Finds known names in what people write: exact, then with typing mistakes. Used for occupations and countries."""

from __future__ import annotations

from collections import defaultdict
from typing import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.flat import flat

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
MAX_WORDS = 6  # the longest names that are looked up within a sentence
TYPO_WORDS = 3  # the longest that are looked up with typing mistakes
# The usual words around names when people introduce themselves or correct what was understood.
FILLERS = frozenset("""ich bin war habe hab mein meine beruf ist von der die das den dem ein eine einen einer als gelernt gelernte gelernter studiert ausbildung
aus in im komme komm und nein ja doch nicht sondern noch schon jetzt hier ausland deutschland hessen heimat eu europa ausserhalb europaische union lebe wohne
wohnen leben land seit jahr jahre jahren monat monate monaten hallo guten tag abend morgen zur zum frau mann i am a an from soy de je suis jestem z я з із из с ben""".split())


class NameIndex:
    """Names with the id of what they stand for; umlauts count as ä, ae and a alike.

    cues: words after which a sentence names one („als“, „aus“): only there do typing mistakes count, in a text of up to
    three words everywhere. ignored: words that never count, not_typed: words that a typing mistake never leads from.
    """

    def __init__(self, names: Iterable[tuple[str, str]], cues: frozenset[str], ignored: frozenset[str] = frozenset(), not_typed: frozenset[str] = frozenset()) -> None:
        """Indexes (name, id) pairs; a name may stand for several ids."""
        self._cues, self._not_typed = cues, ignored | not_typed
        self.ids: dict[str, list[str]] = defaultdict(list)
        for name, id_ in names:
            for spelling in {flat(name), flat(name.translate(UMLAUTS))} - ignored:
                if spelling and id_ not in self.ids[spelling]:
                    self.ids[spelling].append(id_)
        self._long = [name for name in self.ids if len(name) >= 4]

    def find(self, words: list[str], endings: tuple[str, ...] = ()) -> list[str]:
        """Returns the ids that the longest name among `words` (from `flat`) stands for; `endings` may follow a name within its word."""
        for size in range(min(MAX_WORDS, len(words)), 0, -1):
            grams = [" ".join(words[start : start + size]) for start in range(len(words) - size + 1)]
            for gram in grams:
                for name in (gram, *(gram[: -len(ending)] for ending in endings if gram.endswith(ending))):
                    if name in self.ids:
                        return self.ids[name]
            ids = self._typo(self.candidates(words, size))
            if ids:
                return ids
        return []

    def candidates(self, words: list[str], size: int) -> list[str]:
        """Returns the runs of `size` words that may be a misspelt name."""
        if size > TYPO_WORDS:
            return []
        short = len(words) <= TYPO_WORDS
        starts = [i for i in range(len(words) - size + 1) if short or i == 0 or words[i - 1] in self._cues]
        starts = [i for i in starts if not FILLERS.issuperset(words[i : i + size])]
        together = ["".join(words)] if len(words) == 2 == size and starts else []
        return [run for run in [" ".join(words[i : i + size]) for i in starts] + together if len(run) >= 4 and run not in self._not_typed]

    def _typo(self, candidates: list[str]) -> list[str]:
        """Returns the ids of the nearest names within the allowed number of mistakes; all of them when several are equally near."""
        nearest, ids = 9.0, list[str]()
        for said in candidates:
            for name, distance, _ in process.extract(said, self._long, scorer=OSA.distance, score_cutoff=4, limit=8):
                if not _is_typo(said, name, int(distance)):
                    continue
                mistakes = 0.5 if said.startswith(name) else float(distance)
                if mistakes < nearest:
                    nearest, ids = mistakes, []
                if mistakes == nearest:
                    ids = list(dict.fromkeys((*ids, *self.ids[name])))
        return ids


def _is_typo(said: str, name: str, distance: int) -> bool:
    """Tells whether so many mistakes are plausible: in short words only swapped letters, one up to 7 letters, two up to 14, then three."""
    length = max(len(said), len(name))
    if length < 5:
        return distance == 1 and sorted(said) == sorted(name)
    if name.startswith(said) and len(name) - len(said) > 1:
        return False  # a shorter word of its own
    if said.startswith(name) and len(name) >= 6:
        return True  # an ending of another language
    return distance <= (1 if length < 8 else 2 if length < 15 else 3)
