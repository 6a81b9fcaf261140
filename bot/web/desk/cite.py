"""An answer to hand on, with source, date and link, in three registers: mail, messenger, easy language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.knowledge.base import Knowledge
from bot.knowledge.faq import Faq
from bot.web.desk.texts import filled, german, law_text, lines

NO_ADVICE = "Allgemeine Auskunft, keine Rechtsberatung."


@dataclass(frozen=True)
class Citation:
    """One register: `id` for the page, heading, text to copy."""

    id: str
    titel: str
    text: str


def citations(knowledge: Knowledge, faq: Faq, day: dt.date, link: str) -> list[Citation]:
    """Returns the three texts; an answer past its review date says so in each."""
    clear, easy = lines(filled(knowledge, faq.antwort, day)), lines(filled(knowledge, faq.antwort_einfach, day))
    late = f"Achtung: Diese Auskunft sollte bis {german(faq.pruefen_bis)} neu geprüft werden.\n" if faq.is_overdue(day) else ""
    sources = "\n".join(f"Quelle: {q.titel}, {q.url}" for q in faq.quellen)
    law = f"Rechtsgrundlage: {law_text(faq)}\n" if faq.rechtsgrundlagen else ""
    mail = f"{faq.frage}\n\n{clear}\n\n{law}{sources}\nStand: {german(faq.stand)}, gilt {scope(faq)}\nNachlesen: {link}\n\n{late}{NO_ADVICE}"
    norms = f"{law_text(faq)} · " if faq.rechtsgrundlagen else ""
    messenger = f"*{faq.frage}*\n{clear}\n\n{norms}Stand {german(faq.stand)}\n{late}{link}"
    simple = f"{faq.frage}\n\n{easy}\n\nHier steht mehr: {link}\nDiese Information ist vom {german(faq.stand)}.\n{late}Das ist keine Rechts-Beratung."
    return [Citation("mail", "E-Mail", mail), Citation("messenger", "Messenger", messenger), Citation("einfach", "Einfache Sprache", simple)]


def scope(faq: Faq) -> str:
    """Returns „in Hessen“ or „bundesweit“."""
    return "in Hessen" if faq.gilt == "Hessen" else "bundesweit"
