"""Names the offices that are right for the person and near her place."""

from __future__ import annotations

import datetime as dt
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.common import introduced, knowledge, language, send
from bot.knowledge.fixed import render_text
from bot.knowledge.office_text import STATEWIDE, render_outside, render_routes
from bot.knowledge.opening_hours import BERLIN
from bot.knowledge.person import Person
from bot.knowledge.places import Place
from bot.knowledge.routing import group_of, need_of, role_of

TURNS = 4
ANYWHERE = Place(STATEWIDE, STATEWIDE, 50.6, 9.0)


class ActionFindOffice(Action):
    """Answers „Wo ist die nächste Beratung?“ once the place is known."""

    def name(self) -> str:
        return "action_find_office"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[EventType]:
        known, now = knowledge(), dt.datetime.now(BERLIN)
        person = Person.from_slots(tracker.slots, known)
        end = (tracker.get_slot("rueckfrage") or {}).get("ende", "")
        if end in known.texte and not person.ort:  # the form ended without a place
            send(dispatcher, render_text(known, end, tracker.get_slot("stufe") == "einfach", language(tracker)))
            return [SlotSet("rueckfrage", None)]
        found = known.places.resolve(person.ort, expected=True)
        elsewhere = found.kind == "ausserhalb"
        if elsewhere:
            send(dispatcher, introduced(render_outside(known, found, now.date(), now), language(tracker)))
        else:
            place, said = found.places[0] if found.places else ANYWHERE, said_since_the_question(tracker)
            need, role = need_of(known.needs, said), role_of(said)
            routes = render_routes(known, place, need, group_of(person.beruf), now.date(), role=role, beruf=person.beruf, said=said, now=now)
            send(dispatcher, introduced(routes, language(tracker)))
        return [SlotSet("rueckfrage", None), *([SlotSet("ort", None)] if elsewhere or person.ort == STATEWIDE else [])]


def said_since_the_question(tracker: Tracker) -> str:
    """Returns what the person wrote from the question for advice on: the need is often named before the place."""
    texts: List[str] = []
    for event in reversed(tracker.events or []):
        if event.get("event") == "user":
            texts.insert(0, event.get("text") or "")
            if (event.get("parse_data") or {}).get("intent", {}).get("name") == "beratung_finden" or len(texts) == TURNS:
                break
    return " ".join(texts)
