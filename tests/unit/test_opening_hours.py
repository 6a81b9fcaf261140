"""Opening hours: what the loader refuses, and what is said at a given time, with holidays, summer time and odd days."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.base import Knowledge
from bot.knowledge.contact import HOTLINE
from bot.knowledge.errors import ContentError
from bot.knowledge.office_text import render_routes
from bot.knowledge.offices import Office, load_offices
from bot.knowledge.opening_hours import BERLIN, DAYS, Span, status

GOOD = """name: AQB Marburg
angebot: aqb
zielgruppen: [ratsuchende]
region: Mittelhessen
sprechzeiten: Mo 9–12 und 14–16 Uhr, Fr 9–12:30 Uhr
oeffnung:
  mo: ['14:00-16:00', '09:00-12:00']
  fr: ['09:00-12:30']
zustaendig_laut: keine
lage: keine
status: aktiv
sicher: geprueft
quellen: ['https://www.involas.com/aqb']
"""
FAULTS: dict[str, tuple[str, str, str, int, str]] = {
    # name: old text, new text, field, line, part of the message
    "hour-25": ("09:00-12:30", "09:00-25:00", "oeffnung.fr", 8, "„09:00-25:00“ ist keine Zeit"),
    "hour-24": ("09:00-12:30", "09:00-24:00", "oeffnung.fr", 8, "ist keine Zeit"),
    "minute-60": ("09:00-12:30", "09:00-12:60", "oeffnung.fr", 8, "ist keine Zeit"),
    "one-digit": ("09:00-12:30", "9:00-12:30", "oeffnung.fr", 8, "ist keine Zeit"),
    "in-words": ("09:00-12:30", "vormittags", "oeffnung.fr", 8, "ist keine Zeit"),
    "end-before-start": ("09:00-12:30", "12:30-09:00", "oeffnung.fr", 8, "endet nicht nach dem Anfang"),
    "no-time-between": ("09:00-12:30", "09:00-09:00", "oeffnung.fr", 8, "endet nicht nach dem Anfang"),
    "overlap": ("14:00-16:00", "11:00-16:00", "oeffnung.mo", 7, "überschneiden oder berühren"),
    "twice": ("14:00-16:00", "09:00-12:00", "oeffnung.mo", 7, "überschneiden oder berühren"),
    "touching": ("14:00-16:00", "12:00-16:00", "oeffnung.mo", 7, "überschneiden oder berühren"),
    "unknown-day": ("  fr:", "  freitag:", "oeffnung.freitag", 8, "Dieses Feld gibt es nicht"),
    "day-twice": ("  fr:", "  mo:", "mo", 8, "steht zweimal"),
    "empty-day": ("['09:00-12:30']", "[]", "oeffnung.fr", 8, "Die Liste ist leer"),
    "no-list": ("['09:00-12:30']", "'09:00-12:30'", "oeffnung.fr", 8, "Hier wird eine Liste erwartet"),
    "number": ("['09:00-12:30']", "[9]", "oeffnung.fr", 8, "kein Text"),
    "only-text": ("oeffnung:\n  mo: ['14:00-16:00', '09:00-12:00']\n  fr: ['09:00-12:30']", "oeffnung: mo 9-12", "oeffnung.", 6, "Hier werden Felder erwartet"),
    "not-as-text": ("sprechzeiten: Mo 9–12 und 14–16 Uhr, Fr 9–12:30 Uhr\n", "", "oeffnung", 5, "stehen nicht als Text da"),
}


def load(write, content: str) -> tuple[dict[str, Office], list[ContentError]]:
    path = write("offices/aqb.yml", content)
    errors: list[ContentError] = []
    return load_offices(path.parent, ("aqb",), frozenset(), errors), errors


@pytest.mark.parametrize(("old", "new", "field", "line", "message"), FAULTS.values(), ids=FAULTS)
def test_fault_is_named_with_field_and_line(write, old: str, new: str, field: str, line: int, message: str) -> None:
    assert old in GOOD
    _, errors = load(write, GOOD.replace(old, new))
    found = [e for e in errors if (e.field, e.line) == (field, line) and message in e.problem]
    assert found, [str(e) for e in errors]
    assert found[0].remedy


def test_hours_are_read_in_the_order_of_the_week(write) -> None:
    offices, errors = load(write, GOOD)
    assert not errors
    assert offices["aqb"].oeffnung == (
        Span(0, dt.time(9), dt.time(12)), Span(0, dt.time(14), dt.time(16)), Span(4, dt.time(9), dt.time(12, 30)))


@pytest.fixture(scope="session")
def office(knowledge: Knowledge) -> Office:
    """Returns an office in Hessen that opens Monday 9–12 and 14–16, Thursday 9–12 and Friday 9–12:30."""
    spans = (Span(0, dt.time(9), dt.time(12)), Span(0, dt.time(14), dt.time(16)), Span(3, dt.time(9), dt.time(12)), Span(4, dt.time(9), dt.time(12, 30)))
    return replace(knowledge.offices["hlfgp-gesundheitsfachberufe"], oeffnung=spans, gueltig_bis=None)


def at(text: str) -> dt.datetime:
    """Returns „2026-11-23 09:00“ as German local time."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(("now", "said"), [
    ("2026-11-23 08:59:59", "öffnet heute um 9 Uhr"),
    ("2026-11-23 09:00", "jetzt geöffnet (bis 12 Uhr)"),
    ("2026-11-23 11:59:59", "jetzt geöffnet (bis 12 Uhr)"),
    ("2026-11-23 12:00", "öffnet heute um 14 Uhr"),
    ("2026-11-23 15:00", "jetzt geöffnet (bis 16 Uhr)"),
    ("2026-11-23 16:00", "öffnet Donnerstag um 9 Uhr"),
    ("2026-11-27 12:29", "jetzt geöffnet (bis 12:30 Uhr)"),
    ("2026-11-27 12:30", "öffnet Montag um 9 Uhr"),
    ("2026-11-28 10:00", "öffnet Montag um 9 Uhr"),
    ("2026-11-29 23:59", "öffnet Montag um 9 Uhr"),
])
def test_ordinary_week(office: Office, now: str, said: str) -> None:
    assert status(office, at(now)) == said


