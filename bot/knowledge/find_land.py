"""Finds the country, or the group of countries, that a person means: „Polen“, „aus den Philipinen“, „in der EU“, „außerhalb der EU“."""

from __future__ import annotations

import re
from typing import Mapping

from bot.knowledge.flat import flat
from bot.knowledge.laender import Land
from bot.knowledge.name_index import NameIndex

CUES = frozenset("aus von in from den der dem".split())
NOT_TYPED = frozenset("beruf gelernt studiert deutschland hessen".split())
# What stands for a whole group of countries; the first that fits.
GROUPS = ((re.compile(r"\b(ausserhalb|nicht (?:in |aus )?(?:der )?eu|kein eu|non eu|drittstaat\w*|drittland)\b"), "drittstaat"),
          (re.compile(r"\b(eu|europa|europaische union)\b"), "eu"))


class LandFinder:
    """An index over the names of all countries; build once per state of the data."""

    def __init__(self, laender: Mapping[str, Land]) -> None:
        """Indexes every name and adjective."""
        self._index = NameIndex(((word, land.id) for land in laender.values() for word in land.woerter), CUES, frozenset(), NOT_TYPED)

    def find(self, text: str) -> str:
        """Returns the id of the country that `text` names, `eu` or `drittstaat` when it names the group, or ""."""
        words = flat(text).split()
        group = next((group for pattern, group in GROUPS if pattern.search(" ".join(words))), "")
        ids = [] if group else self._index.find(words)
        return ids[0] if len(ids) == 1 else group
