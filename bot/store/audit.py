"""What staff and jobs did: who, what, on what, when. No texts of people; kept 180 days, for no statistics on staff."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.tables import audit
from bot.store.values import clean_json, clean_name, new_id


def note(db: Database, actor: str, action: str, target: str | None = None, detail: dict[str, Any] | None = None) -> str:
    """Stores one action and returns its id."""
    with db.write() as connection:
        return note_within(connection, db, actor, action, target, detail)


def note_within(connection: sa.engine.Connection, db: Database, actor: str, action: str, target: str | None = None, detail: dict[str, Any] | None = None) -> str:
    """The same in a transaction of the caller: the action and its note are stored together or not at all."""
    row = {"id": new_id(), "created": db.now(), "actor": clean_name(actor), "action": clean_name(action), "target": clean_name(target), "detail": clean_json(detail)}
    connection.execute(audit.insert().values(row))
    return str(row["id"])


def search(db: Database, actor: str = "", action: str = "", days: int = 0, before: tuple[dt.datetime, str] | None = None, most: int = 100) -> list[sa.engine.Row]:
    """Returns actions within their time, newest first.

    Args:
        actor, action: only these, "" for all.
        days: only of the last days, 0 for all.
        before: time and id of the last row of the page before.
    """
    wanted = [audit.c.created > db.now() - (dt.timedelta(days=days) if days else db.limits.audit), audit.c.created > db.now() - db.limits.audit]
    wanted += [audit.c.actor == actor] if actor else []
    wanted += [audit.c.action == action] if action else []
    if before:
        wanted.append(sa.or_(audit.c.created < before[0], sa.and_(audit.c.created == before[0], audit.c.id < before[1])))
    with db.read() as connection:
        return list(connection.execute(sa.select(audit).where(*wanted).order_by(audit.c.created.desc(), audit.c.id.desc()).limit(most)).all())


def names(db: Database) -> tuple[list[str], list[str]]:
    """Returns all actors and all actions that occur, for choosing."""
    with db.read() as connection:
        both = [list(connection.execute(sa.select(column).distinct().order_by(column)).scalars()) for column in (audit.c.actor, audit.c.action)]
    return both[0], both[1]


def recent(db: Database, most: int = 200) -> list[sa.engine.Row]:
    """Returns the last actions that are within their time, newest first."""
    with db.read() as connection:
        return list(connection.execute(sa.select(audit).where(audit.c.created > db.now() - db.limits.audit).order_by(audit.c.created.desc()).limit(most)).all())
