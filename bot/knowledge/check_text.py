"""The Anerkennungsprüfung as messages: the path with offices, source and next steps, and the questions before it."""

from __future__ import annotations

import datetime as dt
from typing import Any, Mapping

from bot.knowledge.base import Knowledge
from bot.knowledge.check import Step, best_faq, path, place_matters
from bot.knowledge.fixed import render_text
from bot.knowledge.office_text import contact_line
from bot.knowledge.person import Person
from bot.knowledge.place_question import render_place_question
from bot.knowledge.render import ADVICE, CLEARER, EASIER, faq_data, framed, source_line, warnings
from bot.knowledge.reply import Button, Reply
from bot.knowledge.sprachen import Sprache

NOTE = Button("Mein Merkzettel", "Mein Merkzettel")
COSTS = Button("Was kostet das?", "Was kostet das?")
DURATION = Button("Wie lange dauert das?", "Wie lange dauert das?")
TITLE = 48  # characters on a button


def render_check(knowledge: Knowledge, person: Person, day: dt.date, easy: bool, sprache: Sprache | None = None) -> Reply:
    """Returns the path for a person, with what was understood before it and the sources after it."""
    case = person.case(knowledge)
    simple = easy or sprache is not None
    steps = path(case, knowledge, day, simple)
    faq = knowledge.faqs[best_faq(case, steps, knowledge)]
    late = next((w for step in steps for w in warnings(knowledge.faqs[step.faq], day)), "")
    blocks = [f"**{number}. {step.titel}** {_body(step, day)}" for number, step in enumerate(steps, start=1)]
    stufe = "einfach" if simple else "klar"
    data = {**faq_data(knowledge, faq, stufe, day, faq.id, sprache, ""), "typ": "pruefung", "beruf": person.beruf.id if person.beruf else "",
            "land": person.land.id if person.land else "", "ort": person.ort, "aufenthalt": person.aufenthalt,
            "schritte": [{"titel": s.titel, "text": s.text, "faq": s.faq, "stelle": s.stelle.id if s.stelle else ""} for s in steps]}
    return Reply(framed([_head(knowledge, person, simple), *blocks, late, source_line(faq)], sprache), _buttons(person, simple), data)


def render_check_question(knowledge: Knowledge, slot: str, person: Person, again: Mapping[str, Any], day: dt.date, easy: bool, sprache: Sprache | None) -> Reply:
    """Returns the question for `beruf`, `land`, `aufenthalt` or `ort`; after an unknown occupation with what it may have been."""
    if slot == "ort" and again.get("orte"):
        reply = render_place_question(knowledge, again, easy, sprache)
        return Reply(reply.text, reply.buttons, {"typ": "pruefung_frage", "frage": slot})
    name = "beruf_frage" if slot == "beruf" else f"pruefung_{slot}"
    if slot == "aufenthalt" and person.beruf and place_matters(person.case(knowledge), knowledge, day):
        name = "pruefung_aufenthalt_ort"
    berufe = [knowledge.berufe[i] for i in again.get("vorschlaege", ()) if i in knowledge.berufe]
    if slot == "beruf" and "vorschlaege" in again:
        name = "pruefung_beruf_vorschlag" if berufe else "pruefung_beruf_unbekannt"
    reply = render_text(knowledge, name, easy, sprache, gesagt=str(again.get("gesagt", "")))
    offered = tuple(Button(beruf.namen[0][:TITLE], beruf.namen[0]) for beruf in berufe)
    return Reply(reply.text, offered + reply.buttons, {"typ": "pruefung_frage", "frage": slot})


def _head(knowledge: Knowledge, person: Person, easy: bool) -> str:
    name = "pruefung_kopf" if person.beruf else "pruefung_kopf_ohne"
    return render_text(knowledge, name, easy, angaben="; ".join(person.words())).text


def _body(step: Step, day: dt.date) -> str:
    return f"{step.text}\n{contact_line(step.stelle, day)}" if step.stelle else step.text


def advice_button(person: Person) -> Button:
    """Returns the way to the next advice centre."""
    return Button(f"Beratung in {person.ort}"[:TITLE], f"Beratung in {person.ort}") if person.ort else ADVICE


def _buttons(person: Person, easy: bool) -> tuple[Button, ...]:
    return (advice_button(person), *((NOTE, COSTS, DURATION) if person.beruf else ()), CLEARER if easy else EASIER)
