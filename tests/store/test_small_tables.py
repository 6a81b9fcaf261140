"""Feedback, reports, picks, audit, conversations: what goes in comes out, masked and within its time."""

from __future__ import annotations

import pytest

from bot.store import audit, conversations, feedback, journal, picks, reports
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.limits import Limits
from bot.store.values import new_id
from tests.store.conftest import Clock

ODD = ["a\x00b", "a\ud800b", "x" * 5000]


def turn(db: Database, conversation: str = "c" * 32) -> str:
    id = journal.accept(db, conversation, new_id(), "hallo").id
    journal.answer(db, id, [], raw="hallo", faq="anabin")
    return id


def test_feedback_names_the_answer_and_masks_the_text(db: Database) -> None:
    id = turn(db)
    assert feedback.give(db, "c" * 32, id, "falsch", "Ich heiße Olena Bondar")
    (row,) = feedback.of_message(db, id)
    assert (row.faq, row.reason, row.text) == ("anabin", "falsch", "Ich heiße <NAME>")


def test_second_feedback_replaces_the_first(db: Database) -> None:
    id = turn(db)
    feedback.give(db, "c" * 32, id, "falsch")
    feedback.give(db, "c" * 32, id, "hilft")
    assert [row.reason for row in feedback.of_message(db, id)] == ["hilft"]


def test_nobody_rates_the_answers_of_others(db: Database) -> None:
    id = turn(db)
    assert feedback.give(db, "d" * 32, id, "falsch") is None
    assert feedback.of_message(db, id) == []
    with pytest.raises(ValueError):
        feedback.give(db, "c" * 32, id, "egal")


def test_report_waits_until_it_is_done(db: Database) -> None:
    id = reports.report(db, "anabin", "veraltet", "Sagt Frau Kowalczyk, Tel. 0611 1234567", "/faq/anabin")
    (row,) = reports.waiting(db)
    assert (row.faq, row.state, row.text) == ("anabin", "neu", "Sagt Frau <NAME>, Tel. <TELEFON>")
    assert reports.handle(db, id, "erledigt", "anna", "berichtigt")
    assert reports.waiting(db) == []
    assert not reports.handle(db, "0" * 32, "erledigt", "anna")
    with pytest.raises(ValueError):
        reports.handle(db, id, "weg", "anna")


def test_pick_is_masked(db: Database) -> None:
    picks.pick(db, "frage von a.b@beispiel.example", "anabin", 2)
    (row,) = picks.recent(db)
    assert (row.query, row.faq, row.rank) == ("frage von <E-MAIL>", "anabin", 2)


def test_conversation_is_replaced_and_hidden_past_its_time(db: Database, clock: Clock) -> None:
    conversations.save(db, "c" * 32, "[1]", 1)
    conversations.save(db, "c" * 32, "[1, 2]", 2)
    assert conversations.load(db, "c" * 32)[:2] == ("[1, 2]", 2)  # type: ignore[index]
    assert conversations.ids(db) == ["c" * 32]
    clock.move(days=30)
    assert conversations.load(db, "c" * 32) is None
    assert conversations.ids(db) == []


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_odd_text_is_stored_in_every_field(db: Database, odd: str) -> None:
    id = turn(db)
    assert feedback.give(db, "c" * 32, id, "falsch", odd)
    reports.handle(db, reports.report(db, odd, odd, odd, odd), "in_arbeit", odd, odd)
    picks.pick(db, odd, odd, 1)
    audit.note(db, odd, odd, odd, {odd: [odd]})
    assert len(reports.waiting(db)) == len(picks.recent(db)) == len(audit.recent(db)) == 1


@pytest.mark.parametrize("value", ["-1", "1.5", "viele", "181", "²"])
def test_unusable_limit_is_named(value: str) -> None:
    with pytest.raises(StoreError, match="LOTSE_TAGE_GESPRAECHE"):
        Limits.from_environment({"LOTSE_TAGE_GESPRAECHE": value})
