"""Small numbers stay hidden: checked with a solver that knows everything that is published and the rules."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from bot.team.stats.protect import COVERED, SHOWN, SMALL, SMALLEST, Protected, protect, with_totals


def lines_of(shape: tuple[int, ...]) -> list[np.ndarray]:
    """Returns all lines as flat places, the total last."""
    places = np.arange(int(np.prod(shape))).reshape(shape)
    return [line for axis in range(len(shape)) for line in np.moveaxis(places, axis, -1).reshape(-1, shape[axis])]


def range_of(found: Protected, place: int) -> tuple[float, float]:
    """Returns the least and the greatest value a hidden number can have for somebody who sees the table and knows how it was made."""
    flat, numbers = found.marks.reshape(-1), found.counts.reshape(-1)
    hidden = list(np.flatnonzero(flat != SHOWN))
    equations, right = [], []
    for line in lines_of(found.counts.shape):
        signs = np.ones(len(line))
        signs[-1] = -1
        row, known = np.zeros(len(hidden)), 0.0
        for sign, cell in zip(signs, line):
            if flat[cell] == SHOWN:
                known += sign * numbers[cell]
            else:
                row[hidden.index(cell)] += sign
        if row.any():
            equations.append(row)
            right.append(-known)
    bounds = [(1, SMALLEST - 1) if flat[cell] == SMALL else (1, None) for cell in hidden]
    goal = np.zeros(len(hidden))
    goal[hidden.index(place)] = 1
    low = linprog(goal, A_eq=equations, b_eq=right, bounds=bounds)
    high = linprog(-goal, A_eq=equations, b_eq=right, bounds=bounds)
    assert low.status == 0 and high.status == 0
    return low.fun, -high.fun


def small_places(found: Protected) -> list[int]:
    return list(np.flatnonzero((found.counts.reshape(-1) > 0) & (found.counts.reshape(-1) < SMALLEST)))


@pytest.mark.parametrize("shape", [(3, 4), (5, 5), (3, 3, 3), (2, 4, 5)])
@pytest.mark.parametrize("seed", range(6))
def test_no_small_number_can_be_worked_out(shape: tuple[int, ...], seed: int) -> None:
    rng = np.random.default_rng(seed)
    members = rng.poisson(rng.choice([1, 4, 9], size=shape), size=shape)
    found = protect(members)
    assert np.array_equal(found.counts, with_totals(members))
    assert ((found.marks != SHOWN) | (found.counts == 0) | (found.counts >= SMALLEST)).all()
    for place in small_places(found):
        low, high = range_of(found, place)
        assert high - low >= 1 - 1e-6, f"{found.counts.reshape(-1)[place]} is known to be between {low} and {high}"


def test_single_hidden_number_gets_company() -> None:
    found = protect(np.array([[20, 3], [30, 40]]))
    assert found.marks[0, 1] == SMALL and (found.marks == COVERED).sum() == 3
    assert found.text(0, 1) == "< 5" and "•" in {found.text(a, b) for a in range(3) for b in range(3)}


def test_bridge_between_two_hidden_blocks_is_covered() -> None:
    members = np.full((4, 4), 20)
    for row, column in ((0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)):
        members[row, column] = 2  # each line has at least two hidden, yet (1, 2) would follow from blocks
    found = protect(members)
    for place in small_places(found):
        low, high = range_of(found, place)
        assert high - low >= 1 - 1e-6


def test_big_numbers_and_zeros_are_shown() -> None:
    found = protect(np.array([[10, 0], [12, 15]]))
    assert (found.marks == SHOWN).all() and found.text(2, 2) == "37"


def test_empty_cube() -> None:
    assert protect(np.zeros((0, 3), dtype=int)).counts.sum() == 0


def test_lonely_number_hides_itself_and_its_totals() -> None:
    members = np.zeros((4, 5, 6), dtype=int)
    members[1, 2, 3] = 4
    found = protect(members)
    assert (found.marks != SHOWN).sum() == 8 and (found.counts[found.marks == SHOWN] == 0).all()


def test_two_small_numbers_with_a_telling_sum_are_covered() -> None:
    found = protect(np.array([1, 1, 50, 60]))
    assert (found.marks != SHOWN).sum() >= 3
    for place in small_places(found):
        low, high = range_of(found, place)
        assert high - low >= 1 - 1e-6
