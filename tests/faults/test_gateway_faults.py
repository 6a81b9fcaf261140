"""What a visitor sees when a part fails, and that no message is lost or answered twice."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from typing import Any, Callable

import httpx
import pytest
import sqlalchemy as sa

from bot.store.database import Database
from bot.store.tables import conversations
from tests.faults.conftest import LIMIT, frozen, kill, wait_for
from tests.web.chat.visitor import API, JSON, Visitor, events, new_id

pytestmark = pytest.mark.slow
QUESTION = "Was kostet die Anerkennung?"


def refused(person: Visitor, id: str) -> dict[str, Any]:
    """Sends a message that cannot be answered and returns what the person reads, within ten seconds."""
    begin = time.monotonic()
    answer = person.send(QUESTION, id=id)
    assert time.monotonic() - begin < LIMIT
    assert answer.status_code == 503 and "+49 30 1815-1111" in answer.json()["fehler"]
    assert any(link["url"].endswith("/faq") for link in answer.json()["links"])
    return dict(answer.json())


def parts(lotse: Any) -> dict[str, bool]:
    return dict(httpx.get(f"{lotse.web_url}/bereit", timeout=LIMIT).json()["teile"])


def said(lotse: Any, id: str) -> int:
    """Counts how often Rasa has the message with this journal id."""
    with Database(lotse.database).read() as connection:
        rows = connection.execute(sa.select(conversations.c.data)).scalars().all()
    return sum(event["event"] == "user" and event.get("message_id") == id for row in rows for event in json.loads(row))


def answered_once(person: Visitor, lotse: Any, id: str) -> None:
    """Sends the message again, and again: one answer, one turn."""
    first = events(person.send(QUESTION, id=id))
    assert [name for name, _ in first] == ["antwort", "ende"] and first[0][1]["daten"]["faq"] == "kosten-ueberblick"
    again = events(person.send(QUESTION, id=id))
    assert again[0][1]["text"] == first[0][1]["text"] and again[1] == first[1]
    assert said(lotse, first[1][1]["id"]) == 1
    assert [one["von"] for one in person.history()] == ["person", "lotse"]


def test_rasa_killed_and_started_again(lotse: Any, person: Visitor, state_of: Callable[[str], str | None]) -> None:
    id = new_id()
    kill(lotse.rasa)
    try:
        assert refused(person, id)["art"] == "keine_antwort"
        assert state_of(id) == "gescheitert"
        begin = time.monotonic()
        assert parts(lotse) == {"rasa": False, "modell": False, "verstehen": False, "aktionen": False, "datenbank": True}
        assert time.monotonic() - begin < 5
        assert httpx.get(f"{lotse.web_url}/faq", timeout=LIMIT).status_code == 200
    finally:
        lotse.rasa.start()
        lotse.rasa.wait_ready()
    answered_once(person, lotse, id)
    time.sleep(2)
    assert all(parts(lotse).values())


def test_rasa_frozen(lotse: Any, person: Visitor, state_of: Callable[[str], str | None]) -> None:
    id = new_id()
    with frozen(lotse.rasa):
        assert refused(person, id)["art"] == "keine_antwort"
        assert state_of(id) == "gescheitert"
        assert parts(lotse)["rasa"] is False
        assert httpx.get(f"{lotse.web_url}/", timeout=LIMIT).status_code == 200
    answered_once(person, lotse, id)


def test_many_wait_for_a_frozen_rasa_but_not_without_end(lotse: Any) -> None:
    answers: list[tuple[float, httpx.Response]] = []

    def ask() -> None:
        with httpx.Client(base_url=lotse.web_url, timeout=30) as client:
            visitor = Visitor(client)
            visitor.start()
            begin = time.monotonic()
            answers.append((time.monotonic() - begin, visitor.send(QUESTION)))

    with frozen(lotse.rasa):
        threads = [threading.Thread(target=ask) for _ in range(60)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    arts = [answer.json()["art"] for _, answer in answers]
    assert len(arts) == 60 and set(arts) == {"keine_antwort", "ueberlastet"} and arts.count("ueberlastet") >= 10
    with httpx.Client(base_url=lotse.web_url, timeout=30) as client:
        visitor = Visitor(client)
        visitor.start()
        wait_for(lambda: visitor.send("Danke").status_code == 200, 30)


def test_action_server_dead(lotse: Any, person: Visitor) -> None:
    kill(lotse.actions)
    try:
        assert person.say(QUESTION)[0]["daten"]["faq"] == "kosten-ueberblick"
        assert "+49 30 1815-1111" in person.say("brauche hilfe in marburg")[0]["text"]
        assert parts(lotse) == {"rasa": True, "modell": True, "verstehen": True, "aktionen": False, "datenbank": True}
    finally:
        lotse.actions.start()
        lotse.actions.wait_ready()


def test_database_locked(lotse: Any, person: Visitor, state_of: Callable[[str], str | None]) -> None:
    id = new_id()
    person.say("Ich bin Koch aus Syrien")
    holder = sqlite3.connect(lotse.database.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert refused(person, id)["art"] == "nicht_gespeichert"
        assert parts(lotse)["datenbank"] is False
        assert httpx.get(f"{lotse.web_url}/", timeout=LIMIT).status_code == 200
        assert person.history()[0]["von"] == "person"  # reading goes on
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert state_of(id) is None
    assert "Syrien" in json.dumps(person.say("Was weißt du über mich?"), ensure_ascii=False)


def test_web_killed_between_accepting_and_answering(lotse: Any, person: Visitor, state_of: Callable[[str], str | None]) -> None:
    id = new_id()
    cookie = person.client.cookies["lotse"]
    with frozen(lotse.rasa):
        def send() -> None:
            with pytest.raises(httpx.HTTPError):
                httpx.post(f"{lotse.web_url}{API}/message", content=json.dumps({"id": id, "text": QUESTION}), headers={**JSON, "Cookie": f"lotse={cookie}"}, timeout=30)

        sender = threading.Thread(target=send)
        sender.start()
        wait_for(lambda: state_of(id) == "angenommen", 5)
        time.sleep(0.3)  # so that the message is on its way to Rasa
        kill(lotse.web)
        sender.join()
    assert state_of(id) == "angenommen"
    lotse.web.start()
    lotse.web.wait_ready()
    assert state_of(id) == "gescheitert"
    answered_once(person, lotse, id)


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03, 0.06, 0.1, 0.2])
def test_web_killed_at_any_moment(lotse: Any, person: Visitor, state_of: Callable[[str], str | None], delay: float) -> None:
    id = new_id()
    cookie = person.client.cookies["lotse"]
    got: list[httpx.Response] = []

    def send() -> None:
        try:
            got.append(httpx.post(f"{lotse.web_url}{API}/message", content=json.dumps({"id": id, "text": QUESTION}), headers={**JSON, "Cookie": f"lotse={cookie}"}, timeout=30))
        except httpx.HTTPError:
            pass

    sender = threading.Thread(target=send)
    sender.start()
    time.sleep(delay)
    kill(lotse.web)
    sender.join()
    lotse.web.start()
    lotse.web.wait_ready()
    if got:
        assert state_of(id) is not None  # what was answered is in the journal
    answered_once(person, lotse, id)
