"""Answers as plain text and HTML with the values of a day, and short words for their marks."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from markupsafe import Markup

from bot.knowledge.base import Knowledge
from bot.knowledge.faq import Faq
from bot.knowledge.werte import fill
from bot.search.documents import plain
from bot.web.templating import markdown

SURE = {"geprueft": ("Geprüft", "Gesetz oder Quelle wurde für diese Antwort gelesen."),
        "bekannt": ("Bekannt", "Fachlich bekannt, die Quelle wurde nicht noch einmal gelesen."),
        "ungeklaert": ("Ungeklärt", "Nicht sicher bekannt: Die Antwort sagt das und nennt, wer helfen kann.")}
ASPECTS = {"kosten": "Was kostet das?", "dauer": "Wie lange dauert es?", "unterlagen": "Welche Unterlagen?", "zustaendig": "Wer ist zuständig?", "sprache": "Wie viel Deutsch?",
           "foerderung": "Wer zahlt dazu?"}
REASONS = {"veraltet": "Die Antwort ist veraltet", "falsch": "Die Antwort ist falsch", "quelle": "Ein Link oder eine Quelle stimmt nicht", "unverstaendlich": "Die Antwort ist nicht verständlich"}

html = lru_cache(maxsize=4096)(markdown)


def filled(knowledge: Knowledge, text: str, day: dt.date) -> str:
    """Returns `text` with the values of `day`."""
    return fill(text, knowledge.werte, day)


def rendered(knowledge: Knowledge, text: str, day: dt.date) -> Markup:
    """Returns answer text as HTML with the values of `day`; equal texts are rendered once."""
    return html(filled(knowledge, text, day))


def lines(text: str) -> str:
    """Returns answer text as plain text that keeps its list items on lines of their own."""
    return "\n".join(f"- {plain(line.lstrip()[2:])}" if line.lstrip().startswith(("- ", "* ")) else plain(line) for line in text.splitlines()).strip()


def german(day: dt.date) -> str:
    """Returns „19.08.2026“."""
    return f"{day:%d.%m.%Y}"


def law_text(faq: Faq) -> str:
    """Returns all law references in one line, "" without one."""
    return "; ".join(norm.norm for norm in faq.rechtsgrundlagen)
