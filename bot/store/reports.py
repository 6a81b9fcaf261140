"""Reports from the answer desk: this answer is outdated or wrong. Staff take them up and close them."""

from __future__ import annotations

import sqlalchemy as sa

from bot.privacy.mask import mask
from bot.store.database import Database
from bot.store.tables import NEW, REPORT_STATES, reports
from bot.store.values import clean_name, clean_text, new_id


def report(db: Database, faq: str, reason: str, text: str | None = None, page: str | None = None) -> str:
    """Stores a report and returns its id. `text` and `page` come as written and are masked in here."""
    row = {"id": new_id(), "faq": clean_name(faq), "reason": clean_name(reason), "text": _masked(text), "created": db.now(), "state": NEW, "page": clean_name(_masked(page))}
    with db.write() as connection:
        connection.execute(reports.insert().values(row))
    return str(row["id"])


def handle(db: Database, id: str, state: str, handled_by: str, note: str | None = None) -> bool:
    """Sets the state of a report; False when there is none with this id.

    Raises:
        ValueError: unknown state.
    """
    if state not in REPORT_STATES:
        raise ValueError(state)
    with db.write() as connection:
        values = {"state": state, "handled_by": clean_name(handled_by), "note": _masked(note)}
        return int(connection.execute(reports.update().where(reports.c.id == id).values(values)).rowcount) == 1


def waiting(db: Database, states: tuple[str, ...] = REPORT_STATES[:2], most: int = 200, reason: str = "") -> list[sa.engine.Row]:
    """Returns reports in these states, all or those with one reason, that are within their time, newest first."""
    query = sa.select(reports).where(*_within(db, states, reason)).order_by(reports.c.created.desc()).limit(most)
    with db.read() as connection:
        return list(connection.execute(query).all())


def find(db: Database, id: str) -> sa.engine.Row | None:
    """Returns the report with this id, or None."""
    with db.read() as connection:
        return connection.execute(sa.select(reports).where(reports.c.id == id)).first()


def count(db: Database, reason: str = "") -> int:
    """Returns how many reports, all or those with one reason, nobody has closed."""
    with db.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(reports).where(*_within(db, REPORT_STATES[:2], reason))).scalar() or 0)


def _within(db: Database, states: tuple[str, ...], reason: str) -> list[sa.sql.ColumnElement]:
    return [reports.c.state.in_(states), reports.c.created > db.now() - db.limits.feedback, *([reports.c.reason == reason] if reason else [])]


def _masked(text: str | None) -> str | None:
    return mask(clean_text(text)).text if text else None
