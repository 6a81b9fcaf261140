"""Deleting: by time limit with a moved clock, and one conversation on request; nothing is left in the file either."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store import audit, conversations, feedback, journal, picks, proposals, reports
from bot.store.database import Database
from bot.store.erase import PERSONAL, erase, everything
from bot.store.groups import key_of
from bot.store.limits import Limits
from bot.store.retention import count, expired, purge
from bot.store.tables import gaps, labels, metadata, ratings, samples, schema_version
from bot.store.values import new_id
from tests.store.conftest import Clock

MARKER = "markierungswort"


def fill(db: Database, conversation: str) -> None:
    id = journal.accept(db, conversation, new_id(), f"{MARKER} frage").id
    journal.answer(db, id, [{"text": MARKER}], raw="")
    feedback.give(db, conversation, id, "falsch", MARKER)
    conversations.save(db, conversation, f'["{MARKER}"]', 1)
    reports.report(db, "anabin", "veraltet", MARKER)
    picks.pick(db, MARKER, "anabin", 1)
    audit.note(db, "anna", MARKER)
    proposals.decide(db, proposals.propose(db, "Anna A <anna@b.example>", "Titel", MARKER), "abgelehnt", "Ben B <ben@b.example>", MARKER)
    staff = {"created": db.now(), "author": "anna", "message": id}
    with db.write() as connection:
        connection.execute(labels.insert().values(id=new_id(), group_key=key_of(f"{MARKER} frage"), kind="richtig", **staff))
        connection.execute(gaps.insert().values(id=new_id(), group_key=new_id(), title=MARKER, owner="anna", state="erledigt", **staff))
        connection.execute(samples.insert().values(id=new_id(), created=db.now(), week="2026-W48", message=id))
        connection.execute(ratings.insert().values(id=new_id(), created=db.now(), sample=new_id(), rater="anna", rating="richtig"))


def sizes(db: Database) -> dict[str, int]:
    with db.read() as connection:
        return {table.name: int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar() or 0) for table in metadata.sorted_tables if table.name in expired(db)}


def test_every_table_with_times_has_a_limit(db: Database) -> None:
    dated = {table.name for table in metadata.sorted_tables if {"created", "updated"} & set(table.columns.keys())} - {schema_version.name}
    assert {"journal", "feedback", "reports", "picks", "audit", "conversations"} <= dated
    assert set(expired(db)) <= dated


def test_purge_deletes_what_is_past_its_time_and_nothing_else(db: Database, clock: Clock) -> None:
    fill(db, "a" * 32)
    assert purge(db) == dict.fromkeys(expired(db), 0)
    clock.move(days=30)
    fill(db, "b" * 32)
    assert count(db) == {**dict.fromkeys(expired(db), 0), "conversations": 1}
    assert purge(db) == {**dict.fromkeys(expired(db), 0), "conversations": 1}
    clock.move(days=150)
    assert purge(db) == dict.fromkeys(expired(db), 1)
    assert sizes(db) == {"conversations": 0, "journal": 1, "feedback": 1, "reports": 1, "picks": 1, "audit": 3, "labels": 1, "gaps": 1, "samples": 1, "ratings": 1, "proposals": 1}
    clock.move(days=365)
    purge(db)
    assert sizes(db) == {**dict.fromkeys(expired(db), 0), "audit": 1}


def test_open_proposals_stay_and_decided_ones_are_hidden_and_go(db: Database, clock: Clock) -> None:
    waiting, settled = (proposals.propose(db, "Anna A <anna@b.example>", "Titel", "{}") for _ in range(2))
    clock.move(days=100)
    proposals.decide(db, settled, "angenommen", "Ben B <ben@b.example>")
    clock.move(days=179)
    assert purge(db)["proposals"] == 0 and [row.id for row in proposals.in_state(db, "angenommen")] == [settled]
    clock.move(days=1)
    assert proposals.find(db, settled) is None and proposals.in_state(db, "angenommen") == []
    assert purge(db)["proposals"] == 1 and purge(db)["proposals"] == 0
    assert [row.id for row in proposals.in_state(db)] == [waiting] and proposals.find(db, waiting)


def test_leap_day_and_summer_time_do_not_shift_the_limit(db: Database, clock: Clock) -> None:
    clock.time = clock.time.replace(year=2028, month=2, day=29)
    conversations.save(db, "a" * 32, "[]", 1)
    clock.move(days=29, hours=23, minutes=59)
    assert purge(db)["conversations"] == 0
    clock.move(minutes=1)
    assert purge(db)["conversations"] == 1


def test_limit_of_no_days_keeps_a_conversation_for_an_hour(url: str, clock: Clock) -> None:
    db = Database(url, clock, Limits.from_environment({"LOTSE_TAGE_GESPRAECHE": "0"}))
    conversations.save(db, "a" * 32, "[]", 1)
    clock.move(minutes=59)
    assert conversations.load(db, "a" * 32)
    clock.move(minutes=1)
    assert conversations.load(db, "a" * 32) is None
    assert purge(db)["conversations"] == 1


def test_erasing_leaves_nothing_of_one_and_all_of_others(db: Database) -> None:
    fill(db, "a" * 32)
    fill(db, "b" * 32)
    assert {name: len(rows) for name, rows in everything(db, "a" * 32).items()} == {"conversations": 1, "journal": 1, "feedback": 1}
    assert erase(db, "a" * 32) == {"conversations": 1, "journal": 1, "feedback": 1}
    assert not any(everything(db, "a" * 32).values())
    assert all(everything(db, "b" * 32).values())
    assert erase(db, "a" * 32) == {"conversations": 0, "journal": 0, "feedback": 0}


def test_every_table_of_persons_is_known_to_erasure() -> None:
    named = {table.name for table in metadata.sorted_tables if "conversation" in table.columns or table.name == "conversations"}
    assert named == set(PERSONAL)


def test_receipt_in_the_audit_names_no_conversation(db: Database) -> None:
    fill(db, "a" * 32)
    erase(db, "a" * 32, "anna")
    newest = next(row for row in audit.recent(db) if row.action == "gespraech_geloescht")
    assert newest.actor == "anna" and newest.target is None
    assert "a" * 32 not in str(newest.detail)


@pytest.mark.parametrize("way", ["erase", "purge"])
def test_deleted_text_is_gone_from_the_files_of_sqlite(sqlite_url: str, tmp_path: Path, clock: Clock, way: str) -> None:
    db = Database(sqlite_url, clock)
    for letter in "abc":
        journal.accept(db, letter * 32, new_id(), f"{MARKER} frage")
        conversations.save(db, letter * 32, f'["{MARKER}"]', 1)
    assert any(MARKER.encode() in file.read_bytes() for file in (tmp_path / "store").iterdir())
    if way == "purge":
        clock.move(days=400)
        purge(db)
    else:
        for letter in "abc":
            erase(db, letter * 32)
    assert [file.name for file in (tmp_path / "store").iterdir() if MARKER.encode() in file.read_bytes()] == []
