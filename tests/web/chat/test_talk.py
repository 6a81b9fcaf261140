"""Whole talks through the gateway with the running assistant behind it."""

from __future__ import annotations

import json
import threading
import time
from typing import Any, Callable

import httpx
import pytest
import sqlalchemy as sa

from bot.store.database import Database
from bot.store.tables import conversations, feedback, journal
from tests.web.chat.conftest import EMBEDDER
from tests.web.chat.visitor import API, JSON, Visitor, events, new_id

pytestmark = pytest.mark.slow
QUESTION = "Was kostet die Anerkennung?"


def entries(lotse: Any, ids: list[str]) -> list[Any]:
    """Returns the journal rows of messages, by client id."""
    with Database(lotse.database).read() as connection:
        return list(connection.execute(sa.select(journal).where(journal.c.client_id.in_(ids)).order_by(journal.c.created)).all())


def user_events(lotse: Any, conversation: str) -> list[dict[str, Any]]:
    with Database(lotse.database).read() as connection:
        data = connection.execute(sa.select(conversations.c.data).where(conversations.c.id == conversation)).scalar()
    return [event for event in json.loads(data or "[]") if event["event"] == "user"]


def test_answer_comes_with_what_the_widget_shows(answered: Visitor) -> None:
    (reply,) = answered.say(QUESTION)
    assert reply["daten"]["faq"] == "kosten-ueberblick" and reply["daten"]["quellen"] and reply["daten"]["modell"] is not None
    assert reply["text"] and all(set(button) == {"titel", "token"} and "kostet" not in button["token"] for button in reply["knoepfe"])


def test_journal_holds_what_the_team_needs(answered: Visitor, lotse: Any) -> None:
    id = new_id()
    ende = events(answered.send(QUESTION, id=id, sprache="de"))[-1][1]
    (row,) = entries(lotse, [id])
    assert row.id == ende["id"]
    assert (row.text, row.state, row.intent, row.decision, row.faq, row.language) == (QUESTION, "beantwortet", "faq/kosten-ueberblick", "antwort", "kosten-ueberblick", "de")
    assert row.confidence > 0.9 and row.ranking[0] == ["faq/kosten-ueberblick", row.confidence] and len(row.ranking) == 3 and row.duration_ms > 0
    assert "token" not in json.dumps(row.reply) and row.reply[0]["knoepfe"][0]["sendet"]


def test_buttons_work_also_after_a_reload(answered: Visitor) -> None:
    (reply,) = answered.say(QUESTION)
    more = next(button for button in reply["knoepfe"] if button["titel"] == "Mehr dazu")
    assert answered.say(knopf=more["token"])[0]["daten"]["stufe"] == "mehr"
    told = answered.history()
    assert [one["von"] for one in told] == ["person", "lotse"] * 2 and told[2]["text"] == "Mehr dazu"
    easier = next(button for button in told[1]["knoepfe"] if button["titel"] == "Einfacher erklären")
    assert answered.say(knopf=easier["token"])[0]["daten"]["stufe"] == "einfach"


def test_context_is_kept_and_others_see_nothing_of_it(answered: Visitor, site: Callable[..., Any], lotse: Any) -> None:
    answered.say("Ich bin Koch aus Syrien")
    assert "Syrien" in json.dumps(answered.say("Was weißt du über mich?"), ensure_ascii=False)
    other = Visitor(site(lotse.url, database=lotse.database))
    other.start()
    assert "Syrien" not in json.dumps(other.say("Was weißt du über mich?"), ensure_ascii=False) and len(other.history()) == 2


def test_same_message_eight_times_at_once_is_one_turn(lotse: Any) -> None:
    id, texts = new_id(), []
    with httpx.Client(base_url=lotse.web_url, timeout=30) as client:
        Visitor(client).start()
        cookies = dict(client.cookies)

    def send() -> None:
        texts.append(httpx.post(f"{lotse.web_url}{API}/message", content=json.dumps({"id": id, "text": QUESTION}), headers={**JSON, "Cookie": f"lotse={cookies['lotse']}"}, timeout=30).text)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({json.dumps([(name, data.get("text")) for name, data in events(httpx.Response(200, text=text))]) for text in texts}) == 1
    (row,) = entries(lotse, [id])
    assert row.state == "beantwortet" and len(user_events(lotse, row.conversation)) == 1


def test_same_id_later_gets_the_same_answer_and_no_second_turn(answered: Visitor, lotse: Any) -> None:
    id = new_id()
    first = events(answered.send(QUESTION, id=id))
    again = events(answered.send(QUESTION, id=id))
    strip = [(name, data.get("text"), data.get("id"), data.get("modell")) for name, data in first]
    assert strip == [(name, data.get("text"), data.get("id"), data.get("modell")) for name, data in again]
    (row,) = entries(lotse, [id])
    assert len(user_events(lotse, row.conversation)) == 1


