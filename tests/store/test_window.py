"""A long conversation is cut to its last turns; what was remembered stays."""

from __future__ import annotations

from typing import Any

from bot.store.window import last_turns

START = [{"event": "action", "name": "action_session_start"}, {"event": "session_started"}, {"event": "action", "name": "action_listen"}]


def turn(number: int, *more: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"event": "user", "text": str(number)}, *more, {"event": "bot", "text": f"re {number}"}, {"event": "action", "name": "action_listen", "n": number}]


def texts(events: list[dict[str, Any]]) -> list[str]:
    return [event["text"] for event in events if event["event"] == "user"]


def slots(events: list[dict[str, Any]]) -> dict[str, Any]:
    return {event["name"]: event["value"] for event in events if event["event"] == "slot"}


def test_short_conversation_is_kept_whole() -> None:
    events = START + turn(1) + turn(2)
    assert last_turns(events, 2) == events


def test_long_one_keeps_its_end_slots_and_open_form() -> None:
    events = START + turn(1, {"event": "slot", "name": "beruf", "value": "koch"}, {"event": "slot", "name": "ort", "value": "Kassel"})
    events += turn(2, {"event": "slot", "name": "ort", "value": None}, {"event": "active_loop", "name": "pruefung_form"}) + turn(3) + turn(4)
    cut = last_turns(events, 2)
    assert texts(cut) == ["3", "4"]
    assert slots(cut) == {"beruf": "koch"}
    assert {"event": "active_loop", "name": "pruefung_form"} in cut
    assert cut[:2] == START[:2] and cut[cut.index({"event": "user", "text": "3"}) - 1]["name"] == "action_listen"


def test_closed_form_and_forgotten_slots_do_not_come_back() -> None:
    events = START + turn(1, {"event": "slot", "name": "beruf", "value": "koch"}, {"event": "active_loop", "name": "pruefung_form"}) + turn(2, {"event": "restart"}) + turn(3)
    cut = last_turns(events, 1)
    assert slots(cut) == {} and not any(event["event"] == "active_loop" for event in cut)


def test_earlier_session_is_dropped() -> None:
    events = START + turn(1, {"event": "slot", "name": "beruf", "value": "koch"}) + START + turn(2)
    assert texts(last_turns(events, 5)) == ["2"]
    assert slots(last_turns(events, 5)) == {}


def test_size_stays_bounded_when_cut_again_and_again() -> None:
    events = list(START)
    for number in range(100):
        events = last_turns(events + turn(number, {"event": "slot", "name": "ort", "value": str(number)}), 5)
    assert len(events) < 5 * 5 + 6
    assert texts(events) == ["95", "96", "97", "98", "99"]
