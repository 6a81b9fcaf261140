"""„Häufig nachgeschlagen“ on `/faq`: the answers that searches led to most often lately. Shown without numbers, and only from as many openings on as the statistics show."""

from __future__ import annotations

from collections import Counter

from starlette.requests import Request

from bot.knowledge.faq import Faq
from bot.store import picks
from bot.store.errors import StoreError
from bot.team.stats.protect import SMALLEST
from bot.web.desk.state import BERLIN, knowledge_of

LATEST = 2000  # openings that are looked at


def popular(request: Request, most: int) -> list[Faq]:
    """Returns up to `most` answers, the most opened first; the same search counts once a day. Without a database there are none."""
    faqs = knowledge_of(request).faqs
    try:
        rows = picks.recent(request.app.state.database, LATEST)
    except StoreError:
        return []
    times = Counter(faq for faq, _, _ in {(row.faq, row.query.casefold(), row.created.astimezone(BERLIN).date()) for row in rows} if faq in faqs)
    often = sorted((faq for faq, count in times.items() if count >= SMALLEST), key=lambda faq: (-times[faq], faq))
    return [faqs[faq] for faq in often[:most]]
