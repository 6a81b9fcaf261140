"""Dated amounts: which value holds on which day, how it is written, and faults of `werte.yml`."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.knowledge.errors import ContentError
from bot.knowledge.werte import Wert, fill, german_date, german_number, load_werte

HEAD = """
x:
  bezeichnung: Mindestgehalt
  einheit: Euro
  norm: § 18g AufenthG
  quelle: https://www.gesetze-im-internet.de/
  geprueft_am: 2026-11-22
  pruefen_bis: 2026-12-31
  werte:
"""
YEARS = HEAD + "  - {wert: 50700, ab: 2026-01-01, bis: 2026-12-31}\n  - {wert: 48300, ab: 2025-01-01, bis: 2025-12-31}\n"


@pytest.fixture
def load(write):
    """Returns a function that reads a `werte.yml` and returns values and faults."""

    def _load(text: str) -> tuple[dict[str, Wert], list[ContentError]]:
        errors: list[ContentError] = []
        return load_werte(write("werte.yml", text), errors), errors

    return _load


def text_on(load, content: str, day: str, year: int | None = None) -> str:
    werte, errors = load(content)
    assert not errors
    return werte["x"].text(dt.date.fromisoformat(day), year)


@pytest.mark.parametrize(("day", "expected"), [
    ("2026-01-01", "50.700 Euro"), ("2026-12-31", "50.700 Euro"), ("2025-12-31", "48.300 Euro"), ("2025-01-01", "48.300 Euro"),
], ids=["erster-tag", "letzter-tag", "vorjahr-letzter-tag", "vorjahr-erster-tag"])
def test_value_of_the_day_is_shown(load, day: str, expected: str) -> None:
    assert text_on(load, YEARS, day) == expected


def test_expired_value_is_marked_with_its_last_day(load) -> None:
    assert text_on(load, YEARS, "2027-01-01") == "50.700 Euro (galt bis 31. Dezember 2026, der neue Wert ist hier noch nicht bekannt)"


def test_coming_value_is_marked_with_its_first_day(load) -> None:
    assert text_on(load, YEARS, "2024-06-01") == "48.300 Euro (gilt ab 1. Januar 2025)"


def test_open_ended_value_never_expires(load) -> None:
    assert text_on(load, HEAD + "  - {wert: 100, ab: 2020-03-01}\n", "2060-01-01") == "100 Euro"


@pytest.mark.parametrize(("year", "expected"), [(2025, "48.300 Euro"), (2026, "50.700 Euro"), (2019, "(nicht bekannt)")])
def test_value_of_a_year_does_not_depend_on_the_day(load, year: int, expected: str) -> None:
    assert text_on(load, YEARS, "2026-11-25", year) == expected


def test_range_is_written_with_both_ends(load) -> None:
    assert text_on(load, HEAD + "  - {wert: 100, wert_bis: 600.5}\n", "2026-11-25") == "100 bis 600,50 Euro"


def test_count_has_no_unit(load) -> None:
    assert text_on(load, HEAD.replace("Euro", "Anzahl") + "  - {wert: 50000}\n", "2026-11-25") == "50.000"


def test_date_is_written_out(load) -> None:
    assert text_on(load, HEAD.replace("Euro", "Datum") + "  - {wert: 2027-06-30}\n", "2026-11-25") == "30. Juni 2027"


def test_fill_replaces_all_placeholders(load) -> None:
    werte, _ = load(YEARS)
    assert fill("{werte.x} statt {werte.x.2025}.", werte, dt.date(2026, 5, 1)) == "50.700 Euro statt 48.300 Euro."


def test_fill_refuses_an_unknown_id(load) -> None:
    with pytest.raises(KeyError):
        fill("{werte.y}", load(YEARS)[0], dt.date(2026, 5, 1))


@pytest.mark.parametrize(("value", "expected"), [(50700, "50.700"), (45934.2, "45.934,20"), (1000000, "1.000.000"), (0.5, "0,50"), (25, "25"), (25.0, "25")])
def test_number_is_written_in_german(value: float, expected: str) -> None:
    assert german_number(value) == expected


def test_missing_date_is_said_to_be_unknown() -> None:
    assert german_date(None) == "unbekannt"


FAULTS: dict[str, tuple[str, str, str, int, str]] = {
    # name: old text, new text, field, line, part of the message
    "id-with-umlaut": ("x:", "gebühr:", "gebühr", 2, "unerlaubte Zeichen"),
    "id-in-capitals": ("x:", "Gehalt:", "Gehalt", 2, "unerlaubte Zeichen"),
    "unknown-unit": ("einheit: Euro", "einheit: EUR", "x.einheit", 4, "nicht erlaubt"),
    "no-norm": ("  norm: § 18g AufenthG\n", "", "x.norm", 2, "fehlt"),
    "http-source": ("https://", "http://", "x.quelle", 6, "https-Adresse"),
    "wrong-date": ("2026-11-22", "22.11.2026", "x.geprueft_am", 7, "kein Datum"),
    "text-as-value": ("50700", "50.700 Euro", "x.werte[1].wert", 10, "keine Zahl"),
    "value-missing": ("wert: 50700, ", "", "x.werte[1].wert", 10, "fehlt"),
    "end-before-start": ("ab: 2026-01-01, bis: 2026-12-31", "ab: 2026-12-31, bis: 2026-01-01", "x.werte[1].bis", 10, "vor dem Anfang"),
    "overlap": ("bis: 2025-12-31", "bis: 2026-01-01", "x.werte", 9, "am selben Tag"),
    "two-open-values": ("ab: 2026-01-01, bis: 2026-12-31", "ab: 2025-12-31", "x.werte", 9, "am selben Tag"),
    "unknown-field": ("  norm:", "  notiz: a\n  norm:", "x.notiz", 5, "gibt es nicht"),
}


@pytest.mark.parametrize(("old", "new", "field", "line", "message"), FAULTS.values(), ids=FAULTS)
def test_fault_is_named_with_field_and_line(load, old: str, new: str, field: str, line: int, message: str) -> None:
    assert old in YEARS
    _, errors = load(YEARS.replace(old, new, 1))
    assert [(e.field, e.line) for e in errors] == [(field, line)]
    assert message in errors[0].problem


def test_values_are_required(load) -> None:
    _, errors = load(HEAD.replace("  werte:\n", "  werte: []\n"))
    assert [(e.field, e.problem) for e in errors] == [("x.werte", "Die Liste ist leer.")]
