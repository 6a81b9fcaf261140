"""What staff and jobs did: who, what, on what, when. No texts of people; kept 180 days, for no statistics on staff."""

from __future__ import annotations

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


def recent(db: Database, most: int = 200) -> list[sa.engine.Row]:
    """Returns the last actions that are within their time, newest first."""
    with db.read() as connection:
        return list(connection.execute(sa.select(audit).where(audit.c.created > db.now() - db.limits.audit).order_by(audit.c.created.desc()).limit(most)).all())
