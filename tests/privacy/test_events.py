"""What may be stored of a conversation: no personal data in any of the places where a text turns up."""

from __future__ import annotations

import json
from typing import Any

from bot.privacy.events import storable

NAME, PHONE = "Tesfaye Bekele", "0152 28817386"
TEXT = f"Ich heiße {NAME}, Tel. {PHONE}, und bin Koch aus Syrien in Kassel"


def turn() -> list[dict[str, Any]]:
    return [
        {"event": "user", "timestamp": 1.0, "text": TEXT, "metadata": {"model_id": "m"},
         "parse_data": {"text": TEXT, "intent": {"name": "vorstellung", "confidence": 0.9}, "message_id": "1" * 32, "metadata": {},
                        "entities": [{"entity": "beruf", "value": "koch"}, {"entity": "ort", "value": TEXT}, {"entity": "land", "value": "sy"}],
                        "text_tokens": [[0, 3]], "intent_ranking": [{"name": str(i), "confidence": 0.0} for i in range(10)],
                        "lotse": {"label": "vorstellung", "sprache": "de", "nachbarn": [["ich heiße anna", "vorstellung", 0.4]]}}},
        {"event": "slot", "timestamp": 2.0, "name": "ort", "value": TEXT},
        {"event": "slot", "timestamp": 2.0, "name": "beruf", "value": "koch"},
        {"event": "slot", "timestamp": 2.0, "name": "rueckfrage", "value": {"gesagt": f"bei {NAME}", "liste": [PHONE, 3, None]}},
        {"event": "action", "timestamp": 3.0, "name": "action_listen"},
        {"event": "bot", "timestamp": 4.0, "text": f"Den Ort {NAME} kenne ich nicht. Hotline: +49 30 1815-1111", "data": {"custom": {"gesagt": [NAME]}, "buttons": [{"title": NAME}]}, "metadata": {}},
    ]


def test_nothing_personal_is_left_in_any_place() -> None:
    stored = json.dumps(storable(turn()), ensure_ascii=False)
    for word in ("Tesfaye", "Bekele", PHONE, "28817386"):
        assert word not in stored


def test_what_the_conversation_needs_is_kept() -> None:
    user, ort, beruf, _, listen, bot = storable(turn())
    assert user["text"] == user["parse_data"]["text"] == "Ich heiße <NAME>, Tel. <TELEFON>, und bin Koch aus Syrien in Kassel"
    assert [entity["value"] for entity in user["parse_data"]["entities"]][::2] == ["koch", "sy"]
    assert user["parse_data"]["intent"]["name"] == "vorstellung" and user["parse_data"]["lotse"]["sprache"] == "de"
    assert (beruf["value"], listen["name"], ort["timestamp"]) == ("koch", "action_listen", 2.0)
    assert "+49 30 1815-1111" in bot["text"]


def test_what_nobody_needs_later_is_dropped() -> None:
    parsed = storable(turn())[0]["parse_data"]
    assert len(parsed["intent_ranking"]) == 3
    assert "text_tokens" not in parsed and "nachbarn" not in parsed["lotse"]


def test_later_messages_lose_the_name_too() -> None:
    later = [*turn(), {"event": "bot", "text": f"Noch einmal, {NAME}!", "data": {}}]
    assert storable(later)[-1]["text"] == "Noch einmal, <NAME>!"


def test_given_events_are_not_changed() -> None:
    events = turn()
    storable(events)
    assert events == turn()


def test_second_pass_changes_nothing() -> None:
    once = storable(turn())
    assert storable(once) == once


def test_message_of_a_button_and_empty_events_are_no_trouble() -> None:
    assert storable([{"event": "user", "text": None, "parse_data": None}])[0]["text"] == ""
    assert storable([]) == []
