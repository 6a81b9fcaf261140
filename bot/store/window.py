"""Keeps a conversation short: the events of its last turns, and what was remembered before them. So the hundredth message is as quick as the tenth."""

from __future__ import annotations

from typing import Any

Event = dict[str, Any]
TURNS = 20


def last_session(events: list[Event]) -> list[Event]:
    """Returns the events since the last start of a session, its opening action included."""
    start = max((i for i, event in enumerate(events) if event["event"] == "session_started"), default=0)
    return events[start - 1:] if start and events[start - 1].get("name") == "action_session_start" else events[start:]


def last_turns(events: list[Event], most: int = TURNS) -> list[Event]:
    """Returns the last `most` messages of the person with all that followed them; slots and an open form of the time before are set at the beginning."""
    events = last_session(events)
    messages = [i for i, event in enumerate(events) if event["event"] == "user"]
    if len(messages) <= most:
        return events
    cut = messages[-most]
    listen = next((event for event in reversed(events[:cut]) if event.get("name") == "action_listen"), None)
    return [*_opening(events[:cut]), *_remembered(events[:cut]), *([listen] if listen else []), *events[cut:]]


def _opening(events: list[Event]) -> list[Event]:
    return [event for event in events[:2] if event["event"] == "session_started" or event.get("name") == "action_session_start"]


def _remembered(events: list[Event]) -> list[Event]:
    slots: dict[str, Event] = {}
    form: Event | None = None
    for event in events:
        if event["event"] in ("restart", "reset_slots"):
            slots.clear()
        if event["event"] == "restart":
            form = None
        if event["event"] == "slot":
            slots[event["name"]] = event
        if event["event"] == "active_loop":
            form = event if event.get("name") else None
    return [*(event for event in slots.values() if event.get("value") is not None), *([form] if form else [])]
