"""Whatever comes from Rasa's side: never silence, never half a success."""

from __future__ import annotations

from typing import Any, Callable

import pytest

from tests.web.chat.peer import BEHAVIOURS, Peer
from tests.web.chat.visitor import Visitor, events, new_id

GOOD = ("answers", "empty-end", "blank-lines", "long", "text-number")
LATE = ("no-end", "trouble-after")


@pytest.fixture
def talker(site: Callable[..., Any], peer: Peer) -> Visitor:
    """A visitor with the peer behind the gateway."""
    visitor = Visitor(site(peer.url))
    visitor.start()
    return visitor


@pytest.mark.parametrize("behaviour", GOOD)
def test_answers_are_passed_on(talker: Visitor, peer: Peer, behaviour: str, rows: Callable[[], list[Any]]) -> None:
    peer.behaviour = behaviour
    (reply,) = talker.say("hallo")
    assert reply["text"] and isinstance(reply["text"], str) and isinstance(reply["knoepfe"], list) and isinstance(reply["daten"], dict)
    assert [row.state for row in rows()] == ["beantwortet"]


@pytest.mark.parametrize("behaviour", sorted(set(BEHAVIOURS) - {*GOOD, *LATE}))
def test_no_answer_is_an_error_with_a_way_out(talker: Visitor, peer: Peer, behaviour: str, rows: Callable[[], list[Any]]) -> None:
    peer.behaviour = behaviour
    answer = talker.send("hallo")
    assert (answer.status_code, answer.json()["art"]) == (503, "keine_antwort")
    assert [row.state for row in rows()] == ["gescheitert"]


@pytest.mark.parametrize("behaviour", LATE)
def test_answer_that_breaks_off_says_so(talker: Visitor, peer: Peer, behaviour: str, rows: Callable[[], list[Any]]) -> None:
    peer.behaviour = behaviour
    told = events(talker.send("hallo"))
    assert [name for name, _ in told] == ["antwort", "fehler"] and told[1][1]["art"] == "keine_antwort"
    assert [row.state for row in rows()] == ["gescheitert"]


def test_second_try_after_a_failure_is_answered_and_marked_for_rasa(talker: Visitor, peer: Peer, rows: Callable[[], list[Any]]) -> None:
    id = new_id()
    assert talker.send("hallo", id=id).status_code == 503
    peer.behaviour = "answers"
    first = talker.send("hallo", id=id)
    assert first.status_code == 200
    peer.behaviour = "refuses"
    assert [event[1].get("text") for event in events(talker.send("hallo", id=id))] == [event[1].get("text") for event in events(first)]
    assert [body["nochmal"] for body in peer.bodies] == [False, True]
    assert peer.bodies[0]["id"] == peer.bodies[1]["id"] == rows()[0].id
    assert rows()[0].decision == "antwort"


def test_rasa_gets_our_ids_and_nothing_of_the_client_but_text_and_language(talker: Visitor, peer: Peer) -> None:
    talker.send("hallo", sprache="uk", sender="ich", metadata={"a": 1}, seite="/x")
    (body,) = peer.bodies
    assert set(body) == {"sender", "id", "text", "sprache", "nochmal"} and body["text"] == "hallo" and body["sprache"] == "uk"
    assert len(body["sender"]) == 32 and body["sender"] not in str(talker.client.cookies)


def test_rasa_gets_the_text_itself_but_the_journal_only_its_mask(talker: Visitor, peer: Peer, rows: Callable[[], list[Any]]) -> None:
    talker.send("Ich wohne in 35037 Marburg, Tel. 0611 1234567")
    assert "0611 1234567" in peer.bodies[0]["text"]
    assert "0611" not in rows()[0].text and "35037 Marburg" in rows()[0].text


def test_button_sends_what_it_was_made_for(talker: Visitor, peer: Peer, rows: Callable[[], list[Any]]) -> None:
    peer.behaviour = "answers"
    (reply,) = talker.say("hallo")
    talker.say(knopf=reply["knoepfe"][0]["token"])
    assert peer.bodies[1]["text"] == "Mehr dazu" and (rows()[1].text, rows()[1].source) == ("Mehr", "knopf")
