"""Names the offices that are right for the person and near her place."""

from __future__ import annotations

import datetime as dt
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.common import knowledge, send
from bot.knowledge.office_text import STATEWIDE, render_outside, render_routes
from bot.knowledge.person import Person
from bot.knowledge.places import Place

GROUPS = {"pflege": "pflege", "paedagogik": "paedagogik"}
ANYWHERE = Place(STATEWIDE, STATEWIDE, 50.6, 9.0)


class ActionFindOffice(Action):
    """Answers „Wo ist die nächste Beratung?“ once the place is known."""

    def name(self) -> str:
        return "action_find_office"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[EventType]:
        known, today = knowledge(), dt.date.today()
        person = Person.from_slots(tracker.slots, known)
        group = GROUPS.get(person.beruf.gruppe if person.beruf else "", "standard")
        found = known.places.resolve(person.ort, expected=True)
        if found.kind == "ausserhalb":
            send(dispatcher, render_outside(known, found, today))
        else:
            send(dispatcher, render_routes(known, found.places[0] if found.places else ANYWHERE, "beratung", group, today))
        return [SlotSet("rueckfrage", None)]
