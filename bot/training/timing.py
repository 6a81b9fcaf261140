"""How long is left: from the steps of this run and the seconds that the last run took for each step."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Callable

from bot.atomic import write_json
from bot.lock import RUN

FILE = RUN / "training-zeiten.json"
COUNT = re.compile(r"(.*): (\d+) von (\d+)")
# Seconds per step on two cores with all data and known sentences, for the very first run.
FIRST = {"training": {"Start": 12.0, "Satzvektoren 1 von 2": 2.0, "Satzvektoren 2 von 2": 2.0, "Klassifikator": 10.0, "Archiv prüfen": 2.0, "Prüffragen": 25.0, "Gespräche": 25.0},
         "vergleich": {"Start": 3.0, "Prüffragen": 25.0, "Gespräche": 25.0}}


class Timing:
    """Follows one run step by step."""

    def __init__(self, kind: str, path: Path | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._kind, self._path, self._clock = kind, path or FILE, clock
        self._all = _read(self._path)
        self._known: dict[str, float] = self._all.get(kind) or dict(FIRST.get(kind, {}))
        self._took: dict[str, float] = {}
        self.step, self._begin, self._share = "Start", clock(), 0.0
        self._first = self._begin

    def advance(self, text: str) -> None:
        """Takes a progress line: „Klassifikator“ or „Prüffragen: 64 von 2703“."""
        match = COUNT.fullmatch(text)
        name = match[1] if match else text
        if name != self.step:
            self._close()
            self.step, self._begin, self._share = name, self._clock(), 0.0
        if match:
            self._share = int(match[2]) / max(1, int(match[3]))

    def left(self) -> float:
        """Returns the estimated seconds until the end."""
        spent = self._clock() - self._begin
        here = max(0.0, self._known.get(self.step, 0.0) - spent)
        if self._share > 0.1:
            here = spent * (1 - self._share) / self._share
        names = list(self._known)
        later = names[names.index(self.step) + 1:] if self.step in names else [n for n in names if n not in self._took]
        return here + sum(self._known[n] for n in later if n not in self._took)

    def share(self) -> float:
        """Returns how much of the run is done, 0 to 1."""
        spent = self._clock() - self._first
        return min(0.99, spent / max(0.1, spent + self.left()))

    def finish(self) -> None:
        """Keeps the times of this run for the next."""
        self._close()
        write_json(self._path, {**self._all, self._kind: {name: round(s, 2) for name, s in self._took.items()}})

    def _close(self) -> None:
        self._took[self.step] = self._took.get(self.step, 0.0) + self._clock() - self._begin


def _read(path: Path) -> dict[str, dict[str, float]]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {kind: {str(k): float(v) for k, v in steps.items()} for kind, steps in data.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
