"""Rasa's memory of each conversation as text. `bot/tracker_store.py` masks before it calls this."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import sqlalchemy as sa
import sqlalchemy.dialects.postgresql
import sqlalchemy.dialects.sqlite

from bot.store.database import Database
from bot.store.tables import conversations


class Stored(NamedTuple):
    """One conversation: masked JSON, number of messages from the person, time of the last change."""

    data: str
    turns: int
    updated: dt.datetime


def load(db: Database, id: str) -> Stored | None:
    """Returns a conversation, or None when there is none or its time is over."""
    query = sa.select(conversations.c.data, conversations.c.turns, conversations.c.updated).where(conversations.c.id == id, conversations.c.updated > db.now() - db.limits.conversations)
    with db.read() as connection:
        row = connection.execute(query).first()
    return Stored(*row) if row else None


def save(db: Database, id: str, data: str, turns: int) -> None:
    """Stores a conversation in place of what was there."""
    values = {"data": data, "turns": turns, "updated": db.now()}
    insert = sa.dialects.postgresql.insert if db.engine.dialect.name == "postgresql" else sa.dialects.sqlite.insert
    with db.write() as connection:
        connection.execute(insert(conversations).values(id=id, **values).on_conflict_do_update(index_elements=["id"], set_=values))


def ids(db: Database) -> list[str]:
    """Returns the ids of all conversations within their time."""
    with db.read() as connection:
        return list(connection.execute(sa.select(conversations.c.id).where(conversations.c.updated > db.now() - db.limits.conversations)).scalars())
