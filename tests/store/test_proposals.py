"""Proposals: kept whole, decided once, never by their author."""

from __future__ import annotations

import pytest

from bot.editor.changes import Change, FileEdit
from bot.store import proposals
from bot.store.database import Database
from bot.store.errors import StoreError
from tests.store.conftest import Clock

ANNA, BEN = "Anna A <anna@b.example>", "Ben B <ben@b.example>"
CHANGE = Change("Antwort „anabin“ neu", (FileEdit("data/faq/anabin.yml", "frage: ä\n".encode(), b"frage: b\n"), FileEdit("data/faq/neu.yml", None, b"\xef\xbb\xbfa: 1\r\n")), ("Hinweis",))


def test_change_comes_back_byte_for_byte(db: Database) -> None:
    id = proposals.propose(db, ANNA, CHANGE.title, CHANGE.to_json())
    row = proposals.find(db, id)
    assert row and (row.author, row.state, Change.from_json(row.change)) == (ANNA, "offen", CHANGE)
    assert proposals.find(db, "0" * 32) is None


def test_open_ones_are_listed_oldest_first(db: Database, clock: Clock) -> None:
    ids = []
    for _ in range(3):
        ids.append(proposals.propose(db, ANNA, "x", "{}"))
        clock.move(minutes=1)
    assert proposals.decide(db, ids[1], "abgelehnt", BEN, "Quelle fehlt")
    assert [row.id for row in proposals.in_state(db)] == [ids[0], ids[2]]
    [row] = proposals.in_state(db, "abgelehnt")
    assert (row.decided_by, row.note, row.decided) == (BEN, "Quelle fehlt", clock.time)


def test_it_is_decided_once_and_by_another_person(db: Database) -> None:
    id = proposals.propose(db, ANNA, "x", "{}")
    with pytest.raises(StoreError, match="zweite Person"):
        proposals.decide(db, id, "angenommen", "Anna Andersgeschrieben <ANNA@b.example>")
    assert [proposals.decide(db, id, "angenommen", BEN), proposals.decide(db, id, "abgelehnt", BEN), proposals.decide(db, "0" * 32, "abgelehnt", BEN)] == [True, False, False]
    assert proposals.propose(db, ANNA, "y", "{}") and proposals.decide(db, proposals.in_state(db)[0].id, "ueberholt", ANNA)


@pytest.mark.parametrize("state", ["offen", "vielleicht", ""])
def test_only_decisions_are_decisions(db: Database, state: str) -> None:
    with pytest.raises(StoreError, match="keine Entscheidung"):
        proposals.decide(db, "0" * 32, state, BEN)


def test_too_large_change_is_refused(db: Database) -> None:
    with pytest.raises(StoreError, match="4 MiB"):
        proposals.propose(db, ANNA, "x", "x" * (proposals.LARGEST + 1))
