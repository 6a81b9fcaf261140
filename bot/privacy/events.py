"""Events of a conversation (Rasa's form, as dicts) made fit to be stored: masked in all places where a text of the person turns up, and without what nobody needs later.

The places: text, parse_data.text, entity values, slots, the assistant's echo, and whatever an event broker gets (it gets these same events).
"""

from __future__ import annotations

from typing import Any, Iterable

from bot.privacy.mask import Masked, mask, mask_echo

Event = dict[str, Any]
# What is kept of the understanding of a message; the rest (tokens, nearest training sentences, long rankings) is dropped.
PARSED = ("intent", "entities", "text", "message_id", "metadata", "lotse")
RANKED = 3
UNDERSTOOD = ("label", "entscheidung", "margin", "sprache")


def storable(events: Iterable[Event]) -> list[Event]:
    """Returns copies of new events, in their order, that may be stored. Later events also lose what earlier messages of the person revealed."""
    said, result = Masked(""), []
    for event in events:
        kind = event.get("event")
        if kind == "user":
            masked = mask(event.get("text") or "")
            said = Masked("", (), said.found + masked.found)
            event = _user(event, masked.text, said)
        elif kind == "slot":
            event = {**event, "value": _strings(mask_echo(event.get("value"), said))}
        elif kind == "bot":
            event = {**event, "text": mask_echo(event.get("text"), said), "data": mask_echo(event.get("data"), said)}
        result.append(event)
    return result


def _user(event: Event, text: str, said: Masked) -> Event:
    parsed = event.get("parse_data") or {}
    kept = {key: parsed[key] for key in PARSED if key in parsed}
    kept["text"] = text
    kept["entities"] = [{**entity, "value": _strings(mask_echo(entity.get("value"), said))} for entity in parsed.get("entities") or []]
    kept["intent_ranking"] = (parsed.get("intent_ranking") or [])[:RANKED]
    kept["lotse"] = {key: value for key, value in (parsed.get("lotse") or {}).items() if key in UNDERSTOOD}
    return {**event, "text": text, "parse_data": kept, "metadata": mask_echo(event.get("metadata"), said)}


def _strings(value: Any) -> Any:
    """Masks every string in a value, also one that the message did not hold in this form."""
    if isinstance(value, str):
        return mask(value).text
    if isinstance(value, dict):
        return {key: _strings(item) for key, item in value.items()}
    return [_strings(item) for item in value] if isinstance(value, (list, tuple)) else value
