"""What people think of one answer: helps, wrong, not understood, outdated."""

from __future__ import annotations

import sqlalchemy as sa

from bot.privacy.mask import mask
from bot.store.database import Database
from bot.store.tables import REASONS, feedback, journal
from bot.store.values import clean_text, new_id


def give(db: Database, conversation: str, message: str, reason: str, text: str | None = None) -> str | None:
    """Stores the opinion on the answer `message` (journal id) and returns its id; a second one on the same answer replaces the first.

    Returns None when the conversation has no such message: nobody rates the answers of others.

    Args:
        text: as the person wrote it; masked in here.

    Raises:
        ValueError: unknown reason.
    """
    if reason not in REASONS:
        raise ValueError(reason)
    with db.write() as connection:
        rated = connection.execute(sa.select(journal.c.faq).where(journal.c.id == message, journal.c.conversation == conversation)).first()
        if rated is None:
            return None
        connection.execute(feedback.delete().where(feedback.c.message == message, feedback.c.conversation == conversation))
        row = {"id": new_id(), "message": message, "conversation": conversation, "faq": rated.faq, "reason": reason, "text": mask(clean_text(text)).text if text else None, "created": db.now()}
        connection.execute(feedback.insert().values(row))
        connection.execute(journal.update().where(journal.c.id == message).values(group_key=None))  # the inbox counts it anew
    return str(row["id"])


def of_message(db: Database, message: str) -> list[sa.engine.Row]:
    """Returns the opinions on one answer that are within their time."""
    with db.read() as connection:
        return list(connection.execute(sa.select(feedback).where(feedback.c.message == message, feedback.c.created > db.now() - db.limits.feedback)).all())
