"""Changes of contents that one person made and a second one has to agree to. The change itself is text of `bot.editor.changes.Change`."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.errors import REFUSED, StoreError
from bot.store.tables import ACCEPTED_PROPOSAL, OPEN, PROPOSAL_STATES, proposals
from bot.store.values import clean_name, clean_text, new_id

LARGEST = 4 * 1024 * 1024


def propose(db: Database, author: str, title: str, change: str) -> str:
    """Keeps a change and returns its id.

    Args:
        author: who made it, as „Name <mail>“.
        change: `Change.to_json()`.

    Raises:
        StoreError: it is too large, or the database is in trouble.
    """
    if len(change) > LARGEST:
        raise StoreError(REFUSED, "Der Vorschlag ist größer als 4 MiB.", "in kleinere Vorschläge aufteilen")
    row = {"id": new_id(), "author": clean_name(author), "created": db.now(), "title": clean_name(title), "change": clean_text(change), "state": OPEN}
    with db.write() as connection:
        connection.execute(proposals.insert().values(row))
    return str(row["id"])


def find(db: Database, id: str) -> sa.engine.Row | None:
    """Returns one proposal that is within its time, or None."""
    with db.read() as connection:
        return connection.execute(sa.select(proposals).where(proposals.c.id == id, _in_time(db))).first()


def in_state(db: Database, state: str = OPEN, most: int = 200) -> list[sa.engine.Row]:
    """Returns proposals that are within their time, oldest first, without their change."""
    columns = [column for column in proposals.c if column.name != "change"]
    with db.read() as connection:
        return list(connection.execute(sa.select(*columns).where(proposals.c.state == state, _in_time(db)).order_by(proposals.c.created).limit(most)).all())


def decide(db: Database, id: str, state: str, decided_by: str, note: str = "") -> bool:
    """Settles an open proposal; False when it is not open any more or unknown: somebody was faster.

    Args:
        state: „angenommen“, „abgelehnt“ or „ueberholt“.
        decided_by: who decides; for „angenommen“ another person than the author.

    Raises:
        StoreError: the author agrees to their own change, or the state is none of these.
    """
    if state not in PROPOSAL_STATES or state == OPEN:
        raise StoreError(REFUSED, f"„{state[:20]}“ ist keine Entscheidung.", "angenommen, abgelehnt oder ueberholt angeben")
    with db.write() as connection:
        row = connection.execute(sa.select(proposals.c.author).where(proposals.c.id == id, proposals.c.state == OPEN)).first()
        if row is None:
            return False
        if state == ACCEPTED_PROPOSAL and mail_of(row.author) == mail_of(decided_by):
            raise StoreError(REFUSED, "Den eigenen Vorschlag kann man nicht selbst annehmen.", "eine zweite Person bitten")
        done = connection.execute(
            proposals.update().where(proposals.c.id == id, proposals.c.state == OPEN)
            .values(state=state, decided_by=clean_name(decided_by), decided=db.now(), note=clean_text(note)))
        return done.rowcount == 1


def _in_time(db: Database) -> sa.sql.ColumnElement:
    return sa.or_(proposals.c.decided.is_(None), proposals.c.decided > db.now() - db.limits.audit)


def mail_of(person: str) -> str:
    """Returns the address of „Name <mail>“, in the form in which two are compared."""
    return person.rpartition("<")[2].rstrip(">").strip().casefold()
