"""Opening hours: reads the field `oeffnung` of an office and tells whether the office is open, and when it opens next.

Holidays come from the package `holidays`: those of Hessen for an office in Hessen, only the nationwide ones for any other office.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

import holidays

from bot.knowledge.yamlfile import Record

if TYPE_CHECKING:
    from bot.knowledge.offices import Office

BERLIN = ZoneInfo("Europe/Berlin")
DAYS = {"mo": "Montag", "di": "Dienstag", "mi": "Mittwoch", "do": "Donnerstag", "fr": "Freitag", "sa": "Samstag", "so": "Sonntag"}
TIMES = re.compile(r"((?:[01][0-9]|2[0-3]):[0-5][0-9])-((?:[01][0-9]|2[0-3]):[0-5][0-9])")
HESSEN = holidays.country_holidays("DE", subdiv="HE", language="de")
GERMANY = holidays.country_holidays("DE", language="de")
UNCERTAIN = {(12, 24): "Heiligabend", (12, 31): "Silvester"}  # no holidays, yet offices may be closed
HORIZON_DAYS = 28  # an office that opens on one weekday can be closed on two of them in a row


class Span(NamedTuple):
    """From `start` until just before `end` on one weekday (0 = Monday), in German local time."""

    weekday: int
    start: dt.time
    end: dt.time


def take_hours(record: Record) -> tuple[Span, ...]:
    """Reads the optional field `oeffnung`: per weekday a list of times like '09:00-12:00'. Returns them in the order of the week."""
    week = record.take_record("oeffnung", required=False)
    if week is None:
        return ()
    spans = tuple(span for weekday, day in enumerate(DAYS) for span in _take_day(week, weekday, day))
    week.finish()
    return spans


def _take_day(week: Record, weekday: int, day: str) -> list[Span]:
    spans = []
    for text in week.take_texts(day, required=week.take(day, required=False) is not None):
        times = TIMES.fullmatch(text)
        if not times:
            week.fault(day, f"„{text}“ ist keine Zeit.", "Als '09:00-12:00' schreiben: zwei Ziffern je Stunde und Minute, von 00:00 bis 23:59.")
            continue
        span = Span(weekday, dt.time.fromisoformat(times[1]), dt.time.fromisoformat(times[2]))
        if span.end <= span.start:
            week.fault(day, f"„{text}“ endet nicht nach dem Anfang.", "Sind Anfang und Ende vertauscht?")
        spans.append(span)
    spans.sort()
    if any(later.start <= earlier.end for earlier, later in zip(spans, spans[1:])):
        week.fault(day, "Zwei Zeiten überschneiden oder berühren sich.", "Zu einer Zeit zusammenfassen.")
    return spans


def status(office: Office, now: dt.datetime) -> str:
    """Returns „jetzt geöffnet (bis 12 Uhr)“, „öffnet Montag um 9 Uhr“ or „heute geschlossen (Feiertag: …), öffnet …“.

    Args:
        office: any office; without `oeffnung` the result is "".
        now: a point in time with a time zone.
    """
    if not office.oeffnung:
        return ""
    local = now.astimezone(BERLIN)
    today = _spans(office, local.date())
    closed = _why_closed(office, local.date()) if today else ""
    for span in today:
        if not closed and span.start <= local.time() < span.end:
            return f"jetzt geöffnet (bis {_clock(span.end)})"
    return ", ".join(part for part in (closed, _next_opening(office, local)) if part)


def _spans(office: Office, day: dt.date) -> list[Span]:
    """Returns the hours of `day`; an office has none after its last day."""
    if office.gueltig_bis and day > office.gueltig_bis:
        return []
    return [span for span in office.oeffnung if span.weekday == day.weekday()]


def _why_closed(office: Office, day: dt.date) -> str:
    holiday = (HESSEN if office.is_hessian() else GERMANY).get(day)
    if holiday:
        return f"heute geschlossen (Feiertag: {holiday})"
    eve = UNCERTAIN.get((day.month, day.day))
    return f"heute vielleicht geschlossen ({eve}, bitte vorher fragen)" if eve else ""


def _next_opening(office: Office, local: dt.datetime) -> str:
    """Returns when the office surely opens next, or "" when its last day comes first."""
    for ahead in range(HORIZON_DAYS + 1):
        day = local.date() + dt.timedelta(days=ahead)
        starts = [span.start for span in _spans(office, day) if ahead or span.start > local.time()]
        if starts and not _why_closed(office, day):
            return f"öffnet {_day_name(day, ahead)} um {_clock(starts[0])}"
    return ""


def _day_name(day: dt.date, ahead: int) -> str:
    """Returns „heute“, the weekday, or from a week ahead the weekday with its date."""
    name = list(DAYS.values())[day.weekday()] if ahead else "heute"
    return name if ahead < 7 else f"{name}, {day:%d.%m.},"


def _clock(time: dt.time) -> str:
    return f"{time.hour}:{time:%M} Uhr" if time.minute else f"{time.hour} Uhr"
