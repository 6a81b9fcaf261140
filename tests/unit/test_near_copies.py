"""Near copies by meaning, with the real sentence vectors: what is grouped, what is not, and what a label of the group does."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

import pytest

from bot.editor.workspace import Workspace
from bot.store import labels
from bot.store.database import Database
from bot.store.groups import key_of, sort_in
from bot.team.inbox import listing
from bot.team.inbox.near import NearCopies
from bot.team.inbox.nearest import reasons
from bot.team.warm import warm
from tests.web.team.nachrichten import say

pytestmark = pytest.mark.slow
COPIES = ("Was kostet die Anerkennung?", "Wie teuer ist die Anerkennung?")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/lotse.db")
    yield database
    database.close()


def grouped(db: Database) -> list[listing.Item]:
    sort_in(db)
    ready = warm(Workspace())
    ready.wait(300)
    copies = NearCopies(db, ready)
    while copies.step():
        pass
    return listing.page(db).items


def test_same_meaning_and_same_intent_become_one_item(db: Database) -> None:
    for text in COPIES:
        say(db, text, [("faq/kosten-ueberblick", 0.6)])
    say(db, "Wo finde ich die Zentralstelle für Berufsanerkennung?", [("faq/kosten-ueberblick", 0.6)])
    items = grouped(db)
    assert sorted(1 + len(item.near) for item in items) == [1, 2]
    leader = next(item for item in items if item.near)
    assert {leader.text, leader.near[0][1]} == set(COPIES)


def test_same_meaning_with_another_intent_stays_apart(db: Database) -> None:
    for text, intent in zip(COPIES, ("faq/kosten-ueberblick", "faq/anabin")):
        say(db, text, [(intent, 0.6)])
    assert [len(item.near) for item in grouped(db)] == [0, 0]


def test_copies_come_back_when_the_label_was_not_meant_for_them(db: Database) -> None:
    for text in COPIES:
        say(db, text, [("faq/kosten-ueberblick", 0.6)])
    leader = next(item for item in grouped(db) if item.near)
    labels.give(db, "anna", [leader.key], "fremd")
    assert [item.key for item in listing.page(db).items] == [leader.near[0][0]]
    labels.give(db, "anna", [leader.near[0][0]], "fremd")
    assert listing.page(db).items == [] and {row["group_key"] for row in labels.waiting(db)} == set(map(key_of, COPIES))


def test_reasons_name_the_nearest_training_sentences(db: Database) -> None:
    from bot.knowledge.live import shared

    ready = warm(Workspace())
    found = reasons(ready, shared().current(), "Was ist anabin?", wait=True)
    assert found and found[0].intent == "faq/anabin" and found[0].percent > 60 and [r.percent for r in found] == sorted((r.percent for r in found), reverse=True)
