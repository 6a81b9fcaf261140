"""Quarters of ISO weeks: 1–13, 14–26, 27–39 and 40 to the end. Fixed periods, because two overlapping ones tell their difference."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

NAME = re.compile(r"(\d{4})-Q([1-4])")
WEEKS = 13


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter; `name` is „2026-Q4“."""

    year: int
    number: int

    @classmethod
    def of(cls, moment: dt.datetime | dt.date) -> "Quarter":
        """Returns the quarter of a moment."""
        year, week, _ = moment.isocalendar()
        return cls(year, min(4, (week - 1) // WEEKS + 1))

    @classmethod
    def read(cls, name: str) -> "Quarter | None":
        """Returns the quarter with this name, or None."""
        found = NAME.fullmatch(name)
        return cls(int(found[1]), int(found[2])) if found and int(found[1]) > 1 else None

    @property
    def name(self) -> str:
        """The name in addresses and files."""
        return f"{self.year}-Q{self.number}"

    @property
    def start(self) -> dt.datetime:
        """Its first moment, UTC without zone."""
        return dt.datetime.combine(dt.date.fromisocalendar(self.year, (self.number - 1) * WEEKS + 1, 1), dt.time())

    @property
    def end(self) -> dt.datetime:
        """The first moment after it."""
        return self.next().start

    def next(self) -> "Quarter":
        """Returns the quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    def weeks(self) -> list[str]:
        """Returns its weeks as „2026-W48“."""
        first = self.start.date()
        days = range(0, (self.end.date() - first).days, 7)
        return ["{}-W{:02d}".format(*(first + dt.timedelta(days=n)).isocalendar()[:2]) for n in days]
