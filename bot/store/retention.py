"""Deletes what is past its time. Reading functions hide it already; this makes it go from the disk, too."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from bot.store.audit import note_within
from bot.store.database import Database
from bot.store.groups import refresh
from bot.store.labels import wipe
from bot.store.tables import GAP_STATES, audit, conversations, feedback, gaps, journal, labels, picks, proposals, ratings, reports, samples


def expired(db: Database) -> dict[str, tuple[sa.Table, sa.sql.ColumnElement]]:
    """Returns for each table the condition of the rows that are past their time."""
    now, limits = db.now(), db.limits

    def older(column: sa.Column, limit: dt.timedelta) -> sa.sql.ColumnElement:
        return column <= now - limit

    return {
        "conversations": (conversations, older(conversations.c.updated, limits.conversations)),
        "journal": (journal, older(journal.c.created, limits.journal)),
        "feedback": (feedback, older(feedback.c.created, limits.feedback)),
        "reports": (reports, older(reports.c.created, limits.feedback)),
        "picks": (picks, older(picks.c.created, limits.feedback)),
        "audit": (audit, older(audit.c.created, limits.audit)),
        "labels": (labels, older(labels.c.created, limits.journal)),
        "gaps": (gaps, sa.and_(older(gaps.c.created, limits.feedback), gaps.c.state.in_(GAP_STATES[2:]))),
        "samples": (samples, older(samples.c.created, limits.journal)),
        "proposals": (proposals, older(proposals.c.decided, limits.audit)),  # open ones wait for their decision
        "ratings": (ratings, older(ratings.c.created, limits.journal)),
    }


def count(db: Database) -> dict[str, int]:
    """Returns how many rows of each table the next purge deletes."""
    with db.read() as connection:
        return {name: int(connection.execute(sa.select(sa.func.count()).select_from(table).where(old)).scalar() or 0) for name, (table, old) in expired(db).items()}


def purge(db: Database, actor: str = "fristen") -> dict[str, int]:
    """Deletes all rows past their time in one transaction, notes it in the audit when there were any, and returns how many of each table."""
    wipe(db)
    with db.write() as connection:
        touched = connection.execute(sa.select(journal.c.group_key).where(expired(db)["journal"][1], journal.c.group_key.isnot(None)).distinct()).scalars().all()
        deleted = {name: int(connection.execute(table.delete().where(old)).rowcount) for name, (table, old) in expired(db).items()}
        refresh(connection, touched)
        if any(deleted.values()):
            note_within(connection, db, actor, "fristen_geloescht", detail=deleted)
    db.shrink()
    return deleted
