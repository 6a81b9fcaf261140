"""What the console asks of the database, on SQLite and on PostgreSQL: pages of the inbox, clusters, figures, sample, two people at once."""

from __future__ import annotations

import threading

import pytest

from bot.knowledge.live import shared
from bot.store import audit, feedback, labels
from bot.store.database import Database
from bot.store.groups import key_of, sort_in
from bot.team import gaps
from bot.team.inbox import listing
from bot.team.inbox.listing import DECISIONS, FEEDBACK, Filters
from bot.team.stats import cube, figures, sample
from bot.team.stats.quarter import Quarter
from tests.store.conftest import Clock
from tests.web.team.nachrichten import say


@pytest.fixture
def filled(db: Database, clock: Clock) -> Database:
    for number in range(40):
        talk = f"{number % 20:032x}"
        id = say(db, f"Frage {number % 12}", [("faq/anabin", 0.4), ("faq/aqb", 0.3)], conversation=talk, decision=("antwort", "vorschlag", "ablehnung")[number % 3], language=("de", "uk")[number % 2],
                 kreis="Kassel" if number % 4 == 0 else None)
        if number % 5 == 0:
            feedback.give(db, talk, id, ("falsch", "veraltet", "hilft")[number % 3])
        clock.move(minutes=1)
    sort_in(db)
    return db


def test_pages_filters_and_counts(filled: Database) -> None:
    everything = listing.page(filled, size=5)
    assert len(everything.items) == 5 and everything.further and everything.items[0].value >= everything.items[-1].value
    rest = listing.page(filled, after=everything.further, size=50)
    assert len(rest.items) == 7 and not rest.further
    assert all(item.next is not None for item in rest.items)
    counts = listing.counts(filled)
    assert (counts["wortlaute"], counts["nachrichten"]) == (12, 40) and dict(counts["sprachen"]).keys() == {"de", "uk"}
    for filters in (*(Filters(entscheidung=d) for d in DECISIONS), *(Filters(rueckmeldung=f) for f in FEEDBACK), Filters(sicherheit="unsicher"), Filters(sprache="uk"), Filters(woche="2026-W48")):
        assert len(listing.page(filled, filters, size=50).items) <= 12
    assert len(listing.page(filled, Filters(sicherheit="unsicher"), size=50).items) == 12


def test_clusters_figures_cube_and_sample(filled: Database, clock: Clock) -> None:
    quarter = Quarter.of(filled.now())
    assert sum(c.messages for c in gaps.clusters(filled)) > 0
    assert int(figures.figures(filled, quarter).outcomes.numbers.counts[-1, -1]) == 40
    found = cube.cube(filled, shared().current(), quarter)
    assert int(found.numbers.counts[-1, -1, -1]) >= 20 and "Kassel" in found.places
    clock.move(days=7)
    assert sample.draw(filled, "anna", sample.last_week(filled)) == 40
    drawn = sample.show(filled, sample.last_week(filled), "anna")
    assert sample.rate(filled, "anna", drawn[0].id, "richtig") and sample.rate(filled, "ben", drawn[0].id, "falsch") and not sample.rate(filled, "carla", drawn[0].id, "falsch")
    assert sample.outcome(filled, sample.last_week(filled)).disputed == 1


def test_only_one_of_many_labels_counts(filled: Database) -> None:
    given: list[list[str]] = []
    threads = [threading.Thread(target=lambda n=n: given.append(labels.give(filled, f"person{n}", [key_of("Frage 3")], "fremd"))) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(len, given)) == [0, 0, 0, 0, 0, 1]


def test_sorting_in_from_many_sides_counts_each_message_once(db: Database, url: str) -> None:
    for number in range(60):
        say(db, f"Frage {number % 7}")
    troubles: list[BaseException] = []

    def work() -> None:
        try:
            sort_in(Database(url, db.now))
        except BaseException as error:
            troubles.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sort_in(db)
    assert troubles == [] and listing.counts(db)["nachrichten"] == 60


def test_audit_pages(db: Database) -> None:
    for number in range(12):
        audit.note(db, "anna", "a" if number % 2 else "b", str(number))
    first = audit.search(db, most=5)
    second = audit.search(db, before=(first[-1].created, first[-1].id), most=50)
    assert len({row.id for row in (*first, *second)}) == 12 and len(audit.search(db, action="a")) == 6 and audit.names(db) == (["anna"], ["a", "b"])
