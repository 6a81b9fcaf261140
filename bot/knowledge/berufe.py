"""Reference occupations from `data/berufe/`: one per file, the file name is the id. To add one: one file there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.errors import ContentError
from bot.knowledge.faq import SICHER, take_aspekte
from bot.knowledge.yamlfile import Record, read_records

GRUPPEN = ("pflege", "gesundheit", "heilberuf", "paedagogik", "soziales", "handwerk", "ihk", "ingenieur", "akademisch", "recht",
           "verwaltung", "landwirtschaft", "freie-berufe", "verkehr")
REGLEMENTIERT = ("ja", "nein", "teilweise")
SPRACHEN = ("en", "ar", "uk", "ru", "tr", "fa", "fr", "es", "ro", "pl")


@dataclass(frozen=True)
class Beruf:
    """An occupation with its everyday names, the law that applies, the authority and the matching FAQs."""

    id: str
    name: str
    namen: tuple[str, ...]
    andere_sprachen: dict[str, tuple[str, ...]]
    gruppe: str
    reglementiert: str
    hinweis: str
    recht: tuple[str, ...]
    stellen: tuple[str, ...]
    deutsch: str
    faq: str
    aspekte: dict[str, str]
    quellen: tuple[str, ...]
    stand: dt.date
    sicher: str

    def all_names(self) -> tuple[str, ...]:
        """Returns every name in every language."""
        return self.namen + tuple(n for names in self.andere_sprachen.values() for n in names)


def load_berufe(folder: Path, faqs: frozenset[str], offices: frozenset[str], errors: list[ContentError]) -> dict[str, Beruf]:
    """Reads every occupation below `folder`; faults go to `errors`."""
    berufe: dict[str, Beruf] = {}
    seen: dict[str, str] = {}
    for path, record in read_records(folder, errors):
        beruf = _build(path, record)
        berufe[beruf.id] = beruf
        for name in beruf.namen:
            other = seen.setdefault(name.casefold(), beruf.id)
            if other != beruf.id:
                record.fault("namen", f"„{name}“ steht auch in „{other}“.", "Den Namen nur beim passenderen Beruf lassen.")
        for target in (beruf.faq, *beruf.aspekte.values()):
            if target and target not in faqs:
                record.fault("aspekte", f"Die FAQ „{target}“ gibt es nicht.", "Kennung berichtigen.")
        for office in beruf.stellen:
            if office not in offices:
                record.fault("stellen", f"Die Stelle „{office}“ gibt es nicht.", "Dateinamen aus data/offices/ verwenden.")
    return berufe


def _build(path: Path, record: Record) -> Beruf:
    others = record.take_record("andere_sprachen", required=False)
    names = {s: others.take_texts(s, required=False) for s in SPRACHEN} if others else {}
    if others:
        others.finish()
    beruf = Beruf(
        id=path.stem,
        name=record.take_text("name"),
        namen=record.take_texts("namen"),
        andere_sprachen={s: n for s, n in names.items() if n},
        gruppe=record.take_choice("gruppe", GRUPPEN),
        reglementiert=record.take_choice("reglementiert", REGLEMENTIERT),
        hinweis=record.take_text("hinweis", limit=400),
        recht=record.take_texts("recht", required=False),
        stellen=record.take_texts("stellen", required=False),
        deutsch=record.take_text("deutsch", required=False),
        faq=record.take_text("faq"),
        aspekte=take_aspekte(record),
        quellen=record.take_texts("quellen"),
        stand=record.take_date("stand") or dt.date.min,
        sicher=record.take_choice("sicher", SICHER),
    )
    record.finish()
    return beruf
