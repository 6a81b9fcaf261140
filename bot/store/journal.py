"""The journal: every message is written here, masked, before Rasa sees it, and its answer or failure afterwards.

The caller passes raw text; masking happens in here, so that nobody can forget it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Sequence

import sqlalchemy as sa

from bot.privacy.mask import mask, mask_echo
from bot.store.database import Database
from bot.store.tables import ACCEPTED, ANSWERED, FAILED, journal
from bot.store.values import clean_json, clean_name, clean_text, new_id

OPEN_SECONDS = 30  # older open turns belong to a process that died


RETRIED = "wiederholt"  # `decision` of a message that runs for the second time, until its answer brings the real one


class TurnOpen(Exception):
    """The conversation waits for the answer to an earlier message."""


class ConversationFull(Exception):
    """The conversation has as many messages as it may."""


@dataclass(frozen=True)
class Accepted:
    """A message in the journal. `new` is False when the same client id came before: `state` and `reply` are then those of the first time."""

    id: str
    new: bool
    state: str
    reply: list[Any] | None
    created: dt.datetime


@dataclass(frozen=True)
class Entry:
    """One turn of a conversation, masked."""

    id: str
    created: dt.datetime
    text: str
    source: str
    state: str
    reply: list[Any]


def accept(db: Database, conversation: str, client_id: str, text: str, *, language: str | None = None, source: str = "text", page: str | None = None, one_at_a_time: bool = False,
           most: int | None = None) -> Accepted:
    """Stores a message before it is answered; once this returns, it is on disk. The same client id twice gives the same entry.

    Args:
        text: as the person wrote it; for a button its title. Masked in here.
        one_at_a_time: refuse a second message while one of the last 30 seconds is open.
        most: how many messages the conversation may have.

    Raises:
        TurnOpen: see `one_at_a_time`.
        ConversationFull: see `most`.
        StoreError: nothing was stored.
    """
    masked = mask(clean_text(text))
    with db.write() as connection:
        if connection.dialect.name == "postgresql":  # one message of a conversation at a time, so that neither rule below can be passed twice
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(hashtext(:conversation))"), {"conversation": conversation})
        mine = journal.c.conversation == conversation
        old = connection.execute(sa.select(journal).where(mine, journal.c.client_id == client_id)).first()
        if old is not None:
            return Accepted(old.id, False, old.state, old.reply, old.created)
        if one_at_a_time and _open(connection, db, conversation):
            raise TurnOpen
        if most is not None and (connection.execute(sa.select(sa.func.count()).select_from(journal).where(mine)).scalar() or 0) >= most:
            raise ConversationFull
        last = connection.execute(sa.select(sa.func.max(journal.c.created)).where(mine)).scalar()
        created = max(db.now(), last + dt.timedelta(microseconds=1)) if last else db.now()  # keeps the order when the clock goes back
        row = {"id": new_id(), "conversation": conversation, "client_id": client_id, "created": created, "text": masked.text, "masked_kinds": list(masked.kinds),
               "language": (clean_name(language) or "")[:8] or None, "source": source, "page": _masked_name(page), "state": ACCEPTED}
        connection.execute(journal.insert().values(row))
    return Accepted(str(row["id"]), True, ACCEPTED, None, created)


def answer(db: Database, id: str, reply: Sequence[Any], *, raw: str, intent: str | None = None, confidence: float | None = None, ranking: Sequence[Any] = (),
           decision: str | None = None, faq: str | None = None, model: str | None = None, duration_ms: int | None = None, kreis: str | None = None) -> bool:
    """Stores the answer to an accepted message; False when there is no such open message (already answered, failed or erased).

    Args:
        reply: the messages as sent; what echoes personal data of `raw` is masked, phone numbers of offices stay.
        raw: the text of the message as the person wrote it (not stored).
        kreis: the Kreis that the answer was about; no smaller place is kept.
        ranking: [[intent, confidence], …], the best three are kept.
    """
    said = mask(clean_text(raw))
    values = {"state": ANSWERED, "reply": mask_echo(clean_json(list(reply)), said), "intent": clean_name(intent), "confidence": clean_json(confidence),
              "ranking": clean_json([list(pair) for pair in ranking[:3]]), "decision": clean_name(decision), "faq": clean_name(faq), "model": clean_name(model), "duration_ms": duration_ms,
              "kreis": clean_name(kreis)}
    return _close(db, id, values)


def fail(db: Database, id: str, *, duration_ms: int | None = None, model: str | None = None) -> bool:
    """Notes that an accepted message got no answer; False when there is no such open message."""
    return _close(db, id, {"state": FAILED, "duration_ms": duration_ms, "model": clean_name(model)})


def retry(db: Database, id: str, raw: str) -> bool:
    """Opens a message without answer for a second try, once; False when it had one already, was answered, or `raw` is another text."""
    values = {"state": ACCEPTED, "decision": RETRIED}
    unanswered = sa.and_(journal.c.id == id, journal.c.state != ANSWERED, journal.c.decision.is_(None), journal.c.text == mask(clean_text(raw)).text)
    with db.write() as connection:
        return int(connection.execute(journal.update().where(unanswered).values(values)).rowcount) == 1


def fail_stale(db: Database, older_than: dt.timedelta = dt.timedelta(seconds=OPEN_SECONDS)) -> int:
    """Marks messages as failed whose process died before the answer; returns how many. Call it when a process starts."""
    with db.write() as connection:
        stale = sa.and_(journal.c.state == ACCEPTED, journal.c.created < db.now() - older_than)
        return int(connection.execute(journal.update().where(stale).values(state=FAILED)).rowcount)


def open_turn(db: Database, conversation: str) -> str | None:
    """Returns the id of the message that waits for its answer since less than 30 seconds, or None."""
    with db.read() as connection:
        return _open(connection, db, conversation)


def turns(db: Database, conversation: str, since: dt.timedelta | None = None) -> int:
    """Counts the messages of a conversation, of all its time or only of the last span `since`."""
    found = [journal.c.conversation == conversation] + ([journal.c.created > db.now() - since] if since else [])
    with db.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(journal).where(*found)).scalar() or 0)


def history(db: Database, conversation: str, most: int = 40) -> list[Entry]:
    """Returns the last turns of a conversation, oldest first, without those past their time."""
    query = sa.select(journal).where(journal.c.conversation == conversation, journal.c.created > db.now() - db.limits.history).order_by(journal.c.created.desc()).limit(most)
    with db.read() as connection:
        rows = connection.execute(query).all()
    return [Entry(row.id, row.created, row.text, row.source, row.state, row.reply or []) for row in reversed(rows)]


def find(db: Database, id: str) -> sa.engine.Row | None:
    """Returns the row with this id, or None when there is none or its time is over."""
    with db.read() as connection:
        return connection.execute(sa.select(journal).where(journal.c.id == id, journal.c.created > db.now() - db.limits.journal)).first()


def _open(connection: sa.engine.Connection, db: Database, conversation: str) -> str | None:
    query = sa.select(journal.c.id).where(journal.c.conversation == conversation, journal.c.state == ACCEPTED, journal.c.created > db.now() - dt.timedelta(seconds=OPEN_SECONDS))
    return connection.execute(query.limit(1)).scalar()


def _close(db: Database, id: str, values: dict[str, Any]) -> bool:
    with db.write() as connection:
        return int(connection.execute(journal.update().where(journal.c.id == id, journal.c.state == ACCEPTED).values(values)).rowcount) == 1


def _masked_name(text: str | None) -> str | None:
    return None if text is None else clean_name(mask(clean_text(text)).text)
