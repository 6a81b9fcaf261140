"""Analytics, open questions and the sample in the console."""

from __future__ import annotations

import random
import re

import pytest
from starlette.testclient import TestClient

from bot.store import audit, feedback, journal
from bot.store.erase import erase
from bot.store.groups import key_of, sort_in
from bot.team import gaps, roles
from bot.team.stats import cube, figures, sample
from bot.team.stats.quarter import Quarter
from tests.web.team.nachrichten import say


@pytest.fixture
def db(client: TestClient):
    return client.app.state.database  # type: ignore[attr-defined]


@pytest.fixture
def knowledge(client: TestClient):
    return client.app.state.knowledge.current()  # type: ignore[attr-defined]


def crowd(db, number: int, place: str, text: str = "Was kostet das?", intent: str = "faq/anabin", **more) -> None:
    """Lets some people ask a question and then for an office in a Kreis."""
    for _ in range(number):
        talk = f"{random.getrandbits(128):032x}"
        say(db, text, [(intent, 0.9)], conversation=talk, **more)
        say(db, "Beratung", [("beratung_finden", 0.9)], conversation=talk, kreis=place)


def test_district_comes_from_the_talk_and_small_cells_are_hidden(client: TestClient, sign_in, db, knowledge) -> None:
    crowd(db, 30, "Kassel")
    crowd(db, 3, "Fulda")
    crowd(db, 40, "Gießen")
    found = cube.cube(db, knowledge, Quarter.of(db.now()))
    topic = knowledge.themen[knowledge.faqs["anabin"].thema].titel
    t, week = found.topics.index(topic), -1
    shown = {place: found.numbers.text(t, week, found.places.index(place)) for place in ("Kassel", "Fulda", "Gießen")}
    assert shown["Fulda"] == "< 5" and "•" in (shown["Kassel"], shown["Gießen"], found.numbers.text(t, week, -1))
    sign_in(roles.READ)
    page = client.get("/team/auswertung").text
    assert "&lt; 5" in page and ">3<" not in page
    only = client.get("/team/auswertung?kreis=Fulda").text
    assert "Themen je Woche, Fulda" in only and ">3<" not in only
    table = client.get("/team/auswertung.csv?tabelle=themen").text
    assert ";Fulda;< 5" in table and not re.search(r"Fulda;[1-4]\b", table)
    assert audit.recent(db)[0].action == "auswertung_ausgeleitet"


def test_a_talk_counts_once_per_topic_and_week(db, knowledge) -> None:
    talk = "a" * 32
    for number in range(7):
        say(db, f"Frage {number}", [("faq/anabin", 0.9)], conversation=talk)
    found = cube.cube(db, knowledge, Quarter.of(db.now()))
    assert int(found.numbers.counts[-1, -1, -1]) == 1 and found.numbers.text(-1, -1, -1) == "< 5"


def test_tests_buttons_and_small_talk_do_not_count(client: TestClient, sign_in, db, knowledge) -> None:
    say(db, "Probe", [("faq/anabin", 0.9)], page="/team/")
    say(db, "Mehr dazu", [("faq/anabin", 0.9)], source="knopf")
    say(db, "Hallo", [("gespraech/gruss", 0.9)])
    found = cube.cube(db, knowledge, Quarter.of(db.now()))
    assert found.topics == ()
    numbers = figures.figures(db, Quarter.of(db.now())).outcomes.numbers
    assert int(numbers.counts[-1, -1]) == 1
    sign_in(roles.READ)
    assert client.get("/team/auswertung").status_code == 200


def test_outcomes_opinions_and_languages(client: TestClient, sign_in, db) -> None:
    for number in range(12):
        talk = f"{number:032x}"
        id = say(db, f"Frage {number}", [("faq/anabin", 0.9)], conversation=talk, language="uk" if number < 6 else "de", decision="vorschlag" if number < 6 else "antwort")
        feedback.give(db, talk, id, "falsch" if number < 6 else "hilft")
    found = figures.figures(db, Quarter.of(db.now()))
    assert [found.outcomes.numbers.text(len(found.outcomes.rows), c) for c in range(4)] == ["6", "6", "0", "0"]
    assert dict(zip(found.languages.rows, [found.languages.numbers.text(n) for n in range(2)])) == {"de": "6", "uk": "6"}
    sign_in(roles.READ)
    page = client.get("/team/auswertung").text
    assert page.count("<rect") == 2 and "Українська" in page and "style=" not in page
    for name in ("themen", "ergebnisse", "rueckmeldungen", "sprachen"):
        assert client.get(f"/team/auswertung.csv?tabelle={name}").status_code == 200
    assert client.get("/team/auswertung.csv?tabelle=../../x").status_code == 404


