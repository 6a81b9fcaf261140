"""One page of the inbox: the wordings that teach most first, with filters. Pages follow by value and key, so that each costs the same."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any, Mapping

import sqlalchemy as sa

from bot.store.database import Database
from bot.store.groups import DECLINED, UNSURE
from bot.store.tables import inbox, journal
from bot.team.inbox.after import Next, next_steps

PAGE = 30
UNCERTAIN = 0.6  # below this confidence
FEEDBACK = ("schlecht", "veraltet")
DECISIONS = {"antwort": "beantwortet", "vorschlag": "nachgefragt", "ablehnung": "abgelehnt", "keine": "ohne Antwort"}
WEEK = re.compile(r"\d{4}-W\d{2}")
CURSOR = re.compile(r"(-?\d{1,3}(?:\.\d{1,6})?)_([0-9a-f]{32})")


@dataclass(frozen=True)
class Filters:
    """What to show; "" means all. `sicherheit`: „unsicher“ or ""; `rueckmeldung`: one of FEEDBACK; `entscheidung`: one of DECISIONS."""

    sicherheit: str = ""
    rueckmeldung: str = ""
    sprache: str = ""
    woche: str = ""
    entscheidung: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filters":
        """Returns the filters of an address; what makes no sense is left out."""
        return cls("unsicher" if query.get("sicherheit") == "unsicher" else "", _one(query.get("rueckmeldung"), FEEDBACK), (query.get("sprache") or "")[:8],
                   query.get("woche", "") if WEEK.fullmatch(query.get("woche", "")) else "", _one(query.get("entscheidung"), tuple(DECISIONS)))

    def query(self) -> dict[str, str]:
        """Returns the filters that are set, for an address."""
        return {name: value for name, value in vars(self).items() if value}

    def conditions(self) -> list[Any]:
        """Returns them as SQL."""
        found: list[Any] = []
        if self.sicherheit:
            found.append(sa.or_(inbox.c.confidence < UNCERTAIN, inbox.c.confidence.is_(None)))
        if self.rueckmeldung:
            found.append((inbox.c.bad if self.rueckmeldung == "schlecht" else inbox.c.outdated) > 0)
        if self.sprache:
            found.append(inbox.c.language == self.sprache)
        if self.woche:
            found.append(inbox.c.week == self.woche)
        if self.entscheidung:
            wanted = {"vorschlag": UNSURE, "ablehnung": DECLINED, "antwort": ("antwort",)}.get(self.entscheidung)
            found.append(inbox.c.decision.in_(wanted) if wanted else inbox.c.decision.is_(None))
        return found


@dataclass(frozen=True)
class Item:
    """One wording. ranking: [(intent, confidence)], best three; near: other wordings that mean the same, with their counts; next: what the person did then."""

    key: str
    message: str
    text: str
    language: str
    ranking: tuple[tuple[str, float], ...]
    decision: str
    faq: str
    count: int
    bad: int
    outdated: int
    week: str
    value: float
    next: Next | None = None
    near: tuple[tuple[str, str, int], ...] = field(default=())


@dataclass(frozen=True)
class Page:
    """Items and where the next page begins ("" at the end)."""

    items: list[Item]
    further: str


OPEN = (inbox.c.open.is_(True), inbox.c.near.is_(None))


def page(db: Database, filters: Filters = Filters(), after: str = "", size: int = PAGE) -> Page:  # noqa: B008 (frozen)
    """Returns a page of open wordings, the most instructive first.

    Args:
        after: `further` of the page before.
    """
    wanted = [*OPEN, *filters.conditions()]
    cursor = CURSOR.fullmatch(after)
    if cursor:
        value, key = float(cursor[1]), cursor[2]
        wanted.append(sa.or_(inbox.c.value < value, sa.and_(inbox.c.value == value, inbox.c.key < key)))
    query = sa.select(inbox).where(*wanted).order_by(inbox.c.value.desc(), inbox.c.key.desc()).limit(size + 1)
    with db.read() as connection:
        rows = connection.execute(query).mappings().all()
        items = _items(connection, rows[:size])
    return Page(items, f"{rows[size - 1]['value']:.4f}_{rows[size - 1]['key']}" if len(rows) > size else "")


def one(db: Database, key: str) -> Item | None:
    """Returns one wording, open or not."""
    with db.read() as connection:
        rows = connection.execute(sa.select(inbox).where(inbox.c.key == key)).mappings().all()
        items = _items(connection, rows)
    return items[0] if items else None


def counts(db: Database) -> dict[str, Any]:
    """Returns how much waits: wordings, messages, per filter, and the languages and weeks there are."""
    total, disliked, old = (sa.func.sum(column) for column in (inbox.c.count, sa.case((inbox.c.bad > 0, 1), else_=0), sa.case((inbox.c.outdated > 0, 1), else_=0)))
    query = sa.select(inbox.c.language, inbox.c.week, sa.func.count(), total, disliked, old).where(*OPEN).group_by(inbox.c.language, inbox.c.week)  # answered from an index alone
    with db.read() as connection:
        rows = connection.execute(query).all()
    languages, weeks = Counter(), Counter()  # type: Counter[str], Counter[str]
    for language, week, wordings, *_ in rows:
        languages[language or ""] += int(wordings)
        weeks[week] += int(wordings)
    sums = [sum(int(row[n]) for row in rows) for n in range(2, 6)]
    return {**dict(zip(("wortlaute", "nachrichten", "schlecht", "veraltet"), sums)), "sprachen": [(name, n) for name, n in languages.most_common() if name], "wochen": sorted(weeks.items(), reverse=True)}


def _items(connection: sa.engine.Connection, rows: Any) -> list[Item]:
    if not rows:
        return []
    heads = {row.id: row for row in connection.execute(sa.select(journal).where(journal.c.id.in_([row["message"] for row in rows])))}
    copies: dict[str, list[tuple[str, str, int]]] = {}
    similar = sa.select(inbox.c.near, inbox.c.key, journal.c.text, inbox.c.count).join(journal, journal.c.id == inbox.c.message)
    for near, key, text, count in connection.execute(similar.where(inbox.c.near.in_([row["key"] for row in rows]), inbox.c.open.is_(True)).order_by(inbox.c.count.desc())):
        copies.setdefault(near, []).append((key, text, count))
    found = [_item(row, heads[row["message"]], tuple(copies.get(row["key"], ()))) for row in rows if row["message"] in heads]
    steps = next_steps(connection, [heads[item.message] for item in found])
    return [replace(item, next=steps.get(item.message)) for item in found]


def _item(row: Any, head: Any, near: tuple[tuple[str, str, int], ...]) -> Item:
    ranking = tuple((str(name), float(value or 0.0)) for name, value in (head.ranking or []))
    if not ranking and row["intent"]:
        ranking = ((row["intent"], float(row["confidence"] or 0.0)),)
    decision = next((name for name, group in (("vorschlag", UNSURE), ("ablehnung", DECLINED), ("keine", (None,))) if row["decision"] in group), "antwort")
    return Item(row["key"], row["message"], head.text, row["language"] or "", ranking, decision, head.faq or "", row["count"], row["bad"], row["outdated"], row["week"], row["value"], near=near)


def _one(value: str | None, known: tuple[str, ...]) -> str:
    return value if value in known else ""
