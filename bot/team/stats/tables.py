"""The figures as CSV, with the same numbers hidden as on the page."""

from __future__ import annotations

import csv
import io
from typing import Callable, Iterable, Sequence

from bot.knowledge.base import Knowledge
from bot.store.database import Database
from bot.team.stats import cube, figures
from bot.team.stats.quarter import Quarter

ALL = "gesamt"


def topics_csv(db: Database, knowledge: Knowledge, quarter: Quarter) -> str:
    """Returns topic, week, Kreis, number: every cell with its totals, zeros left out."""
    found = cube.cube(db, knowledge, quarter)
    axes = [[*axis, ALL] for axis in (found.topics, found.weeks, found.places)]
    cells = ((topic, week, place, found.numbers.text(t, w, p)) for t, topic in enumerate(axes[0]) for w, week in enumerate(axes[1]) for p, place in enumerate(axes[2]))
    return _csv(["thema", "woche", "kreis", "gespraeche"], (row for row in cells if row[3] != "0"))


def outcomes_csv(db: Database, knowledge: Knowledge, quarter: Quarter) -> str:
    """Returns week, outcome, number."""
    table = figures.figures(db, quarter).outcomes
    return _csv(["woche", "ergebnis", "nachrichten"], ((row, column, table.numbers.text(r, c)) for r, row in enumerate([*table.rows, ALL]) for c, column in enumerate([*table.columns, ALL])))


def opinions_csv(db: Database, knowledge: Knowledge, quarter: Quarter) -> str:
    """Returns opinion, number."""
    table = figures.figures(db, quarter).opinions
    return _csv(["rueckmeldung", "anzahl"], ((row, table.numbers.text(r)) for r, row in enumerate([*table.rows, ALL])))


def languages_csv(db: Database, knowledge: Knowledge, quarter: Quarter) -> str:
    """Returns language, number."""
    table = figures.figures(db, quarter).languages
    return _csv(["sprache", "nachrichten"], ((row, table.numbers.text(r)) for r, row in enumerate([*table.rows, ALL])))


TABLES: dict[str, Callable[[Database, Knowledge, Quarter], str]] = {"themen": topics_csv, "ergebnisse": outcomes_csv, "rueckmeldungen": opinions_csv, "sprachen": languages_csv}


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue()
