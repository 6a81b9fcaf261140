"""The understanding model's ranking for a search: asked briefly, remembered, left out while Rasa does not answer."""

from __future__ import annotations

import time
from collections import OrderedDict

from bot.web.upstream import Upstream

TIMEOUT = 0.12  # seconds that a search waits; without the model it still finds
PAUSE = 1.0  # seconds without asking after Rasa did not answer
MOST = 2000
SHORTEST = 3  # letters

Ranking = list[tuple[str, float]]


class Understanding:
    """Rankings per query and model."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str], Ranking] = OrderedDict()
        self._silent_until = 0.0

    async def rank(self, upstream: Upstream, query: str) -> Ranking:
        """Returns (FAQ id, confidence), best first; [] for too short queries and while Rasa is silent."""
        text = " ".join(query.split())[:200]
        key = (upstream.target().model, text.casefold())
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        if len(text) < SHORTEST or time.monotonic() < self._silent_until:
            return []
        ranking = await upstream.understand(text, timeout=TIMEOUT)
        if not ranking:
            self._silent_until = time.monotonic() + PAUSE
            return []
        self._known[key] = ranking
        if len(self._known) > MOST:
            self._known.popitem(last=False)
        return ranking
