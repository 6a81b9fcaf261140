"""What the person did after a message: pressed a button, said what she thought, asked again in other words, went on, or left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence

import sqlalchemy as sa
from rapidfuzz import fuzz

from bot.store.tables import feedback, journal

SAME_QUESTION = 55  # likeness from which the next message is the same question again
OPINIONS = {"hilft": "hilfreich", "falsch": "falsch", "unverstaendlich": "unverständlich", "veraltet": "veraltet"}


@dataclass(frozen=True)
class Next:
    """kind: knopf | umformuliert | weiter | gegangen; text: the button or the next message; opinion: what was said about the answer, in German, or ""; words: what to those."""

    kind: str
    text: str = ""
    opinion: str = ""
    words: str = ""

    @property
    def label(self) -> str:
        """The kind in German."""
        return {"knopf": "drückte", "umformuliert": "fragte noch einmal anders", "weiter": "fragte weiter", "gegangen": "ging"}[self.kind]


def next_steps(connection: sa.engine.Connection, rows: Sequence[Any]) -> dict[str, Next]:
    """Returns for each journal row (by id) what came next. One query for the next messages, one for the opinions."""
    if not rows:
        return {}
    mine, later = journal.alias("mine"), journal.alias("later")
    first = sa.select(later.c.id).where(later.c.conversation == mine.c.conversation, later.c.created > mine.c.created).order_by(later.c.created).limit(1).correlate(mine).scalar_subquery()
    follower = journal.alias("follower")
    columns = (mine.c.id.label("of"), follower.c.text, follower.c.source, follower.c.intent)
    query = sa.select(*columns).select_from(mine.join(follower, follower.c.id == first)).where(mine.c.id.in_([row.id for row in rows]))
    followed = {row.of: row for row in connection.execute(query)}
    said = {row.message: row for row in connection.execute(sa.select(feedback.c.message, feedback.c.reason, feedback.c.text).where(feedback.c.message.in_([row.id for row in rows])))}
    return {row.id: _step(row, followed.get(row.id), said.get(row.id)) for row in rows}


def _step(row: Any, follower: Any, said: Any) -> Next:
    opinion, words = (OPINIONS.get(said.reason, said.reason), said.text or "") if said else ("", "")
    if follower is None:
        return Next("gegangen", "", opinion, words)
    if follower.source == "knopf":
        return Next("knopf", follower.text, opinion, words)
    again = fuzz.token_set_ratio(row.text.casefold(), follower.text.casefold()) >= SAME_QUESTION or (follower.intent and follower.intent == row.intent)
    return Next("umformuliert" if again else "weiter", follower.text, opinion, words)
