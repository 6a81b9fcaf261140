"""Can the database be written right now?"""

from __future__ import annotations

from bot.store.database import Database
from bot.store.tables import schema_version


def probe(db: Database) -> None:
    """Writes one row to what it was.

    Raises:
        StoreError: it cannot.
    """
    with db.write() as connection:
        connection.execute(schema_version.update().values(version=schema_version.c.version))
