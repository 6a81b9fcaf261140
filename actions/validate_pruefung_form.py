"""Understands the answers of the Anerkennungsprüfung and decides what else to ask."""

from __future__ import annotations

import datetime as dt
from typing import Any, Dict, List

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.common import knowledge
from bot.knowledge.check_dialogue import checked


class ValidatePruefungForm(Action):
    """Rasa runs it before each question of the form; when this server is down, `bot/action_endpoint.py` does the same in its place."""

    def name(self) -> str:
        return "validate_pruefung_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[EventType]:
        return checked(tracker.current_state(), knowledge(), dt.date.today())
