"""`/werte`: all amounts, quotas and dates with the days on which they hold."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.knowledge.base import Knowledge
from bot.knowledge.faq import Faq
from bot.knowledge.werte import PLACEHOLDER, Stage, Wert
from bot.web.desk.state import knowledge_of, today
from bot.web.templating import page


@dataclass(frozen=True)
class Row:
    """A value as the page shows it: `jetzt` holds today (None: expired or not begun), `andere` are the other stages, newest first."""

    wert: Wert
    jetzt: Stage | None
    andere: tuple[Stage, ...]
    antworten: tuple[Faq, ...]

    def is_overdue(self, day: dt.date) -> bool:
        """Tells whether the review date has passed."""
        return day > self.wert.pruefen_bis


def rows(knowledge: Knowledge, day: dt.date) -> list[Row]:
    """Returns all values by name, each with the answers that use it."""
    used: dict[str, list[Faq]] = defaultdict(list)
    for faq in knowledge.faqs.values():
        for key in {m[1] for text in (faq.antwort, faq.antwort_einfach, faq.mehr) for m in PLACEHOLDER.finditer(text)}:
            used[key].append(faq)
    found = []
    for wert in knowledge.werte.values():
        now = wert.on(day)
        found.append(Row(wert, now, tuple(s for s in wert.stages if s is not now), tuple(used[wert.id])))
    return sorted(found, key=lambda r: r.wert.bezeichnung.casefold())


async def show(request: Request) -> Response:
    """The table."""
    day = today()
    return page(request, "desk/werte.html", zeilen=rows(knowledge_of(request), day), heute=day)


routes = [Route("/werte", show)]
