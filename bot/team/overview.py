"""What waits for whom: the start page of the console, and `lotse team waiting`. Each entry has the role that can do something about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from bot.knowledge.base import Knowledge
from bot.knowledge.overdue import overdue
from bot.store import labels, proposals, reports
from bot.store.database import Database
from bot.store.tables import GAP_STATES
from bot.team import gaps, roles
from bot.team.inbox import listing

SOON = dt.timedelta(days=30)


@dataclass(frozen=True)
class Waiting:
    """Something that waits: `area` names the page (`bot/web/team/start.py`), `number` how many, `text` what, `more` a second line or "", `urgent` whether it should not wait long."""

    area: str
    number: int
    text: str
    more: str
    role: str
    urgent: bool = False


def waiting(db: Database, knowledge: Knowledge, login: str, today: dt.date) -> list[Waiting]:
    """Returns what waits, the urgent first, without what there is none of."""
    counts = listing.counts(db)
    due, soon = overdue(knowledge, today), overdue(knowledge, today + SOON)
    questions = [row for row in gaps.listed(db) if row.state in GAP_STATES[:2]]
    mine = sum(row.owner == login for row in questions)
    found = [
        _entry("meldungen", reports.count(db), "Meldung von Beratenden oder zu Barrieren", "Meldungen von Beratenden und zu Barrieren", "", roles.LABEL, True),
        _entry("ueberfaellig", len(due), "Inhalt über dem Prüftermin", "Inhalte über dem Prüftermin", f"{len(soon) - len(due)} weitere in den nächsten 30 Tagen" if len(soon) > len(due) else "", roles.PUBLISH, True),
        _entry("entfallen", len(labels.withdrawn(db)), "Formulierung aus einem gelöschten Gespräch", "Formulierungen aus gelöschten Gesprächen", "aus den Trainingsdaten zu entfernen", roles.PUBLISH, True),
        _entry("posteingang", counts["wortlaute"], "Frage im Posteingang", "Fragen im Posteingang", f"{counts['schlecht']} mit schlechter Rückmeldung" if counts["schlecht"] else "", roles.LABEL),
        _entry("vorschlaege", len(proposals.in_state(db, proposals.OPEN)), "Vorschlag, der eine zweite Person braucht", "Vorschläge, die eine zweite Person brauchen", "", roles.PUBLISH),
        _entry("uebernehmen", len(labels.waiting(db)), "zugeordneter Satz für die Trainingsdaten", "zugeordnete Sätze für die Trainingsdaten", "", roles.PUBLISH),
        _entry("luecken", len(questions), "Frage ohne gute Antwort in Arbeit", "Fragen ohne gute Antwort in Arbeit", f"{mine} davon bei Ihnen" if mine else "", roles.LABEL),
        *_sample(db, login),
    ]
    return sorted((w for w in found if w.number), key=lambda w: not w.urgent)


def _entry(area: str, number: int, one: str, many: str, more: str, role: str, urgent: bool = False) -> Waiting:
    return Waiting(area, number, one if number == 1 else many, more, role, urgent)


def _sample(db: Database, login: str) -> list[Waiting]:
    from bot.team.stats import sample

    last, drawn = sample.last_week(db), sample.weeks(db)
    if last not in drawn:
        return []
    left = sum(1 for d in sample.show(db, last, login) if not d.mine and d.count < sample.RATERS)
    return [_entry("stichprobe", left, f"Antwort der Stichprobe {last} zu bewerten", f"Antworten der Stichprobe {last} zu bewerten", "", roles.LABEL)]


def model_facts(db: Database) -> dict[str, Any]:
    """Returns what is known of the model in use, the last training, and what runs: `live` (a registry row or None), `job`, `running`."""
    from bot.training import jobs, release
    from bot.training.registry import Registry, UnknownModel

    try:
        live = Registry(db).live()
    except UnknownModel:
        live = None
    return {"live": live, "job": jobs.status(), "running": release.running()}
