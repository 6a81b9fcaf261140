"""Checks the place of residence: one place in Hessen, a place elsewhere, or a reason to ask again."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.common import knowledge
from bot.knowledge.asking import MOST_INTERRUPTIONS, OFF_TOPIC, STOPPED, interrupted, is_back, is_question, says_stop
from bot.knowledge.office_text import STATEWIDE
from bot.knowledge.places import Resolution, fold

NO_PLACE_GIVEN = frozenset(("egal", "weiss nicht", "weiss ich nicht", "keine ahnung", "hessen", "ganz hessen", "ich weiss es nicht", "ich weiss nicht", "ueberall"))
ASK_AGAIN_AT_MOST = 2


class ValidateBeratungForm(FormValidationAction):
    """Turns what was said into a place name, or leaves in `rueckfrage` what to ask."""

    def name(self) -> str:
        return "validate_beratung_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> List[EventType]:
        """Checks what was said; after an interruption the question comes again once, then the form ends."""
        state, again = tracker.current_state(), tracker.get_slot("rueckfrage") or {}
        if not (tracker.get_slot("requested_slot") and is_back(state)):
            return list(await super().run(dispatcher, tracker, domain))
        times = interrupted(state, again)
        if times >= MOST_INTERRUPTIONS:
            return [SlotSet("rueckfrage", {"ende": "ort_pause"}), SlotSet("requested_slot", None)]
        return [SlotSet("rueckfrage", {**again, "gestoert": times}), SlotSet("requested_slot", "ort")]

    def validate_ort(self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Dict[str, Any]) -> Dict[str, Any]:
        """Returns the slots `ort` (a name, or None to ask again) and `rueckfrage`; a clear no ends the form without a place."""
        said = str(value or "")
        if fold(said) in NO_PLACE_GIVEN:
            return {"ort": STATEWIDE, "rueckfrage": None}
        again = tracker.get_slot("rueckfrage") or {}
        if says_stop(said, _intent(tracker), again.get("art") == "bestaetigen"):
            return {"ort": None, "rueckfrage": {"ende": STOPPED}, "requested_slot": None}
        if again.get("art") == "bestaetigen" and len(again["orte"]) == 1 and _says_yes(tracker):
            said = again["orte"][0]
        places = knowledge().places
        found = places.resolve(said, expected=True)
        if found.kind == "gefunden":
            return {"ort": places.unique_name(found.places[0]), "rueckfrage": None}
        if found.kind == "ausserhalb":
            return {"ort": f"{found.said} ({found.land})" if found.land else found.said, "rueckfrage": None}
        if found.kind == "unbekannt" and _intent(tracker) in OFF_TOPIC and is_question(said):
            return {"ort": None, "rueckfrage": {"ende": "unsicher_ohne"}, "requested_slot": None}
        times = again.get("mal", 0) + 1
        if found.kind == "unbekannt" and times > ASK_AGAIN_AT_MOST:
            return {"ort": STATEWIDE, "rueckfrage": None}
        return {"ort": None, "rueckfrage": question(found, times)}


def _intent(tracker: Tracker) -> str:
    return str(((tracker.latest_message or {}).get("intent") or {}).get("name") or "")


def _says_yes(tracker: Tracker) -> bool:
    return _intent(tracker) == "bestaetigen"


def question(found: Resolution, times: int) -> Dict[str, Any]:
    """Returns why the place is asked again, for `bot.knowledge.place_question`."""
    return {"art": found.kind, "gesagt": found.said.title(), "orte": [p.label() for p in found.places], "land": list(found.lands), "mal": times}
