"""Reports on answers and barriers, in words for staff; „veraltet oder falsch“ also comes as feedback of the chat, in the inbox."""

from __future__ import annotations

from bot.store import audit, reports
from bot.store.database import Database

STATES = {"neu": "neu", "in_arbeit": "in Arbeit", "erledigt": "erledigt"}
REASONS = {"veraltet": "veraltet", "falsch": "falsch", "quelle": "Link oder Quelle", "unverstaendlich": "unverständlich", "barriere": "Barriere"}
OUTDATED = "veraltet"
LONGEST_NOTE = 1000


def handle(db: Database, actor: str, id: str, state: str, note: str) -> bool:
    """Sets the state of a report with a note, and notes who did it in the audit; False when there is no such report.

    Raises:
        ValueError: unknown state.
    """
    done = reports.handle(db, id, state, actor, note[:LONGEST_NOTE])
    if done:
        audit.note(db, actor, "meldung_bearbeitet", id, {"zustand": state})
    return done
