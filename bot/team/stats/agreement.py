"""How far two raters agree, and how sure a share is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Sequence

Z = 1.959964  # 95 %


@dataclass(frozen=True)
class Share:
    """A share with its 95 % interval, 0 to 1."""

    count: int
    total: int
    share: float
    low: float
    high: float


def wilson(count: int, total: int) -> Share:
    """Returns the share `count` / `total` with its Wilson interval; 0 to 1 when there is nothing."""
    if total == 0:
        return Share(0, 0, 0.0, 0.0, 1.0)
    p, z2 = count / total, Z * Z
    middle, half = (p + z2 / (2 * total)) / (1 + z2 / total), Z * math.sqrt(p * (1 - p) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    return Share(count, total, p, max(0.0, middle - half), min(1.0, middle + half))


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Returns Cohen's kappa of pairs of ratings, 1 for full agreement, 0 for chance; None without pairs, or when both raters know one category only."""
    if not pairs:
        return None
    total = len(pairs)
    agreed = sum(a == b for a, b in pairs) / total
    names = {name for pair in pairs for name in pair}
    by_chance = sum((sum(a == name for a, _ in pairs) / total) * (sum(b == name for _, b in pairs) / total) for name in names)
    return None if by_chance >= 1 else (agreed - by_chance) / (1 - by_chance)
