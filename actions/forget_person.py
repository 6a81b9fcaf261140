"""Forgets what the person told about herself."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher


class ActionForgetPerson(Action):
    """Clears occupation, country, place and residence."""

    def name(self) -> str:
        return "action_forget_person"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[EventType]:
        return [SlotSet(slot, None) for slot in ("beruf", "land", "ort", "aufenthalt", "rueckfrage")]
