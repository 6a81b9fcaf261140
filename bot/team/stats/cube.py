"""Questions per topic × week × Kreis of one quarter. Counted are conversations: each once per topic and week, however often it asks."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa

from bot.knowledge.base import Knowledge
from bot.store.database import Database
from bot.store.groups import TEST_PAGE, week_of
from bot.store.tables import ANSWERED, journal
from bot.team.stats.protect import Protected, protect
from bot.team.stats.quarter import Quarter

NOWHERE, UNKNOWN = "ohne Ort", "nicht erkannt"
OTHERS = {"beratung_finden": "Beratungsstelle finden", "anerkennung_pruefen": "Anerkennungsprüfung"}
KEPT = 16


@dataclass(frozen=True)
class Cube:
    """The protected counts with the names along each axis, without the totals at the end."""

    quarter: Quarter
    topics: tuple[str, ...]
    weeks: tuple[str, ...]
    places: tuple[str, ...]
    numbers: Protected


def real(quarter: Quarter) -> list[Any]:
    """Returns what restricts the journal to written, answered messages of a quarter that are no tests."""
    return [journal.c.created >= quarter.start, journal.c.created < quarter.end, journal.c.state == ANSWERED, journal.c.source == "text",
            sa.or_(journal.c.page.is_(None), ~journal.c.page.startswith(TEST_PAGE))]


def cube(db: Database, knowledge: Knowledge, quarter: Quarter) -> Cube:
    """Returns the cube; the same numbers are worked out once per process."""
    names = {thema.id: thema.titel for thema in knowledge.themen.values()}
    columns = (journal.c.conversation, journal.c.created, journal.c.faq, journal.c.intent, journal.c.ranking)
    with db.read() as connection:
        rows = connection.execute(sa.select(*columns).where(*real(quarter))).all()
        found = sa.select(journal.c.conversation, journal.c.kreis).where(journal.c.created >= quarter.start, journal.c.created < quarter.end, journal.c.kreis.isnot(None))
        places = {row.conversation: row.kreis for row in connection.execute(found.order_by(journal.c.created))}
    cells = {(row.conversation, topic, week_of(row.created), places.get(row.conversation, NOWHERE)) for row in rows for topic in [topic_of(row, knowledge, names)] if topic}
    topics = [*(t for t in [*names.values(), *OTHERS.values(), UNKNOWN] if any(cell[1] == t for cell in cells))]
    kreise = [*sorted({cell[3] for cell in cells} - {NOWHERE}), *([NOWHERE] if any(cell[3] == NOWHERE for cell in cells) else [])]
    weeks = quarter.weeks()
    counts = np.zeros((len(topics), len(weeks), len(kreise)), dtype=int)
    at = [{name: n for n, name in enumerate(axis)} for axis in (topics, weeks, kreise)]
    for _, topic, week, place in cells:
        counts[at[0][topic], at[1][week], at[2][place]] += 1
    return Cube(quarter, tuple(topics), tuple(weeks), tuple(kreise), _once(counts))


def topic_of(row: Any, knowledge: Knowledge, names: dict[str, str]) -> str:
    """Returns the heading that a message belongs to, or "" for small talk and buttons typed."""
    best = row.ranking[0][0] if row.ranking else row.intent
    for intent in (f"faq/{row.faq}" if row.faq else None, row.intent, best if row.intent in ("unsicher", None) else None):
        if intent and intent.startswith("faq/") and intent[4:] in knowledge.faqs:
            return names.get(knowledge.faqs[intent[4:]].thema, UNKNOWN)
    return OTHERS.get(row.intent or "") or (UNKNOWN if row.intent in ("out_of_scope", "unsicher", None) else "")


_made: OrderedDict[tuple[Any, ...], Protected] = OrderedDict()
_lock = threading.Lock()


def _once(counts: np.ndarray) -> Protected:
    key = (counts.shape, counts.tobytes())
    with _lock:
        if key not in _made:
            _made[key] = protect(counts)
            while len(_made) > KEPT:
                _made.popitem(last=False)
        return _made[key]
