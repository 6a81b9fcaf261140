"""Fixed texts → message."""

from __future__ import annotations

from bot.knowledge.base import Knowledge
from bot.knowledge.paragraphs import paragraph_languages
from bot.knowledge.reply import Reply
from bot.knowledge.sprachen import Sprache

# Fixed text → the line in the person's language that goes before it.
FOREIGN_LINE = {"fremd": "fremd", "notfall": "notfall", "ort_frage": "wohnort", "pruefung_ort": "wohnort", "pruefung_aufenthalt_ort": "wohnort", "gespraech/gruss": "gruss", "gespraech/dank": "dank",
                "gespraech/abschied": "abschied", "gespraech/sprache": "wechsel", "mensch": "beratung", "unsicher_ohne": "unsicher"}


def render_text(knowledge: Knowledge, name: str, easy: bool = False, sprache: Sprache | None = None, **values: str) -> Reply:
    """Returns the fixed text `name` with its `{places}` filled from `values`."""
    text = knowledge.texte[name]
    body = text.einfach if easy or sprache else text.text
    for key, value in values.items():
        body = body.replace("{" + key + "}", value)
    line = sprache.zeilen.get(FOREIGN_LINE.get(name, ""), "") if sprache else ""
    whole = f"{line}\n\n{body}" if line else body
    languages = {"absaetze": paragraph_languages(whole, sprache)} if sprache else {}
    return Reply(whole, text.knoepfe, {"typ": "text", "text": name, **languages})
