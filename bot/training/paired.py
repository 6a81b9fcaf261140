"""Is the new model really better? Paired tests over the same questions, with their uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import Sequence

import numpy as np

RESAMPLES = 10_000
LEVEL = 0.05  # p below which a difference is called proven
RULE_OF_THREE = 3.0


@dataclass(frozen=True)
class Paired:
    """Two models on the same questions. Shares between 0 and 1; `low` and `high` bound the difference b − a with 95 %.

    better, worse: questions that only b, only a got right; p: exact McNemar test, two-sided.
    """

    questions: int
    a: float
    b: float
    better: int
    worse: int
    low: float
    high: float
    p: float

    @property
    def proven(self) -> bool:
        """Tells whether the difference is more than chance."""
        return self.p < LEVEL

    def sentence(self) -> str:
        """Returns the result in one German sentence."""
        if not self.questions:
            return "Keine Fragen."
        verdict = ("besser" if self.b > self.a else "schlechter") if self.proven else "kein belegbarer Unterschied"
        return f"{points(self.b - self.a)} Punkte (95 %: {points(self.low)} bis {points(self.high)}; p = {decimal(self.p, 3)}): {verdict}"


def paired(right_a: Sequence[bool], right_b: Sequence[bool]) -> Paired:
    """Returns the comparison of two models, one truth value per question and model."""
    n = len(right_a)
    if n == 0:
        return Paired(0, 0.0, 0.0, 0, 0, 0.0, 0.0, 1.0)
    better = sum(b and not a for a, b in zip(right_a, right_b))
    worse = sum(a and not b for a, b in zip(right_a, right_b))
    low, high = interval(n, better, worse)
    return Paired(n, round(sum(right_a) / n, 5), round(sum(right_b) / n, 5), better, worse, low, high, round(mcnemar(better, worse), 5))


def mcnemar(better: int, worse: int) -> float:
    """Returns the exact two-sided p that `better` and `worse` differ by chance alone."""
    n, k = better + worse, min(better, worse)
    return min(1.0, 2 * sum(comb(n, i) for i in range(k + 1)) / 2**n) if n else 1.0


def interval(n: int, better: int, worse: int, seed: int = 1) -> tuple[float, float]:
    """Returns the 95 % bootstrap interval of the difference; where no answer differs, the rule of three."""
    if better + worse == 0:
        return round(-RULE_OF_THREE / max(n, 3), 5), round(RULE_OF_THREE / max(n, 3), 5)
    drawn = np.random.default_rng(seed).multinomial(n, [better / n, worse / n, max(0.0, 1 - (better + worse) / n)], RESAMPLES)
    low, high = np.quantile((drawn[:, 0] - drawn[:, 1]) / n, [0.025, 0.975])
    return round(float(low), 5), round(float(high), 5)


def points(difference: float) -> str:
    """Returns a difference of shares in points with sign: 0.012 → „+1,2“."""
    text = f"{100 * difference:+.1f}".replace(".", ",").replace("-", "−")
    return text if text not in ("+0,0", "−0,0") else "±0,0"


def decimal(value: float, digits: int = 1) -> str:
    """Returns a number with a German comma."""
    return f"{value:.{digits}f}".replace(".", ",").replace("-", "−")


def percent(share: float) -> str:
    """Returns a share as „97,3 %“."""
    return f"{decimal(100 * share)} %"
