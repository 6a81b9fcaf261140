"""Inbox and labels on both databases: grouping, order, undo, deletion with regret, and what erasure of a conversation takes along."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from bot.store import audit, feedback, groups, journal, labels
from bot.store.database import Database
from bot.store.erase import erase
from bot.store.groups import key_of, learning_value, sort_in
from bot.store.retention import purge
from bot.store.tables import conversations, inbox
from bot.store.tables import journal as rows
from bot.store.values import new_id
from tests.store.conftest import Clock


def say(db: Database, text: str, *, conversation: str = "", decision: str | None = "antwort", confidence: float = 0.8, second: float = 0.1, intent: str = "faq/anabin",
        source: str = "text", page: str = "/chat") -> str:
    """Stores an answered message and returns its id."""
    id = journal.accept(db, conversation or new_id(), new_id(), text, language="de", source=source, page=page).id
    journal.answer(db, id, [{"text": "Antwort"}], raw=text, intent=intent, confidence=confidence, ranking=[[intent, confidence], ["faq/aqb", second]], decision=decision)
    return id


def order(db: Database) -> list[str]:
    with db.read() as connection:
        query = sa.select(rows.c.text).join(inbox, inbox.c.message == rows.c.id).where(inbox.c.open.is_(True)).order_by(inbox.c.value.desc())
        return list(connection.execute(query).scalars())


def group(db: Database, text: str) -> sa.engine.Row | None:
    with db.read() as connection:
        return connection.execute(sa.select(inbox).where(inbox.c.key == key_of(text))).first()


def test_same_words_are_one_row_and_the_newest_stands_for_them(db: Database, clock: Clock) -> None:
    for text in ("Was kostet das?", "was kostet das", "WAS KOSTET DAS!!"):
        last = say(db, text)
        clock.move(minutes=1)
    assert sort_in(db) == 3 and sort_in(db) == 0
    found = group(db, "was kostet das")
    assert found is not None and (found.count, found.message, found.open) == (3, last, True)
    assert found.week == "2026-W48"


def test_buttons_and_test_chats_of_staff_stay_out(db: Database) -> None:
    say(db, "Mehr dazu", source="knopf")
    say(db, "Probe", page=groups.TEST_PAGE)
    say(db, "Echte Frage")
    assert sort_in(db) == 3
    assert order(db) == ["Echte Frage"]


def test_what_teaches_most_comes_first(db: Database) -> None:
    say(db, "sicher verstanden", confidence=0.97, second=0.01)
    say(db, "knapp", confidence=0.42, second=0.4)
    say(db, "abgelehnt", decision="ablehnung", confidence=0.3, second=0.25)
    for _ in range(8):
        say(db, "oft und sicher", confidence=0.97, second=0.01)
    disliked = say(db, "falsch beantwortet", conversation="c" * 32)
    feedback.give(db, "c" * 32, disliked, "falsch")
    sort_in(db)
    assert order(db) == ["falsch beantwortet", "abgelehnt", "oft und sicher", "knapp", "sicher verstanden"]


def test_value_grows_with_doubt_dislike_and_number() -> None:
    assert learning_value(0.9, 0.1, "antwort", 0, 1) < learning_value(0.5, 0.4, "antwort", 0, 1) < learning_value(0.5, 0.4, "vorschlag", 0, 1) < learning_value(0.5, 0.4, "ablehnung", 0, 1)
    assert learning_value(0.9, 0.1, "antwort", 0, 1) < learning_value(0.9, 0.1, "antwort", 0, 20) and learning_value(0.9, 0.1, "antwort", 1, 1) < learning_value(0.9, 0.1, "antwort", 3, 1)
    assert learning_value(None, None, None, 0, 1) > learning_value(0.5, 0.4, "antwort", 0, 1)


def test_late_feedback_moves_a_wording_up(db: Database) -> None:
    id = say(db, "ruhige Frage", conversation="d" * 32, confidence=0.95, second=0.01)
    sort_in(db)
    before = group(db, "ruhige Frage")
    feedback.give(db, "d" * 32, id, "unverstaendlich")
    sort_in(db)
    after = group(db, "ruhige Frage")
    assert before and after and (before.bad, after.bad) == (0, 1) and after.value > before.value + 1


def test_message_without_answer_is_there_too(db: Database) -> None:
    journal.fail(db, journal.accept(db, new_id(), new_id(), "ohne Antwort").id)
    journal.accept(db, new_id(), new_id(), "wartet noch")
    sort_in(db)
    assert order(db) == ["ohne Antwort"]


def test_label_closes_undo_opens_and_both_are_noted(db: Database) -> None:
    say(db, "Frage eins")
    sort_in(db)
    ids = labels.give(db, "anna", [key_of("Frage eins")], "anders", "faq/aqb")
    assert len(ids) == 1 and order(db) == []
    assert labels.give(db, "ben", [key_of("Frage eins")], "richtig") == []
    say(db, "frage eins?")
    sort_in(db)
    assert order(db) == []  # the same wording again is known
    assert labels.undo(db, "anna", ids) == 1 and order(db) == ["frage eins?"]
    assert labels.undo(db, "anna", ids) == 0
    assert [r.action for r in audit.recent(db)].count("posteingang_zurueckgenommen") == 1 and "posteingang_anders" in {r.action for r in audit.recent(db)}
    assert "Frage" not in str([r.detail for r in audit.recent(db)])


def test_two_people_cannot_label_the_same(db: Database) -> None:
    say(db, "umstritten")
    sort_in(db)
    assert labels.give(db, "anna", [key_of("umstritten")], "fremd") and not labels.give(db, "ben", [key_of("umstritten")], "richtig", "faq/anabin")


def test_unknown_kind_is_refused(db: Database) -> None:
    with pytest.raises(ValueError):
        labels.give(db, "anna", ["0" * 32], "egal")


def test_deletion_waits_for_regret_and_then_leaves_nothing(db: Database, clock: Clock) -> None:
    id = say(db, "meine Nachbarin ist krank", conversation="e" * 32)
    with db.write() as connection:
        connection.execute(conversations.insert().values(id="e" * 32, data="krank", turns=1, updated=db.now()))
    feedback.give(db, "e" * 32, id, "hilft")
    sort_in(db)
    ids = labels.give(db, "anna", [key_of("meine Nachbarin ist krank")], "geloescht")
    clock.move(minutes=9)
    assert labels.wipe(db) == 0 and journal.find(db, id) is not None
    labels.undo(db, "anna", ids)
    clock.move(minutes=5)
    assert labels.wipe(db) == 0
    labels.give(db, "anna", [key_of("meine Nachbarin ist krank")], "geloescht")
    clock.move(minutes=11)
    assert labels.wipe(db) == 1
    assert journal.find(db, id) is None and group(db, "meine Nachbarin ist krank") is None and feedback.of_message(db, id) == []
    with db.read() as connection:
        assert connection.execute(sa.select(conversations)).all() == []


def test_erased_conversation_takes_its_wording_along_unless_others_said_it_too(db: Database) -> None:
    say(db, "nur von mir", conversation="a" * 32)
    say(db, "von vielen", conversation="a" * 32)
    say(db, "von vielen", conversation="b" * 32)
    sort_in(db)
    [waits], [mine] = labels.give(db, "anna", [key_of("von vielen")], "richtig", "faq/anabin"), labels.give(db, "anna", [key_of("nur von mir")], "richtig", "faq/anabin")
    labels.taken(db, {mine: "nur von mir"})
    erase(db, "a" * 32)
    assert group(db, "nur von mir") is None and group(db, "von vielen").count == 1  # type: ignore[union-attr]
    assert [row.sentence for row in labels.withdrawn(db)] == ["nur von mir"]
    assert [row["id"] for row in labels.waiting(db)] == [waits] and labels.waiting(db)[0]["text"] == "von vielen"
    erase(db, "b" * 32)
    assert labels.waiting(db) == []


def test_retention_empties_the_inbox(db: Database, clock: Clock) -> None:
    say(db, "alt")
    clock.move(days=100)
    say(db, "alt")
    say(db, "neu")
    sort_in(db)
    clock.move(days=81)
    purge(db)
    assert group(db, "alt").count == 1 and group(db, "neu") is not None  # type: ignore[union-attr]
    clock.move(days=100)
    purge(db)
    assert group(db, "alt") is None and group(db, "neu") is None


def test_week_follows_iso_at_the_turn_of_the_year() -> None:
    assert groups.week_of(dt.datetime(2027, 1, 1)) == "2026-W53" and groups.week_of(dt.datetime(2027, 1, 4)) == "2027-W01"
