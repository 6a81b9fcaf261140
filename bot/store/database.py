"""The connection to the database. `Database()` reads `DATABASE_URL`; without it, it is the SQLite file `var/lotse.db`.

What `write()` has finished is on disk: SQLite runs with WAL and synchronous=FULL, PostgreSQL with its own defaults. Trouble becomes a StoreError, never a silent loss.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable, Iterator

import sqlalchemy as sa
import sqlalchemy.exc as exc
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.pool import QueuePool

from bot.knowledge.base import ROOT
from bot.store import schema
from bot.store.errors import READ_ONLY, UNREACHABLE, StoreError
from bot.store.limits import Limits
from bot.store.trouble import translate
from bot.store.values import utcnow

DEFAULT = "sqlite:///var/lotse.db"
WAIT_MS = 2000
WRITING = "lotse_writing"


class Database:
    """One engine for the whole process; safe to share between threads."""

    def __init__(self, url: str | None = None, now: Callable[[], dt.datetime] = utcnow, limits: Limits | None = None) -> None:
        """Prepares the engine without connecting.

        Args:
            url: address; None means `DATABASE_URL`, else the SQLite file.
            now: the clock (UTC without zone) of everything that is stored.
            limits: how long what is kept; None means the environment's.

        Raises:
            StoreError: the address is not one of SQLite or PostgreSQL, or a limit is no number of days.
        """
        self.now, self.limits = now, limits or Limits.from_environment()
        self._url = _parse(url or os.environ.get("DATABASE_URL") or DEFAULT)
        self.is_sqlite = self._url.get_backend_name() == "sqlite"
        self.where = f"„{self._url.database}“" if self.is_sqlite else f"„{self._url.database}“ auf {self._url.host or 'diesem Rechner'}"
        self._ready, self._lock = False, threading.Lock()
        self.engine = self._engine()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Opens a transaction that may write; it is stored for good when the block has ended without error.

        Raises:
            StoreError: nothing of the block was stored.
        """
        with self._transaction(writing=True) as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Opens a transaction that only reads, and waits for no writer.

        Raises:
            StoreError: the database does not answer.
        """
        with self._transaction(writing=False) as connection:
            yield connection

    def create_all(self) -> None:
        """Makes missing tables and brings older ones up to date. Every first use does it by itself."""
        with self._lock:
            if self._ready:
                return
            if self.is_sqlite:
                self._prepare_folder()
            with self._translated(), self.engine.connect() as raw, raw.execution_options(**{WRITING: True}) as connection, connection.begin():
                schema.bring_up_to_date(connection)
            self._ready = True

    def shrink(self) -> None:
        """Empties SQLite's write-ahead log, so that deleted rows are gone from there too. Does nothing elsewhere."""
        if self.is_sqlite:
            with self._translated(), self.engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Closes all idle connections."""
        self.engine.dispose()

    @contextmanager
    def _transaction(self, writing: bool) -> Iterator[Connection]:
        if not self._ready:
            self.create_all()
        with self._translated(), self.engine.connect() as raw, raw.execution_options(**{WRITING: writing}) as connection, connection.begin():
            yield connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (exc.SQLAlchemyError, OSError) as error:
            trouble = translate(error, self.where)
        else:
            return
        if trouble.art == "schema":
            self._ready = False  # somebody took the file away: make the tables again at the next use
        raise trouble from None

    def _prepare_folder(self) -> None:
        folder = Path(str(self._url.database)).parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(READ_ONLY, f"Der Ordner {folder} lässt sich nicht anlegen ({error.strerror}).", "ihn anlegen und dem Benutzer geben, unter dem der Lotse läuft") from None

    def _engine(self) -> sa.engine.Engine:
        if self.is_sqlite:
            engine = sa.create_engine(self._url, poolclass=QueuePool, pool_size=5, max_overflow=15, pool_timeout=WAIT_MS / 1000, pool_pre_ping=True, hide_parameters=True,
                                      connect_args={"check_same_thread": False, "timeout": WAIT_MS / 1000})
            sa.event.listen(engine, "connect", _sqlite_settings)
            sa.event.listen(engine, "checkout", _sqlite_same_file(str(self._url.database)))
            sa.event.listen(engine, "begin", _sqlite_begin)
            return engine
        options = f"-c lock_timeout={WAIT_MS} -c statement_timeout={5 * WAIT_MS} -c timezone=UTC"
        return sa.create_engine(self._url, pool_size=5, max_overflow=5, pool_timeout=WAIT_MS / 1000, pool_pre_ping=True, hide_parameters=True,
                                connect_args={"connect_timeout": 3, "options": options, "application_name": "lotse"})


def _parse(url: str) -> sa.engine.URL:
    try:
        parsed = make_url("postgresql://" + url.split("://", 1)[1] if url.startswith("postgres://") else url)
        backend = parsed.get_backend_name()
    except (exc.ArgumentError, ValueError):
        backend = ""
    if backend not in ("sqlite", "postgresql") or not parsed.database or (backend == "sqlite" and parsed.database == ":memory:"):
        raise StoreError(UNREACHABLE, "DATABASE_URL ist keine brauchbare Adresse.", "„sqlite:///var/lotse.db“ oder „postgresql://benutzer:passwort@rechner/datenbank“ angeben") from None
    return parsed.set(drivername="sqlite+pysqlite", database=str(ROOT / parsed.database)) if backend == "sqlite" else parsed.set(drivername="postgresql+psycopg2")


def _sqlite_settings(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _sqlite_begin
    for pragma in (f"busy_timeout={WAIT_MS}", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").fetchall()


def _sqlite_same_file(path: str) -> Callable[[Any, Any, Any], None]:
    """Drops connections to a file that was moved or deleted: what they write would be lost without a word."""
    def check(_connection: Any, record: Any, _proxy: Any) -> None:
        try:
            found = os.stat(path).st_ino
        except OSError:
            found = -1
        if record.info.setdefault("inode", found) != found:
            raise exc.DisconnectionError("Die Datei wurde ausgetauscht.")
    return check


def _sqlite_begin(connection: Connection) -> None:
    """Takes the write lock at once when writing is meant: a later upgrade would fail without waiting."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITING) else "BEGIN")