def test_empty_quarter_says_so(client: TestClient, sign_in) -> None:
    sign_in(roles.READ)
    assert "gibt es keine Nachrichten" in client.get("/team/auswertung?quartal=2020-Q1").text


def test_open_questions_get_an_owner_and_a_state(client: TestClient, sign_in, db) -> None:
    for _ in range(3):
        say(db, "Wer zahlt die Miete?", [("out_of_scope", 0.4)], decision="ablehnung")
    say(db, "einmal und gut beantwortet", [("faq/anabin", 0.9)])
    sort_in(db)
    assert [(c.text, c.messages) for c in gaps.clusters(db)] == [("Wer zahlt die Miete?", 3)]
    csrf = sign_in(roles.LABEL)
    assert "Wer zahlt die Miete?" in client.get("/team/luecken").text
    assert client.post("/team/luecken", data={"csrf": csrf, "gruppe": key_of("Wer zahlt die Miete?")}).status_code == 303
    [row] = gaps.listed(db)
    assert (row.owner, row.state, row["count"]) == ("beschriften@lotse.example", "in_arbeit", 3) and gaps.clusters(db) == []
    sent = {"csrf": csrf, "wer": "", "zustand": "erledigt", "titel": "Miete", "notiz": "Gibt es jetzt, Rückfragen an 0561 7874321"}
    assert client.post(f"/team/luecken/{row.id}", data=sent).status_code == 303
    [row] = gaps.listed(db)
    assert (row.title, row.state, row.owner) == ("Miete", "erledigt", "") and "7874321" not in row.note
    assert client.post(f"/team/luecken/{row.id}", data=sent | {"wer": "niemand@x.example"}).status_code == 400
    assert client.post(f"/team/luecken/{row.id}", data=sent | {"zustand": "egal"}).status_code == 400


def week_later(client: TestClient, db) -> str:
    import datetime as dt

    start = db.now
    db.now = lambda: start() + dt.timedelta(days=7)
    return sample.last_week(db)


def test_sample_is_drawn_once_and_rated_blindly_by_two(client: TestClient, sign_in, db) -> None:
    for number in range(60):
        say(db, f"Frage {number}", [("faq/anabin", 0.9)])
    week = week_later(client, db)
    csrf = sign_in(roles.LABEL)
    assert f"Stichprobe für {week} ziehen" in client.get("/team/stichprobe").text
    for _ in range(2):
        assert client.post("/team/stichprobe", data={"csrf": csrf, "woche": week}).status_code == 303
    assert sample.outcome(db, week).drawn == 50
    first = sample.show(db, week, "beschriften@lotse.example")[0]
    sample.rate(db, "anna", first.id, "falsch")
    again = next(d for d in sample.show(db, week, "beschriften@lotse.example") if d.id == first.id)
    assert again.count == 1 and again.ratings == ()
    assert "Andere" not in client.get("/team/stichprobe").text
    assert client.post(f"/team/stichprobe/{first.id}", data={"csrf": csrf, "urteil": "richtig", "woche": week}).status_code == 303
    page = client.get(f"/team/stichprobe?woche={week}").text
    assert ">falsch</td>" in page and "1 uneinig" in page
    assert not sample.rate(db, "dritte", first.id, "richtig") and sample.rate(db, "anna", first.id, "richtig")
    found = sample.outcome(db, week)
    assert (found.twice, found.disputed, found.right.count) == (1, 0, 1)


def test_sample_follows_erasure_and_takes_no_future_week(client: TestClient, sign_in, db) -> None:
    for number in range(3):
        say(db, f"Frage {number}", conversation=f"{number:032x}")
    week = week_later(client, db)
    sample.draw(db, "anna", week)
    erase(db, "0" * 32)
    assert len(sample.show(db, week, "anna")) == 2
    csrf = sign_in(roles.LABEL)
    for wrong in ("2999-W01", "quatsch", "2026-W99"):
        assert client.post("/team/stichprobe", data={"csrf": csrf, "woche": wrong}).status_code == 400
    assert client.post(f"/team/stichprobe/{'0' * 32}", data={"csrf": csrf, "urteil": "richtig"}).status_code == 404


def test_gateway_keeps_the_district_of_the_answer(db) -> None:
    id = say(db, "Beratung in Kassel", kreis="Kassel")
    assert journal.find(db, id).kreis == "Kassel"  # type: ignore[union-attr]
