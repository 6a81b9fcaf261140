"""Bars per week as numbers for an inline SVG. Hidden numbers are not drawn, so that no bar tells them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.team.stats.figures import Table

WIDTH, HEIGHT, GAP = 760, 180, 0.28


@dataclass(frozen=True)
class Bar:
    """A piece of a bar: place and size in units of the drawing, and which column it shows."""

    x: float
    y: float
    width: float
    height: float
    column: int


@dataclass(frozen=True)
class Drawing:
    """A drawing of WIDTH × HEIGHT: pieces, (x, name) of each row, the greatest value."""

    bars: tuple[Bar, ...]
    names: tuple[tuple[float, str], ...]
    top: int
    width: int = WIDTH
    height: int = HEIGHT


def bars(table: Table) -> Drawing:
    """Returns stacked bars, one per row."""
    counts, marks = table.numbers.counts, table.numbers.marks
    shown = [[int(counts[r, c]) if marks[r, c] == 0 else 0 for c in range(len(table.columns))] for r in range(len(table.rows))]
    top = max([sum(row) for row in shown] + [1])
    step = WIDTH / max(1, len(table.rows))
    pieces = []
    for r, row in enumerate(shown):
        base = float(HEIGHT)
        for c, value in enumerate(row):
            height = value / top * HEIGHT
            base -= height
            if value:
                pieces.append(Bar(round(r * step + step * GAP / 2, 1), round(base, 1), round(step * (1 - GAP), 1), round(height, 1), c))
    return Drawing(tuple(pieces), tuple((round(r * step + step / 2, 1), name) for r, name in enumerate(table.rows)), top)
