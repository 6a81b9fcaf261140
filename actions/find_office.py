"""Names the offices that are right for the person and near her place."""

from __future__ import annotations

import datetime as dt
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.common import knowledge, send
from bot.knowledge.office_text import STATEWIDE, render_outside, render_routes
from bot.knowledge.opening_hours import BERLIN
from bot.knowledge.person import Person
from bot.knowledge.places import Place
from bot.knowledge.routing import group_of

ANYWHERE = Place(STATEWIDE, STATEWIDE, 50.6, 9.0)


class ActionFindOffice(Action):
    """Answers „Wo ist die nächste Beratung?“ once the place is known."""

    def name(self) -> str:
        return "action_find_office"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[EventType]:
        known, now = knowledge(), dt.datetime.now(BERLIN)
        person = Person.from_slots(tracker.slots, known)
        found = known.places.resolve(person.ort, expected=True)
        elsewhere = found.kind == "ausserhalb"
        if elsewhere:
            send(dispatcher, render_outside(known, found, now.date(), now))
        else:
            place, said = found.places[0] if found.places else ANYWHERE, (tracker.latest_message or {}).get("text") or ""
            send(dispatcher, render_routes(known, place, "beratung", group_of(person.beruf), now.date(), beruf=person.beruf, said=said, now=now))
        return [SlotSet("rueckfrage", None), *([SlotSet("ort", None)] if elsewhere or person.ort == STATEWIDE else [])]
