"""Fifty answers of a week by lot, rated by two people who do not see each other's rating first."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from typing import Any, Iterable

import sqlalchemy as sa

from bot.store.audit import note_within
from bot.store.database import Database
from bot.store.groups import TEST_PAGE, week_of
from bot.store.tables import ANSWERED, RATINGS, journal, ratings, samples
from bot.store.values import clean_name, new_id
from bot.team.stats.agreement import Share, kappa, wilson

SIZE, RATERS = 50, 2
EXPLAINED = {"richtig": "beantwortet die Frage richtig", "teilweise": "hilft, es fehlt aber etwas", "falsch": "falsch oder am Thema vorbei", "unbeantwortbar": "niemand könnte das beantworten"}


@dataclass(frozen=True)
class Drawn:
    """One answer of a sample: `mine` is what the asking person rated, `ratings` by whom what (empty until she has rated it herself)."""

    id: str
    text: str
    answer: str
    faq: str
    language: str
    mine: str
    count: int
    ratings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Outcome:
    """What came of a sample: how many were drawn, are still kept, have two ratings; kappa of the pairs; the share that both call right, and that at least one calls wrong."""

    drawn: int
    kept: int
    twice: int
    kappa: float | None
    right: Share
    wrong: Share
    disputed: int


def last_week(db: Database) -> str:
    """Returns the last week that is over."""
    return week_of(db.now() - dt.timedelta(days=7))


def weeks(db: Database) -> list[str]:
    """Returns the weeks of which a sample was drawn, the newest first."""
    with db.read() as connection:
        return list(connection.execute(sa.select(samples.c.week).distinct().order_by(samples.c.week.desc())).scalars())


def draw(db: Database, actor: str, week: str, rng: random.Random | None = None) -> int:
    """Draws the sample of a week that is over, once, and returns its size; what was drawn before stays.

    Raises:
        ValueError: that week is not over, or no week.
    """
    year, _, number = week.partition("-W")
    start = dt.datetime.combine(dt.date.fromisocalendar(int(year), int(number), 1), dt.time())
    end = start + dt.timedelta(days=7)
    if end > db.now():
        raise ValueError(week)
    with db.write() as connection:
        there = connection.execute(sa.select(sa.func.count()).select_from(samples).where(samples.c.week == week)).scalar() or 0
        if there:
            return int(there)
        real = (journal.c.created >= start, journal.c.created < end, journal.c.state == ANSWERED, journal.c.source == "text", sa.or_(journal.c.page.is_(None), ~journal.c.page.startswith(TEST_PAGE)))
        ids = list(connection.execute(sa.select(journal.c.id).where(*real).order_by(journal.c.id)).scalars())
        chosen = (rng or random.SystemRandom()).sample(ids, min(SIZE, len(ids)))
        if chosen:
            connection.execute(samples.insert(), [{"id": new_id(), "created": db.now(), "week": week, "message": id} for id in chosen])
            note_within(connection, db, actor, "stichprobe_gezogen", week, {"antworten": len(chosen)})
    return len(chosen)


def show(db: Database, week: str, rater: str) -> list[Drawn]:
    """Returns the answers of a sample that are still kept, those that need this person's rating first."""
    query = sa.select(samples.c.id, journal.c.text, journal.c.reply, journal.c.faq, journal.c.language).join(journal, journal.c.id == samples.c.message).where(samples.c.week == week)
    with db.read() as connection:
        rows = connection.execute(query.order_by(samples.c.id)).all()
        rated = _ratings(connection, [row.id for row in rows])
    found = []
    for row in rows:
        given = rated.get(row.id, [])
        mine = next((rating for who, rating in given if who == rater), "")
        answer = "\n\n".join(str(message.get("text", "")) for message in row.reply or [])
        found.append(Drawn(row.id, row.text, answer, row.faq or "", row.language or "de", mine, len(given), tuple(given) if mine else ()))
    return sorted(found, key=lambda d: (bool(d.mine), d.count >= RATERS, -d.count, d.id))


def rate(db: Database, rater: str, sample: str, rating: str) -> bool:
    """Stores or changes one's own rating; False when the answer is gone or two others rated it already.

    Raises:
        ValueError: unknown rating.
    """
    if rating not in RATINGS:
        raise ValueError(rating)
    with db.write() as connection:
        if connection.execute(sa.select(samples.c.id).join(journal, journal.c.id == samples.c.message).where(samples.c.id == sample)).first() is None:
            return False
        others = [who for who, _ in _ratings(connection, [sample]).get(sample, []) if who != rater]
        if len(others) >= RATERS:
            return False
        connection.execute(ratings.delete().where(ratings.c.sample == sample, ratings.c.rater == rater))
        connection.execute(ratings.insert().values(id=new_id(), created=db.now(), sample=sample, rater=clean_name(rater), rating=rating))
        note_within(connection, db, rater, "stichprobe_bewertet", sample)
    return True


def outcome(db: Database, week: str) -> Outcome:
    """Returns what came of the sample of a week."""
    with db.read() as connection:
        ids = connection.execute(sa.select(samples.c.id, journal.c.id).outerjoin(journal, journal.c.id == samples.c.message).where(samples.c.week == week)).all()
        rated = _ratings(connection, [id for id, _ in ids])
    pairs = [(given[0][1], given[1][1]) for given in rated.values() if len(given) >= RATERS]
    right, wrong = sum(a == b == RATINGS[0] for a, b in pairs), sum(RATINGS[2] in pair for pair in pairs)
    return Outcome(len(ids), sum(kept is not None for _, kept in ids), len(pairs), kappa(pairs), wilson(right, len(pairs)), wilson(wrong, len(pairs)), sum(a != b for a, b in pairs))


def _ratings(connection: sa.engine.Connection, ids: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    rows: Any = connection.execute(sa.select(ratings.c.sample, ratings.c.rater, ratings.c.rating).where(ratings.c.sample.in_(list(ids))).order_by(ratings.c.created, ratings.c.id))
    for sample, rater, rating in rows:
        found.setdefault(sample, []).append((rater, rating))
    return found
