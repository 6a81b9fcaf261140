"""Paired statistics against values worked out by hand or by another way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.training.paired import decimal, interval, mcnemar, paired, percent, points


@pytest.mark.parametrize(("better", "worse", "p"), [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 0.0625), (6, 0, 0.03125), (0, 6, 0.03125), (10, 2, 0.03857421875), (8, 8, 1.0)])
def test_mcnemar_is_the_exact_binomial_test(better: int, worse: int, p: float) -> None:
    assert mcnemar(better, worse) == pytest.approx(p)


def test_mcnemar_agrees_with_scipy() -> None:
    from scipy.stats import binomtest

    for better, worse in ((3, 11), (40, 22), (120, 90)):
        assert mcnemar(better, worse) == pytest.approx(binomtest(better, better + worse, 0.5).pvalue)


def test_interval_is_near_the_normal_one() -> None:
    low, high = interval(2000, 60, 40)
    spread = 1.96 * (100 / 2000**2 - 20**2 / 2000**3) ** 0.5
    assert (low, high) == (pytest.approx(0.01 - spread, abs=5e-4), pytest.approx(0.01 + spread, abs=5e-4))


def test_no_difference_seen_is_not_no_difference() -> None:
    assert interval(300, 0, 0) == (-0.01, 0.01)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_difference_lies_in_its_interval(rows: list[tuple[bool, bool]]) -> None:
    result = paired([a for a, _ in rows], [b for _, b in rows])
    assert result.low - 1e-5 <= result.b - result.a <= result.high + 1e-5
    assert 0 <= result.p <= 1 and result.better + result.worse <= result.questions


def test_sentence_says_what_is_proven() -> None:
    right = [True] * 100
    assert paired(right, right).sentence() == "±0,0 Punkte (95 %: −3,0 bis +3,0; p = 1,000): kein belegbarer Unterschied"
    assert paired(right, [i >= 10 for i in range(100)]).sentence().endswith("p = 0,002): schlechter")
    assert paired([i >= 10 for i in range(100)], right).sentence().startswith("+10,0 Punkte (95 %: +5,0 bis +16,0")
    assert paired([], []).sentence() == "Keine Fragen."


def test_numbers_are_german() -> None:
    assert (points(0.0123), points(-0.5), points(-0.0001), percent(0.975), decimal(-1.25, 2)) == ("+1,2", "−50,0", "±0,0", "97,5 %", "−1,25")
