"""Hides small numbers in a cube with its totals, and as many others as are needed so that no small one can be worked out.

The hypercube method of official statistics: each small number becomes a corner of a box of which all corners are hidden. A box has along each axis
two members or a member and the total; adding 1 to its corners, taking 1 away where the sign asks for it, gives another cube with the same published
numbers. So for each small number there are at least two values that fit. A number is *small* when it is 1 to 4; zeros are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

SMALLEST = 5
SHOWN, SMALL, COVERED = 0, 1, 2  # shown; shown as „< 5“; hidden, any number from 1 on


@dataclass(frozen=True)
class Protected:
    """Counts of shape (a + 1, b + 1, …), totals at the end of each axis, and for each whether it is SHOWN, SMALL or COVERED."""

    counts: np.ndarray
    marks: np.ndarray

    def text(self, *place: int) -> str:
        """Returns a number as people see it."""
        return {SHOWN: str(int(self.counts[place])), SMALL: f"< {SMALLEST}", COVERED: "•"}[int(self.marks[place])]


def protect(members: np.ndarray) -> Protected:
    """Returns the cube with totals and what has to be hidden.

    Args:
        members: counts without totals, of any number of dimensions.
    """
    counts = with_totals(members)
    marks = np.where((counts > 0) & (counts < SMALLEST), SMALL, SHOWN)
    for place in map(tuple, np.argwhere(marks == SMALL)[::-1]):  # totals first: what they hide serves the members, too
        _put_into_a_box(counts, marks, place)
    return Protected(counts, marks)


def with_totals(members: np.ndarray) -> np.ndarray:
    """Returns the counts with a total at the end of each axis."""
    for axis in range(members.ndim):
        members = np.concatenate([members, members.sum(axis=axis, keepdims=True)], axis=axis)
    return members


def _put_into_a_box(counts: np.ndarray, marks: np.ndarray, place: tuple[int, ...]) -> None:
    """Hides the corners of the box around `place` that hides least."""
    partners = [np.delete(np.arange(size), at) for size, at in zip(counts.shape, place)]
    up, down, cost = _boxes(counts, marks, place, partners)
    best = np.where(up | down, cost, np.inf)
    if np.isfinite(best).any():
        chosen = np.unravel_index(int(best.argmin()), best.shape)
        corners = product(*((at, int(partner[n])) for at, partner, n in zip(place, partners, chosen)))
        for corner in corners:
            marks[corner] = COVERED if marks[corner] == SHOWN else marks[corner]
        return
    # no box leaves the small ones small: hide this number with all its totals without saying that any of them is small; all of them could be greater
    for corner in product(*((at, size - 1) for size, at in zip(counts.shape, place))):
        marks[corner] = COVERED


def _boxes(counts: np.ndarray, marks: np.ndarray, place: tuple[int, ...], partners: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Returns for each choice of partners whether the box can move up or down, and what it would hide."""
    shape = tuple(len(p) for p in partners)
    up, down, cost = np.ones(shape, dtype=bool), np.ones(shape, dtype=bool), np.zeros(shape)
    for bits in product((0, 1), repeat=counts.ndim):
        corner = np.ix_(*(partner if bit else np.array([at]) for bit, at, partner in zip(bits, place, partners)))
        numbers, marked, sign = counts[corner], marks[corner], np.ones((1,) * counts.ndim, dtype=int)
        for axis, bit in enumerate(bits):
            if bit:
                total = counts.shape[axis] - 1
                along = np.where((partners[axis] == total) | (place[axis] == total), 1, -1)
                sign = sign * along.reshape([-1 if a == axis else 1 for a in range(counts.ndim)])
        most = np.where(marked == SMALL, SMALLEST - 1, np.inf)
        up &= (numbers > 0) & (numbers + sign >= 1) & (numbers + sign <= most)
        down &= (numbers > 0) & (numbers - sign >= 1) & (numbers - sign <= most)
        cost = cost + np.where(marked == SHOWN, numbers, 0)
    return up, down, cost
