"""Which answer was opened after which search on the answer desk: shows what searches fail."""

from __future__ import annotations

import sqlalchemy as sa

from bot.privacy.mask import mask
from bot.store.database import Database
from bot.store.tables import picks
from bot.store.values import clean_name, clean_text, new_id

LONGEST_QUERY = 200


def pick(db: Database, query: str, faq: str, rank: int) -> str:
    """Stores that `faq` was opened from place `rank` (from 1) of the results for `query`; the query is masked in here. No person is kept."""
    row = {"id": new_id(), "query": mask(clean_text(query[:LONGEST_QUERY])).text, "faq": clean_name(faq), "rank": rank, "created": db.now()}
    with db.write() as connection:
        connection.execute(picks.insert().values(row))
    return str(row["id"])


def recent(db: Database, most: int = 200) -> list[sa.engine.Row]:
    """Returns the last picks that are within their time, newest first."""
    with db.read() as connection:
        return list(connection.execute(sa.select(picks).where(picks.c.created > db.now() - db.limits.feedback).order_by(picks.c.created.desc()).limit(most)).all())
