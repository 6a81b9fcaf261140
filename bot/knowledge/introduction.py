"""What a sentence tells about a person: occupation, country of training and residence, and whether it tells nothing else.

„Koch“, „nein, aus Polen“ or „Krankenshwester aus Kenia“ are introductions, whatever else a model may hear in a single word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Sequence

from bot.knowledge.base import Knowledge
from bot.knowledge.flat import flat
from bot.knowledge.name_index import FILLERS
from bot.knowledge.residence import LIVE, bare_residence, stated_residence

GROUPS = ("eu", "drittstaat")  # what stands for all countries of a group
FOLLOWS_UP = ("und", "auch", "wie")  # „und als Koch?“ asks for what was asked before
NOT_FROM = re.compile(rf"(?:{LIVE}(?: \w+)?(?: noch| jetzt| gerade| derzeit)? in(?: der| den| dem)?|\bnicht(?: mehr)?(?: aus| in| von)?(?: der| den| dem)?)$")
INTRODUCTION, TELLS_PLACE = "vorstellung", "ort_angeben"
TELLING = (INTRODUCTION, "anerkennung_pruefen")
BESIDE_A_PLACE = ("in", "bei", "bitte")
PLACES = (TELLS_PLACE, "beratung_finden")  # intents in which a misspelt word is a place
SHORTEST_TYPO = 6  # letters of a single misspelt word that is taken for an occupation


@dataclass(frozen=True)
class Name:
    """A name found in a text: entity, value and where it stands."""

    entity: str
    value: str
    start: int
    end: int


def complete(text: str, names: Sequence[Name], intent: str, trained: bool, knowledge: Knowledge) -> tuple[str, list[Name]]:
    """Returns intent and names of a message, completed by what a model does not see.

    Args:
        names: what was found by exact name; intent: what the model decided; trained: the message is a training sentence, its intent stays.
    """
    place = told_place(text, names, knowledge)
    known = [*names, place] if place else list(names)
    named = any(n.entity == "beruf" for n in names)
    guess = "" if trained or named or intent in PLACES else misspelt_occupation(text, known, knowledge)
    if guess or (not trained and tells_only_names(text, known, knowledge)):
        intent = INTRODUCTION
    elif not trained and tells_only_place(text, names):
        intent = TELLS_PLACE
    if intent not in TELLING:
        return intent, list(names)
    rest = without(text, known)
    beruf = knowledge.beruf_finder.find(rest).beruf
    lands = training_lands(text, names)
    told = {
        "beruf": guess or ("" if named or beruf is None else beruf.id),
        "land": "" if lands else knowledge.land_finder.find(rest),
        "ort": place.value if place else "",
        "aufenthalt": bare_residence(text) or stated_residence(text, knowledge.land_finder),
    }
    kept = [n for n in names if n.entity != "land" or n in lands]
    return intent, kept + [Name(entity, value, 0, len(text)) for entity, value in told.items() if value]


def training_lands(text: str, names: Sequence[Name]) -> list[Name]:
    """Returns the countries in which the person may have been trained: not those after „lebe in“ or „nicht aus“, unless there is no other."""
    lands = [n for n in names if n.entity == "land"]
    kept = [n for n in lands if not NOT_FROM.search(flat(text[: n.start]))]
    return kept or lands[:1]


def tells_only_names(text: str, names: Sequence[Name], knowledge: Knowledge) -> bool:
    """Tells whether `text` holds nothing but a person's occupation, country or residence, and the usual words around them."""
    words = flat(text).split()
    if not words or words[0] in FOLLOWS_UP or "?" in text:
        return False
    told = any(n.entity in ("beruf", "land") for n in names) or bool(bare_residence(text)) or knowledge.land_finder.find(text) in GROUPS
    rest = _rest(text, names)
    misspelt_land = len(rest) == 1 and any(n.entity == "beruf" for n in names) and bool(knowledge.land_finder.find(rest[0]))
    return told and (not rest or misspelt_land)


def tells_only_place(text: str, names: Sequence[Name]) -> bool:
    """Tells whether `text` holds nothing but one place or PLZ and the usual words around it („Fulda“, „in 34117 bitte“)."""
    rest = " ".join(word for word in flat(text).split() if word not in BESIDE_A_PLACE)
    return "?" not in text and rest in {flat(n.value) for n in names if n.entity in ("ort", "plz")}


def misspelt_occupation(text: str, names: Sequence[Name], knowledge: Knowledge) -> str:
    """Returns the id of the occupation behind the one word of `text` that is neither a known name nor a usual word, or ""."""
    rest = _rest(text, names)
    if len(rest) != 1 or len(rest[0]) < SHORTEST_TYPO or "?" in text:
        return ""
    beruf = knowledge.beruf_finder.find(rest[0]).beruf
    return beruf.id if beruf and not any(flat(name).startswith(rest[0]) for name in beruf.namen) else ""


def told_place(text: str, names: Sequence[Name], knowledge: Knowledge) -> Name | None:
    """Returns the German town in which the person says she lives when no name of a place is known yet."""
    if any(n.entity in ("ort", "plz") for n in names):
        return None
    found = knowledge.places.resolve(without(text, names))
    if found.kind not in ("gefunden", "mehrdeutig", "ausserhalb") or not re.search(rf"{LIVE} (?:\w+ ){{0,2}}in {re.escape(flat(found.said))}\b", flat(text)):
        return None
    start = text.lower().rfind(found.said.lower())
    return Name("ort", found.said, start, start + len(found.said)) if start >= 0 else None


def without(text: str, names: Sequence[Name]) -> str:
    """Returns `text` without the names."""
    for name in sorted(names, key=lambda n: -n.start):
        text = f"{text[: name.start]} {text[name.end :]}"
    return text


def _rest(text: str, names: Sequence[Name]) -> list[str]:
    return [word for word in flat(without(text, names)).split() if word not in FILLERS and not word.isdigit()]
