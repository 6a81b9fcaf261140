"""Messages in the journal for tests of the console: questions, what the model made of them, and what people did next."""

from __future__ import annotations

from typing import Any, Sequence

from bot.store import journal
from bot.store.database import Database
from bot.store.values import new_id


def say(db: Database, text: str, ranking: Sequence[tuple[str, float]] = (("faq/anabin", 0.5), ("faq/aqb", 0.3), ("faq/referenzberuf", 0.1)), *, conversation: str = "",
        decision: str | None = "antwort", source: str = "text", page: str = "/chat", language: str = "de", kreis: str | None = None, answer: str = "Eine Antwort.") -> str:
    """Stores an answered message and returns its id."""
    id = journal.accept(db, conversation or new_id(), new_id(), text, language=language, source=source, page=page).id
    top: Any = ranking[0] if ranking else (None, None)
    faq = str(top[0]).removeprefix("faq/") if decision == "antwort" and str(top[0]).startswith("faq/") else None
    journal.answer(db, id, [{"text": answer, "knoepfe": [], "daten": {}}], raw=text, intent=top[0], confidence=top[1], ranking=[list(pair) for pair in ranking], decision=decision, faq=faq,
                   model="lotse-test", kreis=kreis)
    return id
