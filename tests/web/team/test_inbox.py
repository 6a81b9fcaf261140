"""The inbox in the console: what a page shows, each action as a form and as a script, filters, undo, reports and searches."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from bot.store import audit, feedback, picks, reports
from bot.store.groups import key_of, sort_in
from bot.store.tables import labels as table
from bot.team import roles
from bot.team.inbox import listing
from bot.team.inbox.listing import Filters
from tests.web.team.nachrichten import say

JSON = {"accept": "application/json"}


@pytest.fixture
def db(client: TestClient):
    return client.app.state.database  # type: ignore[attr-defined]


def stored(db) -> list[tuple[str, str | None, bool]]:
    with db.read() as connection:
        return [(row.kind, row.intent, row.undone is None) for row in connection.execute(table.select().order_by(table.c.created, table.c.id))]


def test_page_tells_what_was_understood_and_what_came_next(client: TestClient, sign_in, db) -> None:
    talk = "a" * 32
    first = say(db, "Was bringt mir anabin?", conversation=talk)
    say(db, "Was bringt mir denn anabin", [("faq/aqb", 0.4)], conversation=talk)
    feedback.give(db, talk, first, "falsch", "Das war nicht die Frage")
    say(db, "Wo ist die Beratung?", conversation="b" * 32)
    say(db, "Beratung in der Nähe", source="knopf", conversation="b" * 32)
    say(db, "Ganz allein")
    sign_in(roles.LABEL)
    page = client.get("/team/posteingang").text
    anabin = client.app.state.knowledge.current().faqs["anabin"].frage  # type: ignore[attr-defined]
    assert f"<strong>{anabin}</strong>" in page and "50&nbsp;%" in page.replace(" %", "&nbsp;%")
    assert "fragte noch einmal anders: „<bdi>Was bringt mir denn anabin</bdi>“" in page and "Rückmeldung: <strong>falsch</strong> „<bdi>Das war nicht die Frage</bdi>“" in page
    assert "drückte: „<bdi>Beratung in der Nähe</bdi>“" in page and "Danach: Die Person ging" in page
    assert page.index("Was bringt mir anabin?") < page.index("Ganz allein")


def test_empty_inbox_says_so(client: TestClient, sign_in) -> None:
    sign_in(roles.READ)
    assert "Alles zugeordnet." in client.get("/team/posteingang").text
    assert "Mit diesen Filtern ist nichts offen." in client.get("/team/posteingang?sicherheit=unsicher").text


def test_readers_see_no_buttons(client: TestClient, sign_in, db) -> None:
    say(db, "Eine Frage")
    sign_in(roles.READ)
    page = client.get("/team/posteingang").text
    assert "Eine Frage" in page and 'name="art"' not in page


@pytest.mark.parametrize(("sent", "kind", "intent"), [
    ({"art": "richtig"}, "richtig", "faq/anabin"), ({"art": "anders", "absicht": "faq/aqb"}, "anders", "faq/aqb"), ({"art": "fremd"}, "fremd", None), ({"art": "geloescht"}, "geloescht", None),
    ({"art": "neu", "titel": "Darf ich das?"}, "neu", None), ({"art": "weggelegt"}, "weggelegt", None),
])
def test_each_action_as_a_form_and_back(client: TestClient, sign_in, db, sent: dict[str, str], kind: str, intent: str | None) -> None:
    say(db, "Eine Frage")
    sort_in(db)
    csrf, key = sign_in(roles.LABEL), key_of("Eine Frage")
    answer = client.post(f"/team/posteingang/{key}", data={"csrf": csrf, "zurueck": "sprache=de&boese=1", **sent})
    assert answer.status_code == 303 and answer.headers["location"].startswith("/team/posteingang?sprache=de&zuletzt=")
    assert stored(db) == [(kind, intent, True)]
    page = client.get(answer.headers["location"]).text
    ids = re.search(r'name="ids" value="([0-9a-f,]+)"', page)
    assert ids and "Eine Frage" not in page
    assert client.post("/team/posteingang/zurueck", data={"csrf": csrf, "ids": ids[1]}).status_code == 303
    assert stored(db) == [(kind, intent, False)] and "Eine Frage" in client.get("/team/posteingang").text
    assert {f"posteingang_{kind}", "posteingang_zurueckgenommen"} <= {row.action for row in audit.recent(db) if row.actor == "beschriften@lotse.example"}


def test_script_gets_json_and_a_question_may_be_chosen_by_its_words(client: TestClient, sign_in, db) -> None:
    say(db, "Eine Frage")
    sort_in(db)
    csrf, key = sign_in(roles.LABEL), key_of("Eine Frage")
    question = client.app.state.knowledge.current().faqs["aqb"].frage  # type: ignore[attr-defined]
    wrong = client.post(f"/team/posteingang/{key}", data={"art": "anders", "absicht": "gibt es nicht"}, headers={"x-csrf": csrf, **JSON})
    assert wrong.status_code == 400 and "gibt es nicht" in wrong.json()["fehler"]
    done = client.post(f"/team/posteingang/{key}", data={"art": "anders", "absicht": question}, headers={"x-csrf": csrf, **JSON})
    assert len(done.json()["ids"]) == 1 and stored(db) == [("anders", "faq/aqb", True)]
    again = client.post(f"/team/posteingang/{key}", data={"art": "richtig"}, headers={"x-csrf": csrf, **JSON})
    assert again.status_code == 409 and "jemand anders" in again.json()["fehler"]
    assert client.post("/team/posteingang/zurueck", data={"ids": ",".join(done.json()["ids"])}, headers={"x-csrf": csrf, **JSON}).status_code == 200


@pytest.mark.parametrize("art", ["", "egal", "richtig; DROP TABLE labels"])
def test_unknown_actions_change_nothing(client: TestClient, sign_in, db, art: str) -> None:
    say(db, "Eine Frage")
    sort_in(db)
    csrf = sign_in(roles.LABEL)
    assert client.post(f"/team/posteingang/{key_of('Eine Frage')}", data={"art": art}, headers={"x-csrf": csrf, **JSON}).status_code == 400
    assert stored(db) == []


@pytest.mark.parametrize(("query", "shown"), [
    ("", {"sicher", "unsicher", "gemocht nicht", "alt", "ukrainisch", "abgelehnt"}), ("sicherheit=unsicher", {"unsicher", "abgelehnt"}), ("rueckmeldung=schlecht", {"gemocht nicht"}), ("rueckmeldung=veraltet", {"alt"}),
    ("sprache=uk", {"ukrainisch"}), ("entscheidung=ablehnung", {"abgelehnt"}), ("entscheidung=ablehnung&sprache=uk", set()), ("woche=1999-W01", set()), ("woche=quatsch", {"sicher", "unsicher", "gemocht nicht", "alt", "ukrainisch", "abgelehnt"}),
])
def test_filters(client: TestClient, sign_in, db, query: str, shown: set[str]) -> None:
    sure = [("faq/anabin", 0.95), ("faq/aqb", 0.01)]
    say(db, "sicher", sure)
    say(db, "unsicher", [("faq/anabin", 0.4), ("faq/aqb", 0.39)])
    say(db, "ukrainisch", sure, language="uk")
    say(db, "abgelehnt", [("out_of_scope", 0.3)], decision="ablehnung")
    for text, reason, talk in (("gemocht nicht", "falsch", "a" * 32), ("alt", "veraltet", "b" * 32)):
        feedback.give(db, talk, say(db, text, sure, conversation=talk), reason)
    sign_in(roles.READ)
    page = client.get(f"/team/posteingang?{query}").text
    assert set(re.findall(r'class="satz"[^>]*>([^<]+)<', page)) == shown


def test_pages_follow_without_gaps_or_doubles(db) -> None:
    for number in range(75):
        say(db, f"Frage Nummer {number}", [("faq/anabin", 0.5), ("faq/aqb", 0.3 + (number % 3) / 10)])
    sort_in(db)
    seen: list[str] = []
    further = ""
    for _ in range(4):
        page = listing.page(db, Filters(), further)
        seen += [item.text for item in page.items]
        further = page.further
        if not further:
            break
    assert len(seen) == 75 and len(set(seen)) == 75 and further == ""


def test_new_faq_proposals_are_on_the_list_of_open_questions(client: TestClient, sign_in, db) -> None:
    from bot.team import gaps

    say(db, "Was ist mit Steuern?")
    sort_in(db)
    csrf = sign_in(roles.LABEL)
    client.post(f"/team/posteingang/{key_of('Was ist mit Steuern?')}", data={"csrf": csrf, "art": "neu"})
    assert [(row.title, row.state) for row in gaps.listed(db)] == [("Was ist mit Steuern?", "neu")]


def test_detail_page_explains_with_training_sentences(client: TestClient, sign_in, db) -> None:
    say(db, "Wie funktioniert anabin?")
    sort_in(db)
    sign_in(roles.READ)
    page = client.get(f"/team/posteingang/{key_of('Wie funktioniert anabin?')}").text
    assert page.count("<q>") == 5 and "Eine Antwort." in page and "anabin" in page
    found = client.get(f"/team/posteingang/{key_of('Wie funktioniert anabin?')}/warum").json()["gruende"]
    assert len(found) == 5 and found[0]["naehe"] >= found[4]["naehe"]
    assert client.get(f"/team/posteingang/{'0' * 32}").status_code == 404


def test_reports_are_taken_up_and_closed(client: TestClient, sign_in, db) -> None:
    id = reports.report(db, "anabin", "veraltet", "Die Gebühr stimmt nicht mehr.", "/faq/anabin")
    reports.report(db, "barrierefreiheit", "barriere", "Knopf ohne Namen", "/barrierefreiheit")
    csrf = sign_in(roles.LABEL)
    page = client.get("/team/meldungen").text
    assert "Die Gebühr stimmt nicht mehr." in page and "Knopf ohne Namen" in page
    assert "Gebühr" not in client.get("/team/meldungen?grund=barriere").text
    assert client.post(f"/team/meldungen/{id}", data={"csrf": csrf, "zustand": "erledigt", "notiz": "geändert"}).status_code == 303
    assert "Gebühr" not in client.get("/team/meldungen").text and "geändert" in client.get("/team/meldungen?zustand=erledigt").text
    assert client.post(f"/team/meldungen/{id}", data={"csrf": csrf, "zustand": "egal"}).status_code == 400
    assert client.post(f"/team/meldungen/{'0' * 32}", data={"csrf": csrf, "zustand": "neu"}).status_code == 404


def test_outdated_answers_are_found_from_both_sides(client: TestClient, sign_in, db) -> None:
    feedback.give(db, "b" * 32, say(db, "Wie lange gilt das?", conversation="b" * 32), "veraltet")
    sort_in(db)
    sign_in(roles.READ)
    assert "nichts offen" in client.get("/team/posteingang?rueckmeldung=veraltet").text and "Beratenden als" not in client.get("/team/posteingang").text
    for reason in ("veraltet", "falsch", "quelle"):
        reports.report(db, "anabin", reason, "Neues Gesetz")
    page = client.get("/team/posteingang?rueckmeldung=veraltet").text
    assert "Wie lange gilt das?" in page and '<a href="/team/meldungen?grund=veraltet">1 offene Meldung</a>' in page
    tab = client.get("/team/meldungen?grund=veraltet").text
    assert tab.count("Neues Gesetz") == 1 and '<a href="/team/posteingang?rueckmeldung=veraltet">1 Frage im Posteingang</a>' in tab
    assert "im Posteingang" not in client.get("/team/meldungen?grund=quelle").text and "Link oder Quelle</li>" in client.get("/team/meldungen").text


def test_searches_are_counted_and_become_phrasings(client: TestClient, sign_in, db) -> None:
    for rank in (5, 6):
        picks.pick(db, "zeugnis bewerten lassen", "anabin", rank)
    picks.pick(db, "aqb", "aqb", 1)
    csrf = sign_in(roles.LABEL)
    page = client.get("/team/suchen").text
    assert page.index("zeugnis bewerten lassen") < page.index("<bdi>aqb</bdi>") and "5,5" in page
    keys = re.findall(r'action="/team/suchen/([0-9a-f]{32})"', page)
    assert client.post(f"/team/suchen/{keys[0]}", data={"csrf": csrf, "aktion": "merken"}).status_code == 303
    assert client.post(f"/team/suchen/{keys[1]}", data={"csrf": csrf, "aktion": "weglegen"}).status_code == 303
    assert "Keine Suchen." in client.get("/team/suchen").text
    assert sorted(stored(db), key=str) == [("richtig", "faq/anabin", True), ("weggelegt", "faq/aqb", True)]
    assert "zeugnis bewerten lassen" in client.get("/team/uebernehmen").text


def test_chats_of_staff_stay_out(client: TestClient, sign_in) -> None:
    sign_in(roles.READ)
    assert client.cookies.get("lotse_probe", path="/api/chat") == "1"
    client.post("/api/chat/start", json={"seite": "/chat"})
    identity = client.app.state.chat.signer._open("cookie", client.cookies.get("lotse", path="/api/chat"))  # type: ignore[attr-defined]
    assert identity[1] == "/team/"
