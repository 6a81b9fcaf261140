"""When a question of ours stops: at a clear no at once, after two interruptions in a row with an offer to go on.

Both forms go by it, the Anerkennungsprüfung and the search for advice. Why the asking ended stands in the slot `rueckfrage` as {"ende": name of a fixed text}.
"""

from __future__ import annotations

import re
from typing import Any, Mapping

from bot.knowledge.flat import flat

MOST_INTERRUPTIONS = 2
STOPPED = "abgebrochen"
SAYS_NO, DECLINES = "verneinen", "weiss_nicht"
GOODBYE = "gespraech/abschied"
FEW_WORDS = 2
STOP = re.compile(r"^(?:(?:nein|bitte|no|ich sagte|doch) )*(?:stopp?|halt|abbrechen|abbruch|cancel|schluss|genug|aufhoren|nein danke|danke nein|no thanks?|no thank you"
                  r"|hor\w* (?:\w+ )?auf(?: .*)?|lass\w* (?:mich|das|es)(?: .*)?|frag\w* (?:mich )?nicht (?:mehr|weiter|so)(?: .*)?|(?:ich )?(?:will|mochte) (?:das |es )?(?:hier )?nicht(?: mehr)?)"
                  r"(?: (?:bitte|jetzt|danke|damit|mal))*$")
OFF_TOPIC = ("out_of_scope", "unsicher")  # a name that the model does not know, or a question
QUESTION_WORDS = frozenset("wie was wer wo wann warum wieso welche welcher welches wohin wozu kann kannst konnen darf muss gibt erzahl".split())
NAME_FRAME = frozenset("ich bin komme wohne lebe in aus nach bei der dem den die im und als von beruf ja".split())


def says_stop(text: str, intent: str | None, yes_or_no: bool) -> bool:
    """Tells whether a person does not want to be asked.

    Args:
        yes_or_no: whether the open question can be answered with „nein“.
    """
    words = flat(text)
    if STOP.fullmatch(words):
        return True
    return intent == SAYS_NO and not yes_or_no and len(words.split()) <= FEW_WORDS


def is_question(text: str) -> bool:
    """Tells whether a message asks something."""
    return "?" in text or not QUESTION_WORDS.isdisjoint(flat(text).split()[:1])


def is_back(tracker: Mapping[str, Any]) -> bool:
    """Tells whether the form speaks again after another answer, not to a message."""
    return next((event["event"] == "bot" for event in reversed(tracker.get("events") or []) if event["event"] in ("bot", "user")), False)


def interrupted(tracker: Mapping[str, Any], again: Mapping[str, Any]) -> int:
    """Returns the number of interruptions in a row, the current one with it; a goodbye ends the asking at once."""
    bot: Mapping[str, Any] = next((event for event in reversed(tracker["events"]) if event["event"] == "bot"), {})
    said = ((bot.get("data") or {}).get("custom") or {}).get("text")
    return MOST_INTERRUPTIONS if said == GOODBYE else int(again.get("gestoert", 0)) + 1


def is_only_a_name(message: Mapping[str, Any]) -> bool:
    """Tells whether a message is nothing but a place, country or occupation: an answer, whatever intent the model sees in „fulda“."""
    text = str(message.get("text") or "")
    rest = list(text)
    for entity in message.get("entities") or []:
        if entity.get("entity") in ("ort", "plz", "land", "beruf", "aufenthalt"):
            rest[entity["start"] : entity["end"]] = " " * (entity["end"] - entity["start"])
    left = "".join(rest)
    return left != text and set(flat(left).split()) <= NAME_FRAME
