"""„Mein Merkzettel“: the path of the Anerkennungsprüfung as plain text to copy or print. Nothing of it is kept."""

from __future__ import annotations

import datetime as dt

from bot.knowledge.base import Knowledge
from bot.knowledge.check import path
from bot.knowledge.check_text import advice_button
from bot.knowledge.fixed import render_text
from bot.knowledge.office_text import age_line, contact_lines
from bot.knowledge.person import Person
from bot.knowledge.render import source_line
from bot.knowledge.reply import Reply
from bot.knowledge.werte import fill


def render_note(knowledge: Knowledge, person: Person, day: dt.date, easy: bool) -> Reply:
    """Returns the note, or what is missing for one."""
    if person.beruf is None:
        return render_text(knowledge, "merkzettel_ohne", easy)
    steps = path(person.case(knowledge), knowledge, day, easy)
    lines = [f"Mein Merkzettel, {day:%d.%m.%Y}", "", *person.words(), ""]
    lines += [f"{number}. {step.titel}{'' if step.titel[-1] in '.?' else ':'} {step.text}" for number, step in enumerate(steps, start=1)]
    offices = list(dict.fromkeys(step.stelle for step in steps if step.stelle))
    for office in offices:
        lines += ["", f"Stelle: {office.name}", *contact_lines(office, day), age_line(office, day)]
    papers = next((knowledge.faqs[step.faq] for step in steps if step.faq.endswith(("unterlagen", "unterlagen-liste"))), None)
    if papers:
        lines += ["", f"Unterlagen: {fill(papers.antwort_einfach if easy else papers.antwort, knowledge.werte, day)}"]
    lines += ["", source_line(knowledge.faqs[person.beruf.faq]), render_text(knowledge, "merkzettel_fuss", easy).text]
    custom = {"typ": "merkzettel", "datum": day.isoformat(), "beruf": person.beruf.id, "stellen": [office.id for office in offices]}
    return Reply("\n".join(lines), (advice_button(person),), custom)
