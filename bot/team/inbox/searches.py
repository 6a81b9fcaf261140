"""What counsellors searched for and which answer they opened, counted; a good pair can become a training sentence."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.groups import key_of
from bot.store.tables import labels, picks

MOST_ROWS, SHOWN = 5000, 100
LOW = 4  # opened from this place on: the search did not show it near the top


@dataclass(frozen=True)
class Search:
    """A query (masked) and the FAQ opened after it: how often, and on which place of the results on average. message: id of the newest pick."""

    key: str
    message: str
    query: str
    faq: str
    count: int
    rank: float

    @property
    def is_low(self) -> bool:
        """Tells whether the answer stood far down."""
        return self.rank >= LOW


def searches(db: Database) -> list[Search]:
    """Returns the pairs that nobody has judged yet: far down and frequent ones first."""
    with db.read() as connection:
        rows = connection.execute(sa.select(picks).where(picks.c.created > db.now() - db.limits.feedback).order_by(picks.c.created.desc()).limit(MOST_ROWS)).all()
        judged = set(connection.execute(sa.select(labels.c.group_key).where(labels.c.undone.is_(None))).scalars())
    found: dict[str, list[sa.engine.Row]] = {}
    for row in rows:
        found.setdefault(pair_key(row.query, row.faq), []).append(row)
    pairs = [Search(key, same[0].id, same[0].query, same[0].faq, len(same), sum(r.rank for r in same) / len(same)) for key, same in found.items() if key not in judged]
    return sorted(pairs, key=lambda s: (-s.is_low, -s.count, -s.rank, s.query))[:SHOWN]


def pair_key(query: str, faq: str) -> str:
    """Returns the group of a search and the answer opened after it."""
    return key_of(f"suche {key_of(query)} {faq}")
