"""What a person told about herself in this conversation, and how answers use it.

Occupation, country, place and residence live in Rasa slots only; "Vergiss meine Angaben" clears them. The slots hold ids, or, without the
action server that checks them, what the person wrote: `Person` understands both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Mapping

from bot.knowledge.base import Knowledge
from bot.knowledge.berufe import Beruf
from bot.knowledge.check import Case
from bot.knowledge.check_rules import AUFENTHALT, UNKNOWN
from bot.knowledge.faq import Faq
from bot.knowledge.fixed import render_text
from bot.knowledge.laender import Land
from bot.knowledge.render import general_aspect
from bot.knowledge.reply import Reply
from bot.knowledge.residence import answered_residence

GROUP_NAMES = {"eu": "EU", "ewr-ch": "EWR oder Schweiz", "drittstaat": "außerhalb der EU"}


@dataclass(frozen=True)
class Person:
    """Known facts about a person; None, "" or `unbekannt` when unknown. gruppe: the country's group in the law."""

    beruf: Beruf | None = None
    land: Land | None = None
    ort: str = ""
    gruppe: str = UNKNOWN
    aufenthalt: str = UNKNOWN

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any], knowledge: Knowledge) -> "Person":
        """Reads the slots `beruf`, `land`, `ort` and `aufenthalt`; what cannot be understood counts as unknown."""
        said = {slot: str(slots.get(slot) or "") for slot in ("beruf", "land", "ort", "aufenthalt")}
        said = {slot: "" if value == UNKNOWN else value for slot, value in said.items()}
        beruf = knowledge.berufe.get(said["beruf"]) or knowledge.beruf_finder.find(said["beruf"]).beruf
        origin = said["land"] if said["land"] in (*knowledge.laender, *GROUP_NAMES) else knowledge.land_finder.find(said["land"])
        land = knowledge.laender.get(origin)
        aufenthalt = said["aufenthalt"]
        if aufenthalt and aufenthalt not in AUFENTHALT:
            aufenthalt = answered_residence(aufenthalt, knowledge.land_finder, knowledge.places)
        ort = _named(said["ort"], knowledge)
        return cls(beruf, land, ort, land.gruppe if land else origin or UNKNOWN, aufenthalt or ("deutschland" if ort else UNKNOWN))

    def words(self) -> list[str]:
        """Returns what is known in words, for showing it to the person."""
        land = self.land.name if self.land else GROUP_NAMES.get(self.gruppe, "")
        home = self.ort or ("im Ausland" if self.aufenthalt == "ausland" else "")
        return [f"{label}: {value}" for label, value in (("Beruf", self.beruf.name if self.beruf else ""), ("Land", land), ("Ort", home)) if value]

    def case(self, knowledge: Knowledge) -> Case:
        """Returns what the Anerkennungsprüfung goes by."""
        found = knowledge.places.resolve(self.ort, expected=True) if self.ort else None
        case = Case(self.beruf, self.gruppe, aufenthalt=self.aufenthalt)
        if found and found.kind == "gefunden":
            return Case(self.beruf, self.gruppe, found.places[0], self.aufenthalt)
        if found and found.kind == "ausserhalb":
            return Case(self.beruf, self.gruppe, None, self.aufenthalt, found.said, found.land)
        return case


def _named(ort: str, knowledge: Knowledge) -> str:
    """Returns the name of the place for a PLZ that belongs to one place only, else `ort` as it is."""
    found = knowledge.places.resolve(ort) if ort.isdigit() else None
    return knowledge.places.unique_name(found.places[0]) if found and found.kind == "gefunden" else ort


def variant_for(knowledge: Knowledge, faq: Faq, person: Person) -> tuple[Faq, str]:
    """Returns the variant of a general FAQ for the person's occupation, with a lead sentence; else `faq` itself."""
    if person.beruf is None:
        return faq, ""
    target = person.beruf.aspekte.get(general_aspect(knowledge, faq.id), "")
    if not target or target == faq.id:
        return faq, ""
    return knowledge.faqs[target], f"Für Ihren Beruf ({person.beruf.name}):"


def render_remembered(knowledge: Knowledge, person: Person) -> Reply:
    """Returns the list of what is remembered, with a button to forget it."""
    if not person.words():
        return render_text(knowledge, "gemerkt_nichts")
    return render_text(knowledge, "gemerkt_liste", liste="; ".join(person.words()))
