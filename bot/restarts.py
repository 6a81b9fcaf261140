"""Restarts processes that end, with growing pauses, and gives up on one that ends again and again."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import Callable

from bot import processes
from bot.processes import Service, StartError

MOST, WITHIN = 5, 600.0
LONGEST_PAUSE = 10.0


class Restarts:
    """Remembers when which process ended. Never waits: call `revive` again."""

    def __init__(self, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._say, self._clock = say, clock
        self._ends: dict[str, list[float]] = defaultdict(list)
        self._due: dict[str, float] = {}

    def revive(self, service: Service) -> None:
        """Starts `service` again when it has ended and its pause is over.

        Raises:
            StartError: it ended more than five times within ten minutes.
        """
        if service.process is None or service.process.poll() is None:
            return
        now = self._clock()
        if service.name in self._due:
            if now >= self._due[service.name]:
                del self._due[service.name]
                service.start()
            return
        ends = self._ends[service.name] = [t for t in self._ends[service.name] if now - t < WITHIN] + [now]
        if len(ends) > MOST:
            raise StartError(f"{service.name} endet immer wieder. Der Grund steht in {processes.LOGS / (service.name + '.log')}.")
        self._due[service.name] = now + min(LONGEST_PAUSE, len(ends))
        self._say(f"{service.name} ist ausgefallen und wird neu gestartet.")
