"""The connection: tables made once, transactions whole or not at all, versions forward only, trouble told in German."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store import schema
from bot.store.accounts import accounts
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.tables import audit, journal, metadata, schema_version
from bot.store.values import new_id


def add(connection: sa.engine.Connection, db: Database, action: str) -> None:
    connection.execute(audit.insert().values(id=new_id(), created=db.now(), actor="pruefung", action=action))


def actions(db: Database) -> list[str]:
    with db.read() as connection:
        return sorted(connection.execute(sa.select(audit.c.action)).scalars())


def test_first_use_makes_all_tables(db: Database) -> None:
    assert actions(db) == []
    assert set(metadata.tables) <= set(sa.inspect(db.engine).get_table_names())


def test_second_program_finds_what_the_first_stored(db: Database, url: str) -> None:
    with db.write() as connection:
        add(connection, db, "gespeichert")
    assert actions(Database(url)) == ["gespeichert"]


def test_failed_block_stores_nothing(db: Database) -> None:
    with pytest.raises(RuntimeError), db.write() as connection:
        add(connection, db, "halb")
        raise RuntimeError
    assert actions(db) == []


def test_many_threads_write_at_once(db: Database) -> None:
    def work() -> None:
        for _ in range(10):
            with db.write() as connection:
                add(connection, db, "x")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(actions(db)) == 80


def test_tables_made_by_two_programs_at_once(url: str) -> None:
    troubles: list[BaseException] = []

    def start() -> None:
        try:
            Database(url).create_all()
        except BaseException as error:
            troubles.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []


def test_step_runs_once_on_an_older_database(db: Database) -> None:
    ran: list[int] = []
    db.create_all()
    for _ in range(2):
        with db.write() as connection:
            assert schema.bring_up_to_date(connection, [*schema.STEPS, lambda c: ran.append(1)]) == 2 + len(schema.STEPS)
    assert ran == [1]


def test_database_of_version_1_gets_what_the_workbench_needs(db: Database, url: str) -> None:
    db.create_all()
    with db.write() as connection:
        for statement in ("DROP INDEX ix_journal_group_key", "ALTER TABLE journal DROP COLUMN group_key", "ALTER TABLE journal DROP COLUMN kreis",
                          "ALTER TABLE accounts DROP COLUMN temporary", "DELETE FROM schema_version"):
            connection.execute(sa.text(statement))
        row = {"id": new_id(), "created": db.now(), "yes": True}
        connection.execute(sa.text("INSERT INTO accounts (id, login, name, role, active, created) VALUES (:id, 'anna', 'Anna', 'lesen', :yes, :created)"), row)
        connection.execute(schema_version.insert().values(version=1, applied=db.now()))
    later = Database(url)
    later.create_all()
    with later.read() as connection:
        assert connection.execute(sa.select(accounts.c.temporary)).scalar() in (False, 0)
        assert connection.execute(sa.select(journal.c.group_key, journal.c.kreis)).all() == []
        assert "ix_journal_group_key" in {index["name"] for index in sa.inspect(connection).get_indexes("journal")}


def test_new_database_needs_no_steps(url: str, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    with Database(url).engine.begin() as connection:
        assert schema.bring_up_to_date(connection, [lambda c: pytest.fail("step on a new database")]) == 2


def test_database_of_a_newer_program_is_refused(db: Database, url: str) -> None:
    with db.write() as connection:
        connection.execute(schema_version.insert().values(version=99, applied=db.now()))
    with pytest.raises(StoreError, match="Fassung 99"):
        Database(url).create_all()


def test_constraint_of_the_tables_is_told_without_the_value(db: Database) -> None:
    with pytest.raises(StoreError) as caught, db.write() as connection:
        connection.execute(audit.insert().values(id=new_id(), created=db.now(), actor=None, action="geheimeswort"))
    assert caught.value.art == "abgelehnt"
    assert "geheimeswort" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_sqlite_is_set_to_keep_what_it_acknowledged(sqlite_url: str) -> None:
    with Database(sqlite_url).read() as connection:
        settings = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "busy_timeout", "secure_delete")}
    assert settings == {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 2000, "secure_delete": 1}


def test_file_taken_away_is_noticed(sqlite_url: str, tmp_path: Path) -> None:
    db = Database(sqlite_url)
    db.create_all()
    os.rename(tmp_path / "store", tmp_path / "weg")
    (tmp_path / "store").mkdir()
    with pytest.raises(StoreError, match="fehlen Tabellen"), db.write() as connection:
        add(connection, db, "verloren")
    with db.write() as connection:
        add(connection, db, "danach")
    assert actions(Database(sqlite_url)) == ["danach"]


@pytest.mark.parametrize("address", ["mysql://x/y", "lotse.db", "sqlite://", "sqlite:///:memory:", "postgresql://", "://", "postgresql://a:b@c:port/d"])
def test_unusable_address_is_refused(address: str) -> None:
    with pytest.raises(StoreError, match="DATABASE_URL"):
        Database(address)


def test_password_is_not_shown() -> None:
    with pytest.raises(StoreError) as caught:
        Database("postgresql://lotse:geheim@127.0.0.1:1/lotse").create_all()
    assert caught.value.art == "nicht_erreichbar"
    assert "geheim" not in str(caught.value)


def test_environment_names_the_database(monkeypatch: pytest.MonkeyPatch, sqlite_url: str, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    Database().create_all()
    assert (tmp_path / "store" / "lotse.db").is_file()
