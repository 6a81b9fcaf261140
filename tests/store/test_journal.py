"""The journal: once accepted it is stored, the same message never twice, only masked texts."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from bot.store import journal
from bot.store.database import Database
from bot.store.tables import journal as table
from bot.store.values import new_id
from tests.store.conftest import Clock

REPLY = [{"text": "Guten Tag Ali Hassan! Telefon: 0561 7892180", "custom": {"typ": "faq"}}]


def rows(db: Database) -> list[sa.engine.Row]:
    with db.read() as connection:
        return list(connection.execute(sa.select(table)).all())


def test_message_is_stored_masked_before_its_answer(db: Database) -> None:
    accepted = journal.accept(db, "c" * 32, new_id(), "Ich heiße Ali Hassan, Tel. 0611 1234567", language="de", page="/chat")
    (row,) = rows(db)
    assert (row.id, row.text, row.state) == (accepted.id, "Ich heiße <NAME>, Tel. <TELEFON>", "angenommen")
    assert sorted(row.masked_kinds) == ["name", "telefon"]
    assert accepted.new and accepted.reply is None


def test_answer_keeps_the_offices_number_and_masks_the_echo(db: Database) -> None:
    id = journal.accept(db, "c" * 32, new_id(), "Ich heiße Ali Hassan").id
    assert journal.answer(db, id, REPLY, raw="Ich heiße Ali Hassan", intent="faq/x", confidence=0.9, ranking=[("faq/x", 0.9)] * 5, faq="x", model="m.tar.gz", duration_ms=80)
    (entry,) = journal.history(db, "c" * 32)
    assert entry.reply == [{"text": "Guten Tag <NAME>! Telefon: 0561 7892180", "custom": {"typ": "faq"}}]
    (row,) = rows(db)
    assert (row.state, row.intent, row.ranking, row.duration_ms) == ("beantwortet", "faq/x", [["faq/x", 0.9]] * 3, 80)


def test_same_message_twice_is_one_entry_with_the_first_answer(db: Database) -> None:
    client = new_id()
    first = journal.accept(db, "c" * 32, client, "hallo")
    journal.answer(db, first.id, REPLY, raw="hallo")
    second = journal.accept(db, "c" * 32, client, "hallo", one_at_a_time=True)
    assert (second.id, second.new, second.state, second.reply) == (first.id, False, "beantwortet", REPLY)
    assert journal.accept(db, "d" * 32, client, "hallo").new


def test_eight_copies_at_once_are_one_entry(db: Database) -> None:
    client, found = new_id(), []
    threads = [threading.Thread(target=lambda: found.append(journal.accept(db, "c" * 32, client, "hallo"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8 and sum(accepted.new for accepted in found) == 1
    assert len(rows(db)) == 1


def test_one_turn_at_a_time_even_when_both_arrive_at_once(db: Database) -> None:
    refused: list[bool] = []

    def send() -> None:
        try:
            journal.accept(db, "c" * 32, new_id(), "hallo", one_at_a_time=True)
        except journal.TurnOpen:
            refused.append(True)

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 5 and len(rows(db)) == 1


def test_open_turn_of_a_dead_process_does_not_block_for_ever(db: Database, clock: Clock) -> None:
    id = journal.accept(db, "c" * 32, new_id(), "hallo", one_at_a_time=True).id
    assert journal.open_turn(db, "c" * 32) == id
    clock.move(seconds=31)
    assert journal.open_turn(db, "c" * 32) is None
    assert journal.accept(db, "c" * 32, new_id(), "noch da?", one_at_a_time=True).new
    assert journal.fail_stale(db) == 1
    assert [entry.state for entry in journal.history(db, "c" * 32)] == ["gescheitert", "angenommen"]


def test_turn_is_closed_once(db: Database) -> None:
    id = journal.accept(db, "c" * 32, new_id(), "hallo").id
    assert journal.fail(db, id)
    assert not journal.answer(db, id, REPLY, raw="hallo")
    assert not journal.fail(db, "0" * 32)


def test_order_holds_when_the_clock_stands_or_goes_back(db: Database, clock: Clock) -> None:
    for text in ("eins", "zwei", "drei", "vier"):
        journal.accept(db, "c" * 32, new_id(), text)
        clock.move(seconds=-5)
    assert [entry.text for entry in journal.history(db, "c" * 32)] == ["eins", "zwei", "drei", "vier"]
    assert [entry.text for entry in journal.history(db, "c" * 32, most=2)] == ["drei", "vier"]


def test_turns_are_counted_per_conversation_and_span(db: Database, clock: Clock) -> None:
    journal.accept(db, "c" * 32, new_id(), "a")
    clock.move(minutes=2)
    journal.accept(db, "c" * 32, new_id(), "b")
    assert journal.turns(db, "c" * 32) == 2
    assert journal.turns(db, "d" * 32) == 0


def test_history_ends_with_the_time_limit(db: Database, clock: Clock) -> None:
    id = journal.accept(db, "c" * 32, new_id(), "alt").id
    clock.move(days=31)
    assert journal.history(db, "c" * 32) == []
    assert journal.find(db, id) is not None
    clock.move(days=150)
    assert journal.find(db, id) is None


@pytest.mark.parametrize("odd", ["a\x00b", "a\ud800b", "\udfff", "\u2028", "😀", "x" * 5000, ""], ids=repr)
def test_odd_text_is_stored_in_every_field(db: Database, odd: str) -> None:
    accepted = journal.accept(db, "c" * 32, new_id(), odd, language=odd, page=odd)
    assert journal.answer(db, accepted.id, [{"text": odd, odd: [odd]}], raw=odd, intent=odd, confidence=float("nan"), ranking=[(odd, float("inf"))], decision=odd, faq=odd, model=odd)
    (entry,) = journal.history(db, "c" * 32)
    assert "\x00" not in entry.text and not any("\ud800" <= c <= "\udfff" for c in entry.text)
