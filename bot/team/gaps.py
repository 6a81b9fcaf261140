"""Questions without a good answer: found in the inbox, cared for by somebody until they have one."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from bot.privacy.mask import mask
from bot.store.audit import note_within
from bot.store.database import Database
from bot.store.groups import DECLINED, UNSURE
from bot.store.tables import GAP_STATES, gaps, inbox, journal
from bot.store.values import clean_name, clean_text, new_id

LONGEST_TITLE, LONGEST_NOTE, SHOWN = 200, 1000, 40
FREQUENT = 2  # a cluster is worth a look from this many messages on


@dataclass(frozen=True)
class Cluster:
    """Open wordings that say the same and got no good answer: the wording asked most lately, how many messages, how many were disliked."""

    key: str
    message: str
    text: str
    decision: str
    messages: int
    bad: int


def propose(db: Database, actor: str, key: str, message: str, title: str, owner: str = "") -> str:
    """Puts a question on the list, once per wording, and returns its id."""
    with db.write() as connection:
        old = connection.execute(sa.select(gaps.c.id).where(gaps.c.group_key == key)).scalar()
        if old is not None:
            return str(old)
        row = {"id": new_id(), "created": db.now(), "group_key": key, "message": message, "title": mask(clean_text(" ".join(title.split()))).text[:LONGEST_TITLE],
               "owner": clean_name(owner) or "", "state": GAP_STATES[1] if owner else GAP_STATES[0], "note": None, "author": clean_name(actor)}
        connection.execute(gaps.insert().values(row))
        note_within(connection, db, actor, "frage_vorgemerkt", str(row["id"]))
    return str(row["id"])


def change(db: Database, actor: str, id: str, *, owner: str, state: str, title: str, note: str) -> bool:
    """Changes a question on the list; False when it is gone.

    Raises:
        ValueError: unknown state.
    """
    if state not in GAP_STATES:
        raise ValueError(state)
    values = {"owner": clean_name(owner) or "", "state": state, "note": mask(clean_text(note)).text[:LONGEST_NOTE] or None}
    if title.strip():
        values["title"] = mask(clean_text(" ".join(title.split()))).text[:LONGEST_TITLE]
    with db.write() as connection:
        done = int(connection.execute(gaps.update().where(gaps.c.id == id).values(values)).rowcount) == 1
        if done:
            note_within(connection, db, actor, "frage_bearbeitet", id, {"zustand": state, "wer": owner})
    return done


def listed(db: Database) -> list[sa.engine.Row]:
    """Returns all questions on the list with `count`, how many messages have the wording; open ones first, frequent ones first."""
    query = sa.select(gaps, sa.func.coalesce(inbox.c.count, 0).label("count")).outerjoin(inbox, inbox.c.key == gaps.c.group_key)
    with db.read() as connection:
        rows = connection.execute(query).all()
    return sorted(rows, key=lambda row: (GAP_STATES.index(row.state), -row.count, row.title))


def clusters(db: Database, most: int = SHOWN) -> list[Cluster]:
    """Returns what nobody cares for yet: open wordings, with their near copies, that were declined, offered or disliked, the biggest first."""
    leader = sa.func.coalesce(inbox.c.near, inbox.c.key)
    weak = sa.or_(inbox.c.decision.in_((*UNSURE, *DECLINED)), inbox.c.decision.is_(None), inbox.c.bad > 0)
    total, bad = sa.func.sum(inbox.c.count), sa.func.sum(inbox.c.bad)
    query = sa.select(leader.label("key"), total.label("messages"), bad.label("bad")).where(inbox.c.open.is_(True), weak).group_by(leader).having(sa.or_(total >= FREQUENT, bad > 0))
    with db.read() as connection:
        rows = connection.execute(query.order_by(total.desc(), leader).limit(most * 2)).all()
        listed_keys = set(connection.execute(sa.select(gaps.c.group_key)).scalars())
        heads = {row.key: row for row in connection.execute(
            sa.select(inbox.c.key, inbox.c.message, inbox.c.decision, journal.c.text).join(journal, journal.c.id == inbox.c.message).where(inbox.c.key.in_([r.key for r in rows])))}
    found = [Cluster(row.key, heads[row.key].message, heads[row.key].text, heads[row.key].decision or "keine", int(row.messages), int(row.bad))
             for row in rows if row.key in heads and row.key not in listed_keys]
    return found[:most]
