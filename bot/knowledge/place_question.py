"""The question for the place of residence, in the form that fits what was said before.

The action server leaves in the slot `rueckfrage` why it asks again: {"art", "gesagt", "orte", "land"}.
"""

from __future__ import annotations

from typing import Any, Mapping

from bot.knowledge.base import Knowledge
from bot.knowledge.fixed import render_text
from bot.knowledge.reply import Button, Reply
from bot.knowledge.sprachen import Sprache


def render_place_question(knowledge: Knowledge, again: Mapping[str, Any], easy: bool, sprache: Sprache | None) -> Reply:
    """Returns the first question, or the one that follows an answer which was not clear."""
    art = again.get("art", "")
    name = f"ort_{art}" if f"ort_{art}" in knowledge.texte else "ort_frage"
    places = list(again.get("orte", ()))
    reply = render_text(knowledge, name, easy, sprache, gesagt=str(again.get("gesagt", "")), vorschlag=" oder ".join(places))
    buttons = tuple(Button(place[:48], place) for place in places) + tuple(
        Button(f"{again.get('gesagt', '')} in {land}".strip()[:48], f"{again.get('gesagt', '')} {land}") for land in again.get("land", ()))
    if art == "bestaetigen":
        buttons += (Button("Nein, anderer Ort", "Nein, anderer Ort"),)
    return Reply(reply.text, buttons or reply.buttons, {"typ": "ort_frage", "art": art or "frage"})
