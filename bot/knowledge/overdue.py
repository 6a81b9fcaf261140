"""What is due for review: answers, amounts, and offers of offices that end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.knowledge.base import Knowledge


@dataclass(frozen=True, order=True)
class Due:
    """One thing with its review date; `kind` is „faq“, „wert“ or „stelle“."""

    day: dt.date
    label: str
    kind: str
    id: str

    def __str__(self) -> str:
        return f"{({'faq': 'FAQ', 'wert': 'Wert', 'stelle': 'Stelle'})[self.kind]} {self.id}: {self.label}"


def overdue(knowledge: Knowledge, until: dt.date) -> list[Due]:
    """Returns everything that is due before `until`, the earliest first."""
    found = [Due(f.pruefen_bis, f.frage, "faq", f.id) for f in knowledge.faqs.values()]
    found += [Due(w.pruefen_bis, w.bezeichnung, "wert", w.id) for w in knowledge.werte.values()]
    found += [Due(o.gueltig_bis, o.name, "stelle", o.id) for o in knowledge.offices.values() if o.gueltig_bis and o.is_offered(o.gueltig_bis)]
    return sorted(due for due in found if due.day < until)
