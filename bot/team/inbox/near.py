"""Groups near copies: wordings that say the same in other words are shown below the one that teaches most, and labelled with it.

Works through the open wordings in small steps, in the background; what it has seen is remembered for the life of the process, the result in `inbox.near`.
"""

from __future__ import annotations

import numpy as np
import sqlalchemy as sa

from bot.store.database import Database
from bot.store.tables import inbox, journal
from bot.team.warm import Warm

ALIKE = 0.8  # cosine of centred vectors; of today's phrasings that are so near, 1.6 % are of another intent, and here the predicted one has to be the same, too
STEP, MOST = 64, 4000


class NearCopies:
    """Knows the wordings that stand for themselves, with their vectors."""

    def __init__(self, db: Database, warm: Warm) -> None:
        self._db, self._warm = db, warm
        self._seen: set[str] = set()
        self._keys: list[str] = []
        self._intents: list[str | None] = []
        self._vectors: np.ndarray | None = None

    def step(self) -> int:
        """Looks at up to 64 wordings and returns how many; 0 when there is nothing to do, or the vectors still load."""
        rows = self._new()
        radar = self._warm.get() if rows else None
        if radar is None:
            return 0
        with self._warm.lock:
            vectors = radar.vectors([row.text for row in rows])
        found = {row.key: self._leader(row.key, row.intent, vector) for row, vector in zip(rows, vectors)}
        copies = {key: leader for key, leader in found.items() if leader}
        if copies:
            with self._db.write() as connection:
                for key, leader in copies.items():
                    stands = sa.select(inbox.c.key).where(inbox.c.key == leader, inbox.c.open.is_(True), inbox.c.near.is_(None)).exists()
                    connection.execute(inbox.update().where(inbox.c.key == key, inbox.c.open.is_(True), stands).values(near=leader))
        return len(rows)

    def _new(self) -> list[sa.engine.Row]:
        with self._db.read() as connection:
            top = connection.execute(sa.select(inbox.c.key, inbox.c.near).where(inbox.c.open.is_(True)).order_by(inbox.c.value.desc(), inbox.c.key.desc()).limit(MOST)).all()
            self._forget({row.key for row in top})
            keys = [row.key for row in top if row.key not in self._seen and row.near is None][:STEP]
            query = sa.select(inbox.c.key, inbox.c.intent, journal.c.text).join(journal, journal.c.id == inbox.c.message).where(inbox.c.key.in_(keys))
            return connection.execute(query.order_by(inbox.c.value.desc())).all() if keys else []

    def _forget(self, there: set[str]) -> None:
        """Takes out wordings that are labelled or gone."""
        keep = [n for n, key in enumerate(self._keys) if key in there]
        if self._vectors is not None and len(keep) < len(self._keys):
            self._vectors = self._vectors[keep]
            self._keys, self._intents = [self._keys[n] for n in keep], [self._intents[n] for n in keep]
        self._seen &= there

    def _leader(self, key: str, intent: str | None, vector: np.ndarray) -> str:
        """Returns the wording that this one is a copy of, or "" when it stands for itself from now on."""
        self._seen.add(key)
        if self._vectors is not None and len(self._keys):
            similar = self._vectors @ vector
            for n in np.argsort(-similar)[:5]:
                if similar[n] >= ALIKE and self._intents[n] == intent:
                    return self._keys[n]
        self._vectors = vector[None, :] if self._vectors is None or not len(self._keys) else np.vstack([self._vectors, vector])
        self._keys.append(key)
        self._intents.append(intent)
        return ""
