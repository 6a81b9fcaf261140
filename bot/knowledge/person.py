"""What a person told about herself in this conversation, and how answers use it.

Occupation, country and place live in Rasa slots only; "Vergiss meine Angaben" clears them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Mapping

from bot.knowledge.base import Knowledge
from bot.knowledge.berufe import Beruf
from bot.knowledge.faq import Faq
from bot.knowledge.fixed import render_text
from bot.knowledge.laender import Land
from bot.knowledge.render import general_aspect, render_faq
from bot.knowledge.reply import Button, Reply


@dataclass(frozen=True)
class Person:
    """Known facts about a person; None or "" when unknown."""

    beruf: Beruf | None = None
    land: Land | None = None
    ort: str = ""

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any], knowledge: Knowledge) -> "Person":
        """Reads the slots `beruf`, `land` and `ort`; unknown ids are ignored."""
        return cls(knowledge.berufe.get(slots.get("beruf") or ""), knowledge.laender.get(slots.get("land") or ""), slots.get("ort") or "")

    def words(self) -> list[str]:
        """Returns what is known in words, for showing it to the person."""
        return [f"{label}: {value}" for label, value in (("Beruf", self.beruf.name if self.beruf else ""), ("Land", self.land.name if self.land else ""), ("Ort", self.ort)) if value]


def variant_for(knowledge: Knowledge, faq: Faq, person: Person) -> tuple[Faq, str]:
    """Returns the variant of a general FAQ for the person's occupation, with a lead sentence; else `faq` itself."""
    if person.beruf is None:
        return faq, ""
    target = person.beruf.aspekte.get(general_aspect(knowledge, faq.id), "")
    if not target or target == faq.id:
        return faq, ""
    return knowledge.faqs[target], f"Für Ihren Beruf ({person.beruf.name}):"


def render_introduction(knowledge: Knowledge, person: Person, easy: bool, day: dt.date) -> Reply:
    """Returns the reply to „Ich bin Krankenschwester aus …“: what applies to this occupation, and the next steps as buttons."""
    if person.beruf is None:
        reply = render_text(knowledge, "beruf_frage", easy)
        heard = f"Danke, ich habe mir gemerkt: {'; '.join(person.words())}. " if person.words() else ""
        return Reply(heard + reply.text, _advice(person) + reply.buttons, {"typ": "text", "text": "beruf_frage"})
    beruf = person.beruf
    faq = knowledge.faqs[beruf.faq]
    lead = f"Danke, ich habe mir gemerkt: {'; '.join(person.words())}.\n\n{beruf.hinweis}"
    answer = render_faq(knowledge, faq, "einfach" if easy else "klar", day, lead=lead)
    labels = {"kosten": "Was kostet das?", "dauer": "Wie lange dauert das?", "unterlagen": "Welche Unterlagen brauche ich?"}
    steps = tuple(Button(label, label) for label in labels.values())
    return Reply(answer.text, _advice(person) + steps, {**answer.custom, "beruf": beruf.id})


def render_remembered(knowledge: Knowledge, person: Person) -> Reply:
    """Returns the list of what is remembered, with a button to forget it."""
    if not person.words():
        return render_text(knowledge, "gemerkt_nichts")
    return render_text(knowledge, "gemerkt_liste", liste="; ".join(person.words()))


def _advice(person: Person) -> tuple[Button, ...]:
    return (Button(f"Beratung in {person.ort}"[:48], f"Beratung in {person.ort}"),) if person.ort else (Button("Beratung in meiner Nähe", "Wo ist die nächste Beratung?"),)
