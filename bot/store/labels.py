"""What staff say a wording means, and the way back. A label counts for all messages with that wording."""

from __future__ import annotations

import datetime as dt
from typing import Any, Sequence

import sqlalchemy as sa

from bot.store import groups
from bot.store.audit import note_within
from bot.store.database import Database
from bot.store.tables import DELETED, FOREIGN, LABEL_KINDS, OTHER, RIGHT, conversations, feedback, inbox, journal, labels
from bot.store.values import clean_name, clean_text, new_id

FOR_TRAINING = (RIGHT, OTHER, FOREIGN)
REGRET = dt.timedelta(minutes=10)  # so long a deletion can be undone


def give(db: Database, author: str, keys: Sequence[str], kind: str, intent: str | None = None) -> list[str]:
    """Labels groups of the inbox, notes it in the audit, and returns the ids of the labels; groups that are gone or labelled are passed over.

    Raises:
        ValueError: unknown kind.
    """
    if kind not in LABEL_KINDS:
        raise ValueError(kind)
    with db.write() as connection:
        found = connection.execute(sa.select(inbox.c.key, inbox.c.message).where(inbox.c.key.in_(list(keys)), inbox.c.open.is_(True)).with_for_update()).all()
        rows = [{"id": new_id(), "created": db.now(), "message": row.message, "group_key": row.key, "author": clean_name(author), "kind": kind, "intent": clean_name(intent)} for row in found]
        if rows:
            connection.execute(labels.insert(), rows)
            closed = [row["group_key"] for row in rows]
            connection.execute(inbox.update().where(inbox.c.key.in_(closed)).values(open=False))
            connection.execute(inbox.update().where(inbox.c.near.in_(closed), inbox.c.open.is_(True)).values(near=None))  # copies that it was not meant for
            note_within(connection, db, author, f"posteingang_{kind}", str(rows[0]["message"]), {"absicht": intent, "wortlaute": len(rows)})
    return [str(row["id"]) for row in rows]


def give_pick(db: Database, author: str, key: str, message: str, kind: str, intent: str | None, sentence: str) -> str:
    """Labels a search of the answer desk; its wording is kept in `sentence`, because there is no message in the journal."""
    row = {"id": new_id(), "created": db.now(), "message": message, "group_key": key, "author": clean_name(author), "kind": kind, "intent": clean_name(intent), "sentence": clean_text(sentence)}
    with db.write() as connection:
        connection.execute(labels.insert().values(row))
        note_within(connection, db, author, f"suche_{kind}", message, {"absicht": intent})
    return str(row["id"])


def undo(db: Database, author: str, ids: Sequence[str]) -> int:
    """Takes labels back that are not in the training data yet and returns how many; their groups are open again."""
    with db.write() as connection:
        mine = sa.and_(labels.c.id.in_(list(ids)), labels.c.undone.is_(None), labels.c.taken.is_(None))
        keys = connection.execute(sa.select(labels.c.group_key).where(mine)).scalars().all()
        connection.execute(labels.update().where(mine).values(undone=db.now()))
        groups.refresh(connection, keys)
        if keys:
            note_within(connection, db, author, "posteingang_zurueckgenommen", str(ids[0]), {"wortlaute": len(keys)})
    return len(keys)


def waiting(db: Database) -> list[dict[str, Any]]:
    """Returns the labels that may go to the training data, oldest first, each with `text`, the masked wording."""
    query = sa.select(labels, sa.func.coalesce(labels.c.sentence, journal.c.text).label("text")).outerjoin(journal, journal.c.id == labels.c.message)
    wanted = query.where(labels.c.kind.in_(FOR_TRAINING), labels.c.undone.is_(None), labels.c.taken.is_(None), labels.c.withdrawn.is_(None)).order_by(labels.c.created, labels.c.id)
    with db.read() as connection:
        rows = [dict(row) for row in connection.execute(wanted).mappings()]
        lost = [row["group_key"] for row in rows if row["text"] is None]  # that message is gone; another one with the wording may be there
        texts = dict(connection.execute(sa.select(journal.c.group_key, sa.func.max(journal.c.text)).where(journal.c.group_key.in_(lost)).group_by(journal.c.group_key)).all()) if lost else {}
    return [{**row, "text": row["text"] or texts.get(row["group_key"])} for row in rows if row["text"] or texts.get(row["group_key"])]


def taken(db: Database, sentences: dict[str, str]) -> None:
    """Notes that labels went to the training data, as which sentence each ("" when it stood there already)."""
    with db.write() as connection:
        for id, sentence in sentences.items():
            connection.execute(labels.update().where(labels.c.id == id).values(taken=db.now(), sentence=clean_text(sentence)))


def withdrawn(db: Database) -> list[sa.engine.Row]:
    """Returns labels whose sentence still stands in the training data though everybody who wrote it had the conversation deleted."""
    with db.read() as connection:
        return list(connection.execute(sa.select(labels).where(labels.c.withdrawn.isnot(None)).order_by(labels.c.created)).all())


def forget(db: Database, ids: Sequence[str]) -> None:
    """Removes labels for good."""
    with db.write() as connection:
        connection.execute(labels.delete().where(labels.c.id.in_(list(ids))))


def wipe(db: Database) -> int:
    """Deletes for good what was labelled „geloescht“ more than ten minutes ago: messages, opinions, and Rasa's memory of those conversations. Returns how many messages."""
    with db.write() as connection:
        keys = connection.execute(sa.select(labels.c.group_key).where(labels.c.kind == DELETED, labels.c.undone.is_(None), labels.c.created <= db.now() - REGRET)).scalars().all()
        if not keys:
            return 0
        rows = connection.execute(sa.select(journal.c.id, journal.c.conversation).where(journal.c.group_key.in_(keys))).all()
        ids, talks = [row.id for row in rows], sorted({row.conversation for row in rows})
        connection.execute(feedback.delete().where(feedback.c.message.in_(ids)))
        connection.execute(conversations.delete().where(conversations.c.id.in_(talks)))
        connection.execute(journal.delete().where(journal.c.id.in_(ids)))
        connection.execute(labels.delete().where(labels.c.group_key.in_(keys)))
        groups.refresh(connection, keys)
        note_within(connection, db, "fristen", "persoenliches_geloescht", detail={"nachrichten": len(ids)})
    db.shrink()
    return len(ids)


def after_erasure(connection: sa.engine.Connection, db: Database, messages: Sequence[str], keys: Sequence[str]) -> None:
    """Follows the deletion of messages within its transaction: counts their groups anew, and marks or removes labels of wordings that nobody wrote any more."""
    groups.refresh(connection, keys)
    left = set(connection.execute(sa.select(journal.c.group_key).where(journal.c.group_key.in_(list(keys))).distinct()).scalars())
    gone = sorted(set(keys) - left - {groups.NOT_FOR_STAFF})
    connection.execute(labels.delete().where(labels.c.group_key.in_(gone), sa.or_(labels.c.taken.is_(None), labels.c.sentence == "")))
    connection.execute(labels.update().where(labels.c.group_key.in_(gone)).values(withdrawn=db.now()))
