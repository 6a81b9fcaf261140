"""The version of the tables, forward only. New tables are made by themselves; a change to an old one is a step below."""

from __future__ import annotations

from typing import Callable

import sqlalchemy as sa

from bot.store.errors import SCHEMA, StoreError
from bot.store.tables import metadata, schema_version
from bot.store.values import utcnow


def _workbench(connection: sa.engine.Connection) -> None:
    """1 → 2: the journal knows the group of each message and its Kreis, accounts know one-time passwords."""
    for statement in ("ALTER TABLE journal ADD COLUMN group_key VARCHAR(32)", "ALTER TABLE journal ADD COLUMN kreis VARCHAR(200)",
                      "CREATE INDEX ix_journal_group_key ON journal (group_key)"):
        connection.execute(sa.text(statement))
    if sa.inspect(connection).has_table("accounts") and "temporary" not in {c["name"] for c in sa.inspect(connection).get_columns("accounts")}:
        connection.execute(sa.text(f"ALTER TABLE accounts ADD COLUMN temporary BOOLEAN NOT NULL DEFAULT {'false' if connection.dialect.name == 'postgresql' else '0'}"))


# Step n leads from version n to n + 1.
STEPS: list[Callable[[sa.engine.Connection], object]] = [_workbench]
LOCK = 7_300_415  # PostgreSQL: only one process at a time makes tables


def bring_up_to_date(connection: sa.engine.Connection, steps: list[Callable[[sa.engine.Connection], object]] = STEPS) -> int:
    """Makes missing tables and runs the steps that the database has not had, in the transaction of `connection`; returns the version.

    Raises:
        StoreError: the database is newer than this program.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({LOCK})"))
    fresh = not sa.inspect(connection).has_table(schema_version.name)
    metadata.create_all(connection)
    newest = 1 + len(steps)
    version = newest if fresh else connection.execute(sa.select(sa.func.max(schema_version.c.version))).scalar() or newest
    if version > newest:
        raise StoreError(SCHEMA, f"Die Datenbank hat Fassung {version}, dieses Programm kennt nur {newest}.", "das neuere Programm benutzen, oder die Datenbank aus der Sicherung davor zurückholen")
    for step in steps[version - 1:]:
        step(connection)
    connection.execute(schema_version.delete().where(schema_version.c.version < 0))  # deletes nothing, but fails now where writing is not allowed
    if fresh or version < newest:
        connection.execute(schema_version.insert().values(version=newest, applied=utcnow()))
    return newest
