"""FAQ record → message: text that reads well on any channel, buttons, and the data the website shows.

`stufe` is the level of a reply: `klar` (clear German), `einfach` (easy German) or `mehr` (the details).
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from bot.knowledge.base import Knowledge
from bot.knowledge.faq import Faq
from bot.knowledge.reply import Button, Reply
from bot.knowledge.sprachen import Sprache
from bot.knowledge.themen import DEFAULT
from bot.knowledge.werte import fill

MORE = Button("Mehr dazu", "Mehr dazu")
EASIER = Button("Einfacher erklären", "Bitte einfacher erklären")
CLEARER = Button("Normales Deutsch", "Bitte wieder in normalem Deutsch")
ADVICE = Button("Beratung in meiner Nähe", "Wo ist die nächste Beratung?")
MAX_RELATED = 2
STATUTES = "Gesetze im Internet"


def render_faq(knowledge: Knowledge, faq: Faq, stufe: str, day: dt.date, anchor: str = "", sprache: Sprache | None = None, lead: str = "",
               aspekt: str = "") -> Reply:
    """Returns the answer of `faq`.

    Args:
        anchor: id of the topic that follow-up questions refer to; the FAQ itself when empty.
        sprache: the person's language when it is not German: fixed lines are put around the easy answer.
        lead: a sentence that goes before the answer.
        aspekt: what the answer is about when it follows up another one; found by itself for the general FAQs.
    """
    body = {"klar": faq.antwort, "einfach": faq.antwort_einfach, "mehr": faq.mehr or faq.antwort}[stufe]
    body = fill(body, knowledge.werte, day)
    text = framed([lead, body, *warnings(faq, day), source_line(faq)], sprache)
    return Reply(text, _buttons(knowledge, faq, stufe), faq_data(knowledge, faq, stufe, day, anchor or faq.id, sprache, aspekt or general_aspect(knowledge, faq.id)))


def framed(lines: list[str], sprache: Sprache | None) -> str:
    """Returns the paragraphs of an answer, between the fixed lines in the person's language."""
    if sprache and sprache.zeilen:
        lines = [sprache.zeilen["einleitung"], *lines, _closing(sprache)]
    return "\n\n".join(line for line in lines if line)


def source_line(faq: Faq) -> str:
    """Returns „Rechtsgrundlage: § 20a AufenthG. Quelle: Make it in Germany. Stand: 19.08.2026.“"""
    norms = ", ".join(n.norm for n in faq.rechtsgrundlagen[:3])
    titles = [q.titel for q in faq.quellen if not q.titel.startswith(STATUTES)][:2]
    law = f"Rechtsgrundlage: {norms}. " if norms else ""
    return f"{law}Quelle: {'; '.join(titles) or STATUTES}. Stand: {faq.stand:%d.%m.%Y}."


def aspect_target(knowledge: Knowledge, faq: Faq | None, aspekt: str) -> Faq:
    """Returns the FAQ that answers a follow-up („und was kostet das?“) about `faq`, or the general one."""
    if faq is not None and aspekt in faq.aspekte:
        return knowledge.faqs[faq.aspekte[aspekt]]
    if faq is not None and aspekt in knowledge.themen[faq.thema].aspekte:
        return knowledge.faqs[knowledge.themen[faq.thema].aspekte[aspekt]]
    return knowledge.faqs[knowledge.themen[DEFAULT].aspekte[aspekt]]


def general_aspect(knowledge: Knowledge, faq_id: str) -> str:
    """Returns the aspect that a general FAQ stands for („kosten“ for the overview of costs), or ""."""
    return next((aspekt for aspekt, target in knowledge.themen[DEFAULT].aspekte.items() if target == faq_id), "")


def render_offer(knowledge: Knowledge, faq_ids: list[str], easy: bool, sprache: Sprache | None) -> Reply:
    """Returns „Meinen Sie eine dieser Fragen?“ with up to three buttons and a human contact."""
    text = knowledge.texte["unsicher" if faq_ids else "unsicher_ohne"]
    line = sprache.zeilen["unsicher"] if sprache and sprache.zeilen else ""
    buttons = tuple(Button(knowledge.faqs[i].kurz, knowledge.faqs[i].frage) for i in faq_ids)
    options = "\n".join(f"- {b.title}" for b in buttons)
    parts = [line, text.einfach if easy else text.text, options]
    human = (Button("Mit einem Menschen sprechen", "Ich möchte mit einem Menschen sprechen"),) if faq_ids else text.knoepfe
    return Reply("\n\n".join(p for p in parts if p), buttons + human, {"typ": "vorschlag", "faq": faq_ids})


def warnings(faq: Faq, day: dt.date) -> list[str]:
    """Returns a sentence when the answer is past its review date, else nothing."""
    if faq.is_overdue(day):
        return [f"Bitte beachten: Diese Auskunft sollte bis {faq.pruefen_bis:%d.%m.%Y} neu geprüft werden. Fragen Sie zur Sicherheit bei der zuständigen Stelle nach."]
    return []


def _closing(sprache: Sprache) -> str:
    named = urlsplit(sprache.link).netloc.removeprefix("www.") in sprache.zeilen["schluss"]  # the sentence is a link to it already
    lines = (sprache.zeilen["schluss"], "" if named else f"{sprache.link_titel}: {sprache.link}", sprache.zeilen["beratung"])
    return "\n".join(line for line in lines if line)


def _buttons(knowledge: Knowledge, faq: Faq, stufe: str) -> tuple[Button, ...]:
    first = [MORE] if faq.mehr and stufe != "mehr" else []
    first.append(CLEARER if stufe == "einfach" else EASIER)
    if faq.beratung_anbieten:
        first.append(ADVICE)
    related = [Button(knowledge.faqs[i].kurz, knowledge.faqs[i].frage) for i in faq.verwandt[:MAX_RELATED]]
    return tuple(first + related)


def faq_data(knowledge: Knowledge, faq: Faq, stufe: str, day: dt.date, anchor: str, sprache: Sprache | None, aspekt: str) -> dict[str, Any]:
    """Returns what the website shows besides the text, and what follow-ups go by."""
    return {
        "typ": "faq",
        "faq": faq.id,
        "anker": anchor,
        "aspekt": aspekt,
        "stufe": stufe,
        "frage": faq.frage,
        "thema": knowledge.themen[faq.thema].titel,
        "rechtsgrundlagen": [{"norm": n.norm, "url": n.url} for n in faq.rechtsgrundlagen],
        "quellen": [{"titel": q.titel, "url": q.url} for q in faq.quellen],
        "gilt": faq.gilt,
        "stand": faq.stand.isoformat(),
        "pruefen_bis": faq.pruefen_bis.isoformat(),
        "ueberfaellig": faq.is_overdue(day),
        "quellenzeile": source_line(faq),
        "sicher": faq.sicher,
        "sprache": sprache.id if sprache else "de",
    }