def test_same_weekday_next_week_has_its_date(office: Office) -> None:
    only_monday = replace(office, oeffnung=office.oeffnung[:1])
    assert status(only_monday, at("2026-11-23 13:00")) == "öffnet Montag, 30.11., um 9 Uhr"
    assert status(only_monday, at("2026-11-24 13:00")) == "öffnet Montag um 9 Uhr"


@pytest.mark.parametrize(("now", "said"), [
    ("2026-06-04 10:00", "heute geschlossen (Feiertag: Fronleichnam), öffnet Freitag um 9 Uhr"),
    ("2026-04-03 10:00", "heute geschlossen (Feiertag: Karfreitag), öffnet Donnerstag um 9 Uhr"),  # Monday is a holiday, too
    ("2026-04-02 13:00", "öffnet Donnerstag, 09.04., um 9 Uhr"),
    ("2026-12-25 10:00", "heute geschlossen (Feiertag: Erster Weihnachtstag), öffnet Montag um 9 Uhr"),
    ("2027-01-01 10:00", "heute geschlossen (Feiertag: Neujahr), öffnet Montag um 9 Uhr"),
    ("2026-10-03 10:00", "öffnet Montag um 9 Uhr"),  # a holiday on a day without hours needs no word
    ("2026-10-30 10:00", "jetzt geöffnet (bis 12:30 Uhr)"),
    ("2025-10-31 10:00", "jetzt geöffnet (bis 12:30 Uhr)"),  # Reformationstag is none in Hessen
])
def test_holidays_of_hessen(office: Office, now: str, said: str) -> None:
    assert status(office, at(now)) == said


def test_nationwide_office_keeps_nationwide_holidays_only(office: Office) -> None:
    nationwide = replace(office, zustaendig_fuer=("bundesweit",))
    assert status(nationwide, at("2026-06-04 10:00")) == "jetzt geöffnet (bis 12 Uhr)"
    assert status(nationwide, at("2027-01-01 10:00")).startswith("heute geschlossen (Feiertag: Neujahr)")
    assert status(replace(office, zustaendig_fuer=("Fulda (Landkreis)",)), at("2026-06-04 10:00")).startswith("heute geschlossen")


@pytest.mark.parametrize(("now", "said"), [
    ("2026-12-24 10:00", "heute vielleicht geschlossen (Heiligabend, bitte vorher fragen), öffnet Montag um 9 Uhr"),
    ("2026-12-31 10:00", "heute vielleicht geschlossen (Silvester, bitte vorher fragen), öffnet Montag um 9 Uhr"),
    ("2026-12-22 10:00", "öffnet Montag um 9 Uhr"),  # not promised for Heiligabend
    ("2026-12-29 10:00", "öffnet Montag um 9 Uhr"),
    ("2026-12-30 23:59", "öffnet Montag um 9 Uhr"),
    ("2029-12-24 08:00", "heute vielleicht geschlossen (Heiligabend, bitte vorher fragen), öffnet Donnerstag um 9 Uhr"),
])
def test_24_and_31_december_are_not_promised(office: Office, now: str, said: str) -> None:
    assert status(office, at(now)) == said