def test_second_question_waits_for_the_first(lotse: Any) -> None:
    with httpx.Client(base_url=lotse.web_url, timeout=30) as client:
        Visitor(client).start()
        headers = {**JSON, "Cookie": f"lotse={client.cookies['lotse']}"}
    results: list[httpx.Response] = []

    def send(number: int) -> None:
        results.append(httpx.post(f"{lotse.web_url}{API}/message", content=json.dumps({"id": new_id(), "text": f"Was kostet die Anerkennung? {number}"}), headers=headers, timeout=30))

    threads = [threading.Thread(target=send, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = sorted(result.status_code for result in results)
    assert answers[0] == 200 and set(answers) <= {200, 409} and 409 in answers
    assert {result.json()["art"] for result in results if result.status_code == 409} == {"noch_offen"}


def test_conversation_ends_kindly_after_forty_messages(answered: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    gateway = answered.client.app.state.chat  # type: ignore[attr-defined]
    monkeypatch.setattr(gateway._per_conversation, "_limit", 1000)
    id = new_id()
    for number in range(40):
        assert answered.send("Danke", id=id if number == 0 else None).status_code == 200
    full = answered.send("Danke")
    assert (full.status_code, full.json()["art"]) == (409, "gespraech_voll") and "neues" in full.json()["fehler"]
    assert answered.send("Danke", id=id).status_code == 200  # what was answered can still be read
    assert answered.start()["fortgesetzt"] is False
    assert answered.say("Danke")


def test_feedback_and_deletion_leave_nothing(answered: Visitor, lotse: Any) -> None:
    id = new_id()
    ende = events(answered.send(QUESTION, id=id))[-1][1]
    assert answered.post("feedback", id=ende["id"], grund="falsch", text="Ruft mich an: 0611 1234567").status_code == 204
    (row,) = entries(lotse, [id])
    with Database(lotse.database).read() as connection:
        assert connection.execute(sa.select(feedback.c.text).where(feedback.c.message == row.id)).scalar() == "Ruft mich an: <TELEFON>"
    begin = time.monotonic()
    assert answered.post("delete").status_code == 204
    assert time.monotonic() - begin < 2
    with Database(lotse.database).read() as connection:
        for table, column in ((journal, journal.c.conversation), (conversations, conversations.c.id), (feedback, feedback.c.conversation)):
            assert connection.execute(sa.select(sa.func.count()).select_from(table).where(column == row.conversation)).scalar() == 0


def test_embedded_on_a_foreign_site(site: Callable[..., Any], lotse: Any) -> None:
    visitor = Visitor(site(lotse.url, database=lotse.database), embedded=True, origin=EMBEDDER)
    visitor.start(sprache="uk")
    answer = visitor.send(QUESTION, sprache="uk")
    assert answer.headers["access-control-allow-origin"] == EMBEDDER and "set-cookie" not in answer.headers
    assert events(answer)[0][1]["daten"]["sprache"] == "uk"


def test_stream_is_not_held_back_or_compressed(lotse: Any) -> None:
    with httpx.Client(base_url=lotse.web_url, timeout=30) as client:
        Visitor(client).start()
        body = json.dumps({"id": new_id(), "text": QUESTION})
        with client.stream("POST", f"{API}/message", content=body, headers={**JSON, "Accept-Encoding": "gzip"}) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream") and "content-encoding" not in answer.headers
            pieces = list(answer.iter_raw())
    assert len(pieces) >= 2 and pieces[0].startswith(b"event: antwort") and pieces[-1].startswith(b"event: ende")


def test_who_leaves_early_finds_the_answer_later(lotse: Any) -> None:
    id = new_id()
    with httpx.Client(base_url=lotse.web_url, timeout=30) as client:
        visitor = Visitor(client)
        visitor.start()
        with pytest.raises(httpx.ReadTimeout):
            client.post(f"{API}/message", content=json.dumps({"id": id, "text": QUESTION}), headers=JSON, timeout=httpx.Timeout(30, read=0.001))
        deadline = time.monotonic() + 10
        while not any(one["von"] == "lotse" for one in visitor.history()) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert [one["von"] for one in visitor.history()] == ["person", "lotse"]


def test_ready_names_every_part(lotse: Any) -> None:
    answer = httpx.get(f"{lotse.web_url}/bereit", timeout=30)
    assert answer.status_code == 200
    assert answer.json()["teile"] == {"rasa": True, "modell": True, "verstehen": True, "aktionen": True, "datenbank": True}
