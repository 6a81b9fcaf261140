"""Dated amounts, quotas and deadlines from `data/werte.yml`, used inside answers as `{werte.<id>}`.

`{werte.<id>}` is the value of the day, `{werte.<id>.2025}` the one that held in that year.
To add a value: one entry in `data/werte.yml`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.knowledge.errors import ContentError
from bot.knowledge.yamlfile import Record, read_yaml

PLACEHOLDER = re.compile(r"\{werte\.([a-z0-9-]+)(?:\.(\d{4}))?\}")
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
UNITS = ("Euro", "Prozent", "Stunden", "Datum", "Anzahl")


@dataclass(frozen=True)
class Stage:
    """One value with the days on which it holds (`until` None: until further notice)."""

    value: float | dt.date
    upper: float | None
    since: dt.date | None
    until: dt.date | None


@dataclass(frozen=True)
class Wert:
    """An amount, quota or date with its history, newest stage first."""

    id: str
    bezeichnung: str
    einheit: str
    norm: str
    quelle: str
    geprueft_am: dt.date
    pruefen_bis: dt.date
    stages: tuple[Stage, ...]

    def on(self, day: dt.date) -> Stage | None:
        """Returns the stage that holds on `day`, or None."""
        for stage in self.stages:
            if (stage.since is None or stage.since <= day) and (stage.until is None or day <= stage.until):
                return stage
        return None

    def text(self, day: dt.date, year: int | None = None) -> str:
        """Returns the value in words; an expired or coming one is marked as such, with the day."""
        if year is not None:
            stage = self.on(dt.date(year, 7, 1)) or self.on(dt.date(year, 1, 1))
            return self.format(stage) if stage else "(nicht bekannt)"
        stage = self.on(day)
        if stage:
            return self.format(stage)
        past = [s for s in self.stages if s.until and s.until < day]
        if past:
            last = max(past, key=lambda s: s.until or dt.date.min)
            return f"{self.format(last)} (galt bis {german_date(last.until)}, der neue Wert ist hier noch nicht bekannt)"
        first = min(self.stages, key=lambda s: s.since or dt.date.min)
        return f"{self.format(first)} (gilt ab {german_date(first.since)})"

    def format(self, stage: Stage) -> str:
        """Returns a stage in German writing, for example „50.700 Euro“ or „30. Juni 2027“."""
        if isinstance(stage.value, dt.date):
            return german_date(stage.value)
        number = german_number(stage.value)
        if stage.upper is not None:
            number = f"{number} bis {german_number(stage.upper)}"
        return number if self.einheit == "Anzahl" else f"{number} {self.einheit}"


def german_date(day: dt.date | None) -> str:
    """Returns a date as „30. Juni 2027“."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}" if day else "unbekannt"


def german_number(value: float) -> str:
    """Returns 45934.2 as „45.934,20“ and 50700 as „50.700“."""
    text = f"{value:,.2f}" if float(value) != int(value) else f"{int(value):,}"
    return text.translate(str.maketrans(",.", ".,"))


def load_werte(path: Path, errors: list[ContentError]) -> dict[str, Wert]:
    """Reads `werte.yml`; faults go to `errors`."""
    return build_werte(Record(read_yaml(path), path, errors))


def build_werte(record: Record) -> dict[str, Wert]:
    """Returns the values that `record` describes; faults are noted there."""
    werte: dict[str, Wert] = {}
    for key, entry in record.entries():
        if not re.fullmatch(r"[a-z0-9-]+", key):
            record.fault(key, "Die Kennung hat unerlaubte Zeichen.", "Nur a–z, 0–9 und Bindestrich verwenden.")
        einheit = entry.take_choice("einheit", UNITS)
        wert = Wert(
            id=key,
            bezeichnung=entry.take_text("bezeichnung"),
            einheit=einheit,
            norm=entry.take_text("norm"),
            quelle=entry.take_url("quelle"),
            geprueft_am=entry.take_date("geprueft_am") or dt.date.min,
            pruefen_bis=entry.take_date("pruefen_bis") or dt.date.min,
            stages=entry.take_records("werte", True, partial(_stage, einheit)),
        )
        _check_overlap(wert, entry)
        werte[key] = wert
    return werte


def _stage(einheit: str, record: Record) -> Stage:
    value = record.take_date("wert") if einheit == "Datum" else record.take_number("wert")
    upper = record.take_number("wert_bis", required=False)
    since, until = record.take_date("ab", required=False), record.take_date("bis", required=False)
    if since and until and until < since:
        record.fault("bis", "Das Ende liegt vor dem Anfang.", "ab und bis prüfen.")
    return Stage(value if value is not None else 0, upper, since, until)


def _check_overlap(wert: Wert, record: Record) -> None:
    spans = sorted((s.since or dt.date.min, s.until or dt.date.max) for s in wert.stages)
    for (_, end), (start, _) in zip(spans, spans[1:]):
        if start <= end:
            record.fault("werte", "Zwei Werte gelten am selben Tag.", "ab und bis so setzen, dass sie sich nicht überschneiden.")


def fill(text: str, werte: dict[str, Wert], day: dt.date) -> str:
    """Returns `text` with every `{werte.…}` replaced by the value of `day`.

    Raises:
        KeyError: an id that is not in `werte.yml` (the loader refuses such content).
    """
    return PLACEHOLDER.sub(lambda m: werte[m[1]].text(day, int(m[2]) if m[2] else None), text)