@pytest.mark.parametrize(("utc", "said"), [
    ("2026-03-27 08:00", "jetzt geöffnet (bis 12:30 Uhr)"),  # Friday, 9:00 CET
    ("2026-03-27 07:59", "öffnet heute um 9 Uhr"),
    ("2026-03-29 00:59", "öffnet Montag um 9 Uhr"),  # the clock goes from 1:59 to 3:00
    ("2026-03-29 01:00", "öffnet Montag um 9 Uhr"),
    ("2026-03-30 07:00", "jetzt geöffnet (bis 12 Uhr)"),  # Monday, 9:00 CEST
    ("2026-03-30 10:00", "öffnet heute um 14 Uhr"),
    ("2026-10-23 07:00", "jetzt geöffnet (bis 12:30 Uhr)"),  # Friday, 9:00 CEST
    ("2026-10-25 00:30", "öffnet Montag um 9 Uhr"),  # 2:30 for the first time
    ("2026-10-25 01:30", "öffnet Montag um 9 Uhr"),  # 2:30 again
    ("2026-10-26 07:00", "öffnet heute um 9 Uhr"),  # Monday, 8:00 CET
    ("2026-10-26 08:00", "jetzt geöffnet (bis 12 Uhr)"),
    ("2026-11-22 23:30", "öffnet heute um 9 Uhr"),  # Sunday in London, Monday here
])
def test_time_of_the_clock_in_germany_counts(office: Office, utc: str, said: str) -> None:
    assert status(office, dt.datetime.fromisoformat(utc).replace(tzinfo=dt.timezone.utc)) == said


@pytest.mark.parametrize(("now", "said"), [
    ("2028-02-29 10:00", "jetzt geöffnet (bis 12 Uhr)"), ("2028-02-28 20:00", "öffnet Dienstag um 9 Uhr"), ("2028-02-22 20:00", "öffnet Dienstag, 29.02., um 9 Uhr"),
    ("2028-02-29 20:00", "öffnet Dienstag, 07.03., um 9 Uhr"), ("2027-02-23 20:00", "öffnet Dienstag, 02.03., um 9 Uhr"),
])
def test_leap_day(office: Office, now: str, said: str) -> None:
    assert status(replace(office, oeffnung=(Span(1, dt.time(9), dt.time(12)),)), at(now)) == said


def test_nothing_is_said_without_hours(office: Office) -> None:
    assert status(replace(office, oeffnung=()), at("2026-11-23 10:00")) == ""


def test_nothing_is_promised_beyond_the_last_day(office: Office) -> None:
    ending = replace(office, gueltig_bis=dt.date(2026, 11, 27))
    assert status(ending, at("2026-11-26 13:00")) == "öffnet Freitag um 9 Uhr"
    assert status(ending, at("2026-11-27 13:00")) == ""
    assert status(ending, at("2026-11-30 10:00")) == ""


@settings(max_examples=300, deadline=None)
@given(st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2045, 1, 1)), st.integers(0, 6))
def test_office_of_one_weekday_always_has_a_next_time(knowledge: Knowledge, now: dt.datetime, weekday: int) -> None:
    office = replace(knowledge.offices["hlfgp-gesundheitsfachberufe"], oeffnung=(Span(weekday, dt.time(9), dt.time(12)),), gueltig_bis=None)
    assert re.search(r"jetzt geöffnet \(bis 12 Uhr\)$|öffnet (heute|\w+tag|Mittwoch)(, \d\d\.\d\d\.,)? um 9 Uhr$", status(office, now.replace(tzinfo=BERLIN)))


def test_hours_of_the_real_offices_stand_in_their_text(knowledge: Knowledge) -> None:
    known = [o for o in knowledge.offices.values() if o.oeffnung]
    assert known
    for office in known:
        first = min(span.weekday for span in office.oeffnung)
        assert list(DAYS)[first].capitalize() in office.sprechzeiten, office.id
        for span in office.oeffnung:
            assert f"{span.start.hour}–{span.end.hour} Uhr" in office.sprechzeiten, office.id


@pytest.fixture
def say(knowledge: Knowledge, office: Office):
    """Returns a function that renders the offices of Marburg, one of them with these hours, at a time."""

    def _say(now: dt.datetime | None, **change):
        shown = replace(office, angebot="aqb", **change)
        only = replace(knowledge, offices={"a": shown, HOTLINE: knowledge.offices[HOTLINE]})
        return render_routes(only, knowledge.places.resolve("Marburg").places[0], "beratung", "standard", dt.date(2026, 11, 25), now=now)

    return _say


def test_reply_says_in_one_line_whether_the_office_is_open(say) -> None:
    reply = say(at("2026-11-23 10:00"), sprechzeiten="Mo 9–12 Uhr")
    assert "Sprechzeiten: Mo 9–12 Uhr\nNach diesen Zeiten: jetzt geöffnet (bis 12 Uhr)\n" in reply.text
    assert reply.custom["stellen"][0]["geoeffnet"] == "jetzt geöffnet (bis 12 Uhr)"


def test_reply_has_no_such_line_without_hours_or_time(say) -> None:
    for reply in (say(at("2026-11-23 10:00"), oeffnung=()), say(None)):
        assert "Nach diesen Zeiten" not in reply.text
        assert reply.custom["stellen"][0]["geoeffnet"] == ""


def test_hotline_is_named_with_its_hours(say) -> None:
    assert "nach ihren Sprechzeiten: jetzt geöffnet (bis 16 Uhr); im Internet" in say(at("2026-11-23 10:00")).text
    assert "nach ihren Sprechzeiten: öffnet Montag um 9 Uhr; im Internet" in say(at("2026-11-27 12:00")).text
    assert "nach ihren" not in say(None).text
