"""Erasure and access for one conversation (Art. 15 and 17 DSGVO), in every table."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.store import labels
from bot.store.audit import note_within
from bot.store.database import Database
from bot.store.tables import conversations, feedback, gaps, journal, samples

# Tables with rows of one conversation → the column that names it.
PERSONAL = {"conversations": (conversations, conversations.c.id), "journal": (journal, journal.c.conversation), "feedback": (feedback, feedback.c.conversation)}


def erase(db: Database, conversation: str, actor: str = "gespraech") -> dict[str, int]:
    """Deletes a conversation for good and returns the receipt: how many rows of each table, no contents.

    `actor` is noted in the audit, without the conversation's id.
    """
    with db.write() as connection:
        found = connection.execute(sa.select(journal.c.id, journal.c.group_key).where(journal.c.conversation == conversation)).all()
        receipt = {name: int(connection.execute(table.delete().where(column == conversation)).rowcount) for name, (table, column) in PERSONAL.items()}
        messages, keys = [row.id for row in found], sorted({row.group_key for row in found if row.group_key})
        labels.after_erasure(connection, db, messages, keys)
        for table in (samples, gaps):
            connection.execute(table.delete().where(table.c.message.in_(messages)))
        note_within(connection, db, actor, "gespraech_geloescht", detail=receipt)
    db.shrink()
    return receipt


def everything(db: Database, conversation: str) -> dict[str, list[dict[str, Any]]]:
    """Returns all that is kept of a conversation: table → rows as columns. Also what is past its time but not deleted yet."""
    with db.read() as connection:
        return {name: [dict(row) for row in connection.execute(sa.select(table).where(column == conversation)).mappings()] for name, (table, column) in PERSONAL.items()}
