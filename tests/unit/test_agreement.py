"""Kappa and Wilson interval against figures from the literature, and quarters of ISO weeks."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.team.stats.agreement import kappa, wilson
from bot.team.stats.quarter import Quarter


def test_kappa_of_the_textbook_example() -> None:
    pairs = [("ja", "ja")] * 20 + [("ja", "nein")] * 5 + [("nein", "ja")] * 10 + [("nein", "nein")] * 15
    assert kappa(pairs) == pytest.approx(0.4)


@pytest.mark.parametrize(("pairs", "value"), [([("a", "a"), ("b", "b")], 1.0), ([("a", "b"), ("b", "a")], -1.0), ([], None), ([("a", "a")] * 9, None)])
def test_kappa_at_its_ends(pairs: list[tuple[str, str]], value: float | None) -> None:
    assert kappa(pairs) == value


@pytest.mark.parametrize(("count", "total", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662), (0, 0, 0.0, 1.0)])
def test_wilson_interval(count: int, total: int, low: float, high: float) -> None:
    found = wilson(count, total)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@pytest.mark.parametrize("day", [dt.date(2026, 1, 1), dt.date(2026, 12, 31), dt.date(2027, 1, 1), dt.date(2020, 12, 31), dt.date(2021, 1, 3), dt.date(2026, 6, 29)])
def test_every_day_lies_in_exactly_one_quarter(day: dt.date) -> None:
    quarter = Quarter.of(day)
    assert quarter.start.date() <= day < quarter.end.date() and "{}-W{:02d}".format(*day.isocalendar()[:2]) in quarter.weeks()
    assert Quarter.of(quarter.end) == quarter.next() and Quarter.read(quarter.name) == quarter


@pytest.mark.parametrize(("name", "weeks"), [("2026-Q4", 14), ("2025-Q4", 13), ("2026-Q1", 13)])
def test_weeks_of_a_quarter(name: str, weeks: int) -> None:
    quarter = Quarter.read(name)
    assert quarter is not None and len(quarter.weeks()) == weeks


@pytest.mark.parametrize("name", ["", "2026", "2026-Q5", "0000-Q1", "2026-Q1; x"])
def test_what_is_no_quarter(name: str) -> None:
    assert Quarter.read(name) is None
