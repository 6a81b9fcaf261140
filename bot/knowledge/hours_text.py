"""Finds contradictions in opening hours, which stay free text: „Mo–Do 9–16 Uhr, Fr 9–12 Uhr, telefonisch Di 14–16 Uhr“.

What is not understood is left alone: a note in the text must never make an office unreadable.
"""

from __future__ import annotations

import re

DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
FILLERS = frozenset("und sowie von uhr jeweils".split())
CLOCK = r"\d{1,2}(?:[:.]\d{2})?"
TOKEN = re.compile(
    rf"""(?<![\d.:-])(?P<start>{CLOCK})\s*(?:Uhr\s*)?(?:–|-|bis)\s*(?P<end>{CLOCK})(?![\d.:-])
    | (?<![\d.:])(?P<clock>\d{{1,2}}:\d{{2}}|\d{{1,2}}\.\d{{2}}(?=\s*Uhr))(?!\d)
    | \b(?P<day>(?:Mo|Di|Mi|Do|Fr|Sa|So)\b\.?|(?:[Mm]on|[Dd]iens|[Dd]onners|[Ff]rei|[Ss]ams|[Ss]onn)tags?\b|[Mm]ittwochs?\b)
    | (?P<to>–|-|\bbis\b)
    | (?P<word>[^\W\d_]+|\d{{1,2}}\.(?!\d))""",
    re.VERBOSE,
)


def hour_faults(text: str) -> list[str]:
    """Returns what cannot be true in `text`: clock times that do not exist, spans that end before they begin, overlaps.

    Spans overlap only under the same words before the day, so „Mo 9–12, telefonisch Mo 10–12“ is fine.
    """
    faults: list[str] = []
    spans: dict[tuple[str, int], list[tuple[int, int, str]]] = {}
    days: list[int] = []
    label: list[str] = []
    timed = ranging = False  # the days have times already; a dash after a day waits for the second day
    for token in TOKEN.finditer(text):
        if token["day"]:
            day = DAYS.index(token["day"][:2].title())
            if timed:
                days, timed = [], False
            days += _until(days[-1], day) if ranging and days else [day]
        elif token["word"]:
            if token["word"].lower() not in FILLERS:
                days, label = ([], [token["word"]]) if timed else (days, [*label, token["word"]])
                timed = False
        elif token["clock"] or (token["start"] and (days or ":" in token[0])):
            minutes = [_minutes(clock) for clock in (token["clock"], token["start"], token["end"]) if clock]
            if None in minutes:
                faults.append(f"Die Uhrzeit in „{token[0].strip()}“ gibt es nicht.")
            elif token["start"]:
                timed = True
                faults += _enter(spans, " ".join(label), days, minutes[0] or 0, minutes[1] or 0, token[0].strip())
        ranging = bool(token["to"])
    return faults


def _until(first: int, last: int) -> list[int]:
    """Returns the days after `first` up to `last`; „Sa–Mo“ goes round the week."""
    return [(first + step) % 7 for step in range(1, (last - first) % 7 + 1)]


def _minutes(clock: str) -> int | None:
    hour, _, minute = clock.replace(".", ":").partition(":")
    total = int(hour) * 60 + int(minute or 0)
    return total if total <= 24 * 60 and int(minute or 0) < 60 else None


def _enter(spans: dict[tuple[str, int], list[tuple[int, int, str]]], label: str, days: list[int], start: int, end: int, text: str) -> list[str]:
    if end <= start:
        return [f"„{text}“ endet vor dem Anfang."]
    faults = []
    for day in days:
        others = spans.setdefault((label, day), [])
        faults += [f"„{DAYS[day]} {other}“ und „{DAYS[day]} {text}“ überschneiden sich." for begin, stop, other in others if start < stop and begin < end]
        others.append((start, end, text))
    return faults[:1]  # one message for „Mo–Fr“, not five
