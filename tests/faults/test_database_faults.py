"""Faults of the database, made for real: locked, full, read-only, killed. What was acknowledged is there; what was not says so in German."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
from pathlib import Path

import pytest

from bot.store import journal
from bot.store.database import Database
from bot.store.errors import FULL, LOCKED, READ_ONLY, UNREACHABLE, StoreError
from bot.store.values import new_id
from tests.faults.conftest import Start

KILLS = 8
CONVERSATION = "c" * 32
LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.stdin.readline().strip(), isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("gesperrt")
sys.stdin.readline()
"""
WRITE = """
from bot.store import journal
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.values import new_id
db = Database()
{before}
print("los")
for number in range(100_000):
    try:
        client = new_id()
        print(journal.accept(db, "c" * 32, client, "Nachricht " + "x" * 500).id, client)
    except StoreError as error:
        print("fehler", error.art, str(error))
        break
"""
# root may write everywhere: the program becomes another user when all is loaded.
READ_ONLY_START = """
import os
from bot.store.database import Database
from bot.store.errors import StoreError
db = Database()
if os.getuid() == 0:
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
try:
    db.create_all()
except StoreError as error:
    print(error.art, error)
"""
LIMIT = """import resource
db.create_all()
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, resource.RLIM_INFINITY))"""


def stored(address: str) -> set[str]:
    """Returns the ids of all messages in the journal."""
    return {entry.id for entry in journal.history(Database(address), CONVERSATION, most=100_000)}


def check_sqlite(path: Path) -> None:
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_locked_sqlite_is_told_reads_go_on_and_it_recovers(sqlite_url: str, program: Start) -> None:
    db = Database(sqlite_url)
    first = journal.accept(db, CONVERSATION, new_id(), "vorher").id
    holder = program(LOCK, sqlite_url)
    holder.stdin.write(sqlite_url.removeprefix("sqlite:///") + "\n")  # type: ignore[union-attr]
    holder.stdin.flush()  # type: ignore[union-attr]
    assert holder.stdout.readline() == "gesperrt\n"  # type: ignore[union-attr]
    with pytest.raises(StoreError, match="gesperrt") as caught:
        journal.accept(db, CONVERSATION, new_id(), "währenddessen")
    assert caught.value.art == LOCKED
    assert [entry.text for entry in journal.history(db, CONVERSATION)] == ["vorher"]
    holder.communicate("\n")
    second = journal.accept(db, CONVERSATION, new_id(), "danach").id
    assert stored(sqlite_url) == {first, second}


def test_full_disk_loses_no_acknowledged_message(sqlite_url: str, program: Start, tmp_path: Path) -> None:
    out, _ = program(WRITE.format(before=LIMIT), sqlite_url).communicate(timeout=120)
    lines = out.splitlines()[1:]
    acknowledged = {line.split()[0] for line in lines[:-1]}
    assert lines[-1].startswith(f"fehler {FULL}") and "prüfen" in lines[-1]
    assert len(acknowledged) > 20
    assert stored(sqlite_url) == acknowledged
    check_sqlite(tmp_path / "store" / "lotse.db")
    assert journal.accept(Database(sqlite_url), CONVERSATION, new_id(), "wieder Platz").new


def test_small_file_system_loses_no_acknowledged_message(program: Start, tmp_path: Path) -> None:
    folder = tmp_path / "klein"
    folder.mkdir()
    if os.getuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True).returncode:
        pytest.skip("Ein kleines Dateisystem lässt sich hier nicht einhängen (braucht root).")
    try:
        address = f"sqlite:///{folder}/lotse.db"
        out, _ = program(WRITE.format(before=""), address).communicate(timeout=120)
        lines = out.splitlines()[1:]
        assert lines[-1].startswith(f"fehler {FULL}")
        subprocess.run(["mount", "-o", "remount,size=8m", str(folder)], check=True)  # somebody made room: reading, too, needs a little
        assert stored(address) == {line.split()[0] for line in lines[:-1]}
        check_sqlite(folder / "lotse.db")
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_read_only_folder_is_named_with_the_remedy(program: Start) -> None:
    folder = Path(tempfile.mkdtemp(prefix="lotse-fest-"))
    try:
        folder.chmod(0o555)
        out, err = program(READ_ONLY_START, f"sqlite:///{folder}/daten/lotse.db").communicate(timeout=60)
        assert out.startswith(READ_ONLY), err
        assert str(folder / "daten") in out and "Benutzer" in out
        folder.chmod(0o777)
        Database(f"sqlite:///{folder}/lotse.db").create_all()
        folder.chmod(0o555)
        out, err = program(READ_ONLY_START, f"sqlite:///{folder}/lotse.db").communicate(timeout=60)
        assert out.startswith(READ_ONLY) and "Benutzer" in out, err
    finally:
        shutil.rmtree(folder)


def test_killed_between_message_and_answer_keeps_the_message(url: str, program: Start) -> None:
    process = program(WRITE.format(before="").replace("100_000", "1") + "\nimport time\ntime.sleep(60)", url)
    assert process.stdout.readline() == "los\n"  # type: ignore[union-attr]
    id, client = process.stdout.readline().split()  # type: ignore[union-attr]
    process.kill()
    process.wait()
    db = Database(url)
    again = journal.accept(db, CONVERSATION, client, "Nachricht", one_at_a_time=True)
    assert (again.id, again.new, again.state) == (id, False, "angenommen")
    later = Database(url, lambda: db.now() + dt.timedelta(minutes=5))
    assert journal.fail_stale(later) == 1
    assert journal.accept(db, CONVERSATION, client, "Nachricht").state == "gescheitert"


@pytest.mark.slow
def test_killed_at_random_moments_keeps_all_acknowledged_messages(url: str, program: Start) -> None:
    moments, acknowledged = random.Random(11), set()
    for _ in range(KILLS):
        process = program(WRITE.format(before=""), url)
        told = [process.stdout.readline() for _ in range(1 + moments.randint(1, 40))]  # type: ignore[union-attr]
        process.kill()
        told += process.communicate()[0].splitlines(keepends=True)
        acknowledged |= {line.split()[0] for line in told[1:] if line.endswith("\n")}
    found = stored(url)
    assert len(acknowledged) > KILLS
    assert acknowledged <= found
    assert len(found) <= len(acknowledged) + KILLS  # at most one each that was stored and not told yet


def test_database_that_is_not_one_is_named(tmp_path: Path) -> None:
    (tmp_path / "lotse.db").write_text("Das ist ein Brief und keine Datenbank. " * 50, encoding="utf-8")
    with pytest.raises(StoreError, match="keine SQLite-Datenbank"):
        Database(f"sqlite:///{tmp_path}/lotse.db").create_all()


def test_postgres_that_ends_connections_is_told_and_used_again(postgres_url: str) -> None:
    db = Database(postgres_url)
    journal.accept(db, CONVERSATION, new_id(), "vorher")
    killer = Database(postgres_url)
    with killer.write() as connection:
        connection.exec_driver_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'")
    assert journal.accept(db, CONVERSATION, new_id(), "danach").new
    killer.close()
    db.close()


def test_postgres_out_of_reach_is_told() -> None:
    with pytest.raises(StoreError) as caught:
        journal.accept(Database("postgresql://lotse@127.0.0.1:1/lotse"), CONVERSATION, new_id(), "hallo")
    assert caught.value.art == UNREACHABLE
