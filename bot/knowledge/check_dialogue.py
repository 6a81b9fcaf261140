"""What an answer in the Anerkennungsprüfung means and which question comes next: two at most, only those that count.

Works on Rasa's events as plain dictionaries, so that the action server runs it and, when that is down, `bot/action_endpoint.py`.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Dict, List, Mapping

from bot.knowledge.asking import DECLINES, MOST_INTERRUPTIONS, OFF_TOPIC, STOPPED, interrupted, is_back, is_only_a_name, is_question, says_stop
from bot.knowledge.base import Knowledge
from bot.knowledge.check import next_question
from bot.knowledge.check_rules import UNKNOWN
from bot.knowledge.find_beruf import Found
from bot.knowledge.flat import flat
from bot.knowledge.office_text import STATEWIDE
from bot.knowledge.person import GROUP_NAMES, Person
from bot.knowledge.residence import DEUTSCHLAND, NO_IDEA, answered_residence

SLOTS = ("beruf", "land", "aufenthalt", "ort")
MOST_QUESTIONS = 2
FORM, REQUESTED = "pruefung_form", "requested_slot"
# Intents that are questions of their own while the form asks; the same list stands in domain.yml (`not_intent`).
OWN_QUESTIONS = frozenset("""faq gespraech anschluss mensch wiederholen einfacher ausfuehrlicher klarer neustart notfall gemerkt_zeigen gemerkt_loeschen
beratung_finden merkzettel abbrechen""".split())
URGENT = ("notfall", "mensch")
SHOWN = 40  # characters of an unknown occupation that are repeated to the person


def checked(tracker: Mapping[str, Any], knowledge: Knowledge, day: dt.date) -> List[Dict[str, Any]]:
    """Returns the events that answer Rasa's call to validate the form: slots with what was understood, and the next question.

    Args:
        tracker: the conversation as Rasa sends it; slot candidates stand at the end of its events.
    """
    slots = dict(tracker["slots"])
    candidates = _candidates(tracker["events"])
    requested = slots.get(REQUESTED)
    message = tracker.get("latest_message") or {}
    intent, said = (message.get("intent") or {}).get("name"), str(message.get("text") or "")
    if requested and is_back(tracker):
        return _asked_again(tracker, requested)
    if requested and intent not in URGENT and says_stop(said, intent, requested == "aufenthalt"):
        return [*(_set(slot, None) for slot in candidates), *_ended(STOPPED)]
    if requested and not candidates:  # something else was said in between
        return [_set(REQUESTED, requested)]
    if requested and intent == DECLINES and requested in candidates:
        candidates[requested] = UNKNOWN
    if requested and not is_only_a_name(message) and (intent in OWN_QUESTIONS or (intent in OFF_TOPIC and is_question(said))):
        misread = candidates if intent in OFF_TOPIC else {}  # „Wie wird das Wetter?“ names no town, though there is a Wetter in Hessen
        return [*(_set(slot, None) for slot in misread), {"event": "action_execution_rejected", "name": FORM, "policy": None, "confidence": None, "timestamp": None}]
    found = _understood(candidates, slots, knowledge)
    if not requested:  # what was not known in an earlier check may be asked again
        found |= {slot: None for slot in SLOTS if slots.get(slot) == UNKNOWN and slot not in found}
    asked = int((slots.get("rueckfrage") or {}).get("gestellt", 0)) if requested else 0
    question = following({**slots, **found}, asked, knowledge, day)
    again = {**found.pop("rueckfrage", {}), "gestellt": asked + 1} if question else None
    return [*(_set(slot, value) for slot, value in found.items()), _set("rueckfrage", again), _set(REQUESTED, question)]


def _asked_again(tracker: Mapping[str, Any], requested: str) -> List[Dict[str, Any]]:
    """Asks the open question again after an interruption, but not for ever."""
    again = tracker["slots"].get("rueckfrage") or {}
    times = interrupted(tracker, again)
    if times >= MOST_INTERRUPTIONS:
        return _ended("pruefung_pause")
    return [_set("rueckfrage", {**again, "gestoert": times}), _set(REQUESTED, requested)]


def _ended(text: str) -> List[Dict[str, Any]]:
    return [_set("rueckfrage", {"ende": text}), _set(REQUESTED, None)]


def following(slots: Mapping[str, Any], asked: int, knowledge: Knowledge, day: dt.date) -> str | None:
    """Returns the slot to ask for after `asked` questions, or None when enough is known."""
    if asked >= MOST_QUESTIONS:
        return None
    answered = [slot for slot in SLOTS if slots.get(slot)]
    return next_question(Person.from_slots(slots, knowledge).case(knowledge), knowledge, day, answered) or None


def understood_beruf(said: str, knowledge: Knowledge) -> Dict[str, Any]:
    """Returns the slots that an answer to the question for the occupation sets: an id, `unbekannt`, or None with what it may have been."""
    if said in knowledge.berufe or said == UNKNOWN:
        return {"beruf": said}
    found = knowledge.beruf_finder.find(said)
    if found.beruf:
        return {"beruf": found.beruf.id}
    if NO_IDEA.search(flat(said)):
        return {"beruf": UNKNOWN}
    return {"beruf": None, "rueckfrage": _unknown_beruf(said, found)}


def understood_land(said: str, knowledge: Knowledge) -> Dict[str, Any]:
    """Returns the slot `land`: an id, a group of countries or `unbekannt`."""
    known = said in knowledge.laender or said in GROUP_NAMES
    return {"land": said if known else knowledge.land_finder.find(said) or UNKNOWN}


def understood_aufenthalt(said: str, knowledge: Knowledge, ort: str) -> Dict[str, Any]:
    """Returns the slot `aufenthalt`, and `ort` when the answer names one and none is known."""
    if said in (DEUTSCHLAND, UNKNOWN):
        return {"aufenthalt": said}
    where = answered_residence(said, knowledge.land_finder, knowledge.places)
    place = understood_ort(said, knowledge) if where == DEUTSCHLAND and not ort else {}
    return {"aufenthalt": where} if place.get("ort") == STATEWIDE else {"aufenthalt": where, **place}


def understood_ort(said: str, knowledge: Knowledge) -> Dict[str, Any]:
    """Returns the slot `ort`: a place in Hessen or elsewhere in Germany, a likely one for a typing mistake, None with several in `rueckfrage`, else the whole Land."""
    found = knowledge.places.resolve(said, expected=True)
    if found.kind == "ausserhalb":
        return {"ort": f"{found.said} ({found.land})" if found.land else found.said}
    if found.kind == "mehrdeutig":
        return {"ort": None, "rueckfrage": {"art": "mehrdeutig", "gesagt": found.said, "orte": [p.label() for p in found.places]}}
    if found.kind == "gefunden" or (found.kind == "bestaetigen" and len(found.places) == 1):
        return {"ort": knowledge.places.unique_name(found.places[0])}
    return {"ort": STATEWIDE}


def _understood(candidates: Mapping[str, Any], slots: Mapping[str, Any], knowledge: Knowledge) -> Dict[str, Any]:
    """Returns the slots that the candidates set, among them `rueckfrage` for an unknown occupation."""
    found: Dict[str, Any] = {}
    for slot, value in candidates.items():
        said = str(value or "")
        if slot == "beruf":
            found |= understood_beruf(said, knowledge)
        elif slot == "land":
            found |= understood_land(said, knowledge)
        elif slot == "aufenthalt":
            found |= understood_aufenthalt(said, knowledge, str(candidates.get("ort") or slots.get("ort") or ""))
        elif slot == "ort":
            found |= understood_ort(said, knowledge)
            if found["ort"] is None:  # several towns of that name, all of them in Germany
                found.setdefault("aufenthalt", DEUTSCHLAND)
    return found


def _candidates(events: List[Mapping[str, Any]]) -> Dict[str, Any]:
    """Returns the slots that Rasa set last."""
    last = next((i for i, event in enumerate(reversed(events)) if event["event"] != "slot"), len(events))
    return {event["name"]: event["value"] for event in events[len(events) - last :] if event["name"] in SLOTS and event["value"] is not None}


def _set(slot: str, value: Any) -> Dict[str, Any]:
    return {"event": "slot", "name": slot, "value": value, "timestamp": None}


def _unknown_beruf(said: str, found: Found) -> Dict[str, Any]:
    return {"gesagt": said.strip()[:SHOWN], "vorschlaege": [beruf.id for beruf in found.vorschlaege]}
