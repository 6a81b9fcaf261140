"""In which language each paragraph of a reply is, so that the website can set `lang` and `dir`: German, or one of the fixed lines of `data/sprachen.yml`."""

from __future__ import annotations

from bot.knowledge.sprachen import GERMAN, Sprache


def paragraph_languages(text: str, sprache: Sprache) -> list[str]:
    """Returns one language id per paragraph; paragraphs are separated by an empty line, as the renderers do.

    Args:
        text: the reply.
        sprache: the language of the person.
    """
    lines = {*sprache.zeilen.values(), f"{sprache.link_titel}: {sprache.link}"}
    return [sprache.id if set(paragraph.split("\n")) <= lines else GERMAN for paragraph in text.split("\n\n")]
