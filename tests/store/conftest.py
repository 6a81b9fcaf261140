"""Both databases, real: a fresh SQLite file for each test, and one PostgreSQL started for the run where its binaries exist."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Iterator

import pytest
import sqlalchemy as sa

from bot import processes
from bot.store.database import Database

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]) if p.parts[-3].isdigit() else 0)
UNPRIVILEGED = "nobody"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.time = dt.datetime(2026, 11, 25, 12, 0, 0)

    def __call__(self) -> dt.datetime:
        return self.time

    def move(self, **span: float) -> None:
        """Moves the clock by a timedelta."""
        self.time += dt.timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    """Returns the clock of `db`."""
    return Clock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Starts a PostgreSQL of its own and yields the address of its server, without database."""
    if not BINARIES:
        pytest.skip("PostgreSQL ist nicht installiert (Debian: postgresql).")
    if os.getuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("PostgreSQL startet nicht als root, und setpriv fehlt (Debian: util-linux).")
    binaries, folder, port = BINARIES[-1].parent, Path(tempfile.mkdtemp(prefix="lotse-pg-")), processes.free_port()
    prefix = ["setpriv", "--reuid", UNPRIVILEGED, "--regid", "nogroup", "--clear-groups"] if os.getuid() == 0 else []
    environment = {**os.environ, "HOME": str(folder), "LC_ALL": "C"}
    if prefix:
        shutil.chown(folder, UNPRIVILEGED)
    run = lambda *command: subprocess.run([*prefix, *command], check=True, env=environment, cwd=folder, capture_output=True, timeout=120)  # noqa: E731
    try:
        run(str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "lotse", "-A", "trust", "-E", "UTF8", "--no-sync")
        run(str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w", "-l", str(folder / "log"), "-o", f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}", "start")
        yield f"postgresql://lotse@127.0.0.1:{port}"
    finally:
        if (folder / "data").is_dir():
            subprocess.run([*prefix, str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop"], env=environment, cwd="/", capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Returns the address of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path}/store/lotse.db"


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """Returns the address of a PostgreSQL database, emptied after the test."""
    yield f"{postgres}/postgres"
    server = sa.create_engine(f"{postgres}/postgres", isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'")
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")
    server.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest) -> str:
    """Returns the address of an empty database, of each kind in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def db(url: str, clock: Clock) -> Iterator[Database]:
    """Returns an empty database whose clock stands still."""
    database = Database(url, clock)
    yield database
    database.close()
