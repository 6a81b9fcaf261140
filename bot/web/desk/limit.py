"""How often one address may do something; it is known only by a hash whose salt changes daily."""

from __future__ import annotations

import threading
import time

from starlette.requests import Request

from bot.web.chat.limits import DailyHash

MOST_KEYS = 20_000


class RateLimit:
    """At most `most` times within `seconds` per address; safe to share between threads."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds, self._hash = most, seconds, DailyHash()
        self._times: dict[str, list[float]] = {}
        self._lock = threading.Lock()

    def allows(self, request: Request) -> bool:
        """Tells whether the sender of `request` may go on, and counts it."""
        now = time.monotonic()
        with self._lock:
            if len(self._times) > MOST_KEYS:
                self._times = {key: times for key, times in self._times.items() if times[-1] > now - self._seconds}
            key = self._hash.of_address(request.client.host if request.client else "")
            times = [t for t in self._times.get(key, ()) if t > now - self._seconds]
            if len(times) >= self._most:
                return False
            self._times[key] = [*times, now]
            return True
