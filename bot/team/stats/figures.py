"""How a quarter went: answered, asked back, declined and failed per week; what people said of answers; languages. Small numbers are hidden."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from bot.store.database import Database
from bot.store.groups import DECLINED, TEST_PAGE, UNSURE, week_of
from bot.store.tables import ACCEPTED, ANSWERED, REASONS, feedback, journal
from bot.team.stats.protect import Protected, protect
from bot.team.stats.quarter import Quarter

OUTCOMES = ("beantwortet", "nachgefragt", "abgelehnt", "ohne Antwort")
OPINIONS = {"hilft": "hilft", "falsch": "falsch", "unverstaendlich": "unverständlich", "veraltet": "veraltet"}


@dataclass(frozen=True)
class Table:
    """A protected table: names of the rows and columns, without the totals at the end."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    numbers: Protected


@dataclass(frozen=True)
class Figures:
    """outcomes: week × outcome; opinions: reason; languages: code. All count messages, or opinions."""

    outcomes: Table
    opinions: Table
    languages: Table


def figures(db: Database, quarter: Quarter) -> Figures:
    """Returns the figures of a quarter."""
    mine = [journal.c.created >= quarter.start, journal.c.created < quarter.end, journal.c.source == "text", sa.or_(journal.c.page.is_(None), ~journal.c.page.startswith(TEST_PAGE))]
    day = sa.func.date(journal.c.created)
    with db.read() as connection:
        found = connection.execute(sa.select(day, journal.c.state, journal.c.decision, sa.func.count()).where(*mine, journal.c.state != ACCEPTED).group_by(day, journal.c.state, journal.c.decision)).all()
        spoken = connection.execute(sa.select(journal.c.language, sa.func.count()).where(*mine, journal.c.state == ANSWERED).group_by(journal.c.language)).all()
        about = sa.select(feedback.c.reason, sa.func.count()).join(journal, journal.c.id == feedback.c.message).where(sa.or_(journal.c.page.is_(None), ~journal.c.page.startswith(TEST_PAGE)))
        said = connection.execute(about.where(feedback.c.created >= quarter.start, feedback.c.created < quarter.end).group_by(feedback.c.reason)).all()
    weeks = quarter.weeks()
    counts = np.zeros((len(weeks), len(OUTCOMES)), dtype=int)
    for when, state, decision, n in found:
        counts[weeks.index(week_of(_moment(when))), _outcome(state, decision)] += int(n)
    languages = Counter({language or "de": 0 for language, _ in spoken})
    for language, n in spoken:
        languages[language or "de"] += int(n)
    opinions = dict(said)
    return Figures(Table(tuple(weeks), OUTCOMES, protect(counts)),
                   Table(tuple(OPINIONS.values()), (), protect(np.array([int(opinions.get(reason, 0)) for reason in REASONS]))),
                   Table(tuple(name for name, _ in languages.most_common()), (), protect(np.array([n for _, n in languages.most_common()], dtype=int))))


def _outcome(state: str, decision: str | None) -> int:
    if state != ANSWERED:
        return 3
    return 1 if decision in UNSURE else 2 if decision in DECLINED else 0


def _moment(day: object) -> dt.datetime:
    return dt.datetime.fromisoformat(str(day))
