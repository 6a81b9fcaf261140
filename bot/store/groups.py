"""The inbox as a table: one row per wording, made from the journal bit by bit and kept up to date. No texts in it.

`journal.group_key` None means: new, or something about it changed. `sort_in` gives such rows their group and counts the group anew.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from typing import Any, Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.knowledge.flat import flat
from bot.store.database import Database
from bot.store.tables import ACCEPTED, FAILED, feedback, inbox, journal, labels

BATCH = 400  # rows per transaction: nobody who writes a message waits long
NOT_FOR_STAFF = ""  # group_key of buttons and of test chats
TEST_PAGE = "/team/"  # page of a conversation that a member of staff began
LOCK = 7_300_416
UNSURE, DECLINED = ("vorschlag", "unsicher"), ("ablehnung",)


def key_of(text: str) -> str:
    """Returns the group of a wording: the same for the same words, whatever case, accents and punctuation."""
    return hashlib.blake2b((flat(text) or text.strip()).encode("utf-8", "replace"), digest_size=16).hexdigest()


def week_of(moment: dt.datetime) -> str:
    """Returns the ISO week as „2026-W48“."""
    year, week, _ = moment.isocalendar()
    return f"{year}-W{week:02d}"


def learning_value(confidence: float | None, second: float | None, decision: str | None, bad: int, count: int) -> float:
    """Returns how much a label would teach, about 0 to 6: unsure or turned down, disliked, and frequent wordings first.

    Args:
        confidence, second: of the best and the next intent, 0 to 1.
        bad: how many people said „falsch“ or „unverständlich“.
        count: how many messages have this wording.
    """
    margin = 0.0 if confidence is None else max(0.0, min(1.0, confidence - (second or 0.0)))
    said_no = 0.9 if decision in DECLINED else 0.7 if decision in UNSURE else 0.6 if decision is None else 0.0
    return round((1.0 - margin) + said_no + (1.5 + 0.3 * min(bad, 5) if bad else 0.0) + 0.35 * math.log2(max(1, count)), 4)


def sort_in(db: Database, most: int = 20_000) -> int:
    """Sorts up to `most` new or changed journal rows into the inbox and returns how many. Cheap when there are none."""
    done = 0
    while done < most:
        with db.write() as connection:
            unsorted = sa.select(journal.c.id, journal.c.text, journal.c.source, journal.c.page).where(journal.c.group_key.is_(None), journal.c.state != ACCEPTED)
            rows = connection.execute(unsorted.limit(BATCH)).all()
            if not rows:
                return done
            keys = {row.id: NOT_FOR_STAFF if row.source != "text" or (row.page or "").startswith(TEST_PAGE) else key_of(row.text) for row in rows}
            connection.execute(journal.update().where(journal.c.id == sa.bindparam("row")).values(group_key=sa.bindparam("group")), [{"row": id, "group": key} for id, key in keys.items()])
            refresh(connection, set(keys.values()))
            done += len(rows)
    return done


def refresh(connection: Connection, keys: Iterable[str]) -> None:
    """Counts these groups anew; a group without messages goes."""
    wanted = sorted(set(keys) - {NOT_FOR_STAFF})
    if wanted and connection.dialect.name == "postgresql":  # one process at a time; SQLite has one writer anyway
        connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({LOCK})"))
    for start in range(0, len(wanted), BATCH):
        _refresh(connection, wanted[start : start + BATCH])


def _refresh(connection: Connection, keys: Sequence[str]) -> None:
    mine = journal.c.group_key.in_(keys)
    counted = connection.execute(sa.select(journal.c.group_key, sa.func.count().label("n"), sa.func.max(journal.c.created).label("last")).where(mine).group_by(journal.c.group_key)).all()
    newest = sa.select(journal.c.group_key.label("key"), sa.func.max(journal.c.created).label("last")).where(mine).group_by(journal.c.group_key).subquery()
    columns = (journal.c.id, journal.c.group_key, journal.c.language, journal.c.intent, journal.c.decision, journal.c.confidence, journal.c.ranking, journal.c.state)
    heads = {row.group_key: row for row in connection.execute(sa.select(*columns).join(newest, sa.and_(journal.c.group_key == newest.c.key, journal.c.created == newest.c.last)))}
    said = {key: {reason: n for k, reason, n in rows if k == key} for rows in [_opinions(connection, keys)] for key in keys}
    labelled = set(connection.execute(sa.select(labels.c.group_key).where(labels.c.group_key.in_(keys), labels.c.undone.is_(None))).scalars())
    near = dict(connection.execute(sa.select(inbox.c.key, inbox.c.near).where(inbox.c.key.in_(keys))).all())
    connection.execute(inbox.delete().where(inbox.c.key.in_(keys)))
    if counted:
        connection.execute(inbox.insert(), [_row(group, heads[group.group_key], said[group.group_key], group.group_key not in labelled, near.get(group.group_key)) for group in counted])
    gone = set(keys) - {group.group_key for group in counted}
    if gone:  # near copies of a wording that is gone stand by themselves again
        connection.execute(inbox.update().where(inbox.c.near.in_(sorted(gone))).values(near=None))


def _opinions(connection: Connection, keys: Sequence[str]) -> list[tuple[str, str, int]]:
    query = sa.select(journal.c.group_key, feedback.c.reason, sa.func.count()).join(journal, journal.c.id == feedback.c.message).where(journal.c.group_key.in_(keys))
    return [(key, reason, int(n)) for key, reason, n in connection.execute(query.group_by(journal.c.group_key, feedback.c.reason))]


def _row(group: Any, head: Any, said: dict[str, int], is_open: bool, near: str | None) -> dict[str, Any]:
    ranking = head.ranking or []
    second = ranking[1][1] if len(ranking) > 1 and isinstance(ranking[1][1], (int, float)) else None
    bad = said.get("falsch", 0) + said.get("unverstaendlich", 0)
    decision = None if head.state == FAILED else head.decision
    return {"key": group.group_key, "message": head.id, "count": group.n, "bad": bad, "outdated": said.get("veraltet", 0), "language": head.language, "intent": head.intent,
            "decision": decision, "confidence": head.confidence, "last": group.last, "week": week_of(group.last), "open": is_open, "near": near,
            "value": learning_value(head.confidence, second, decision, bad, group.n)}
