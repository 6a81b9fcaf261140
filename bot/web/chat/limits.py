"""How often somebody may write. Addresses are known here only as a hash whose salt changes daily and is never stored."""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import os
import secrets
import time
from collections import OrderedDict, deque
from typing import Callable, Mapping

CHARACTERS = 1000
TURNS = 40
OPEN_TURNS = 50
PER_CONVERSATION = 20
PER_ADDRESS = 60
SECONDS = 60.0
MOST_KEYS = 50_000


class Rate:
    """At most `limit` times in any minute, for each key."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._clock = limit, clock
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()

    def allows(self, key: str) -> bool:
        """Counts one use of `key` and tells whether it is within the limit; refused ones do not count."""
        now = self._clock()
        self._forget(now)
        times = self._seen.setdefault(key, deque())
        while times and times[0] <= now - SECONDS:
            times.popleft()
        if len(times) >= self._limit:
            return False
        times.append(now)
        self._seen.move_to_end(key)
        return True

    def _forget(self, now: float) -> None:
        """Drops keys that were silent for a minute, the oldest first; under a flood of new keys also younger ones."""
        while self._seen:
            key, times = next(iter(self._seen.items()))
            if len(self._seen) <= MOST_KEYS and times and times[-1] > now - SECONDS:
                return
            del self._seen[key]


class DailyHash:
    """Pseudonyms that nobody can follow beyond the day: keyed hash, the key lives in memory only."""

    def __init__(self, today: Callable[[], dt.date] = dt.date.today) -> None:
        self._today, self._day, self._salt = today, dt.date.min, b""

    def of(self, value: str) -> str:
        """Returns the pseudonym of `value` for today."""
        if self._today() != self._day:
            self._day, self._salt = self._today(), secrets.token_bytes(32)
        return hashlib.blake2b(value.encode("utf-8", "replace"), key=self._salt, digest_size=8).hexdigest()

    def of_address(self, address: str) -> str:
        """Returns the pseudonym of an IP address; of IPv6 the /64 counts, which is one connection."""
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return self.of(address)
        return self.of(str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed))


def per_address(environment: Mapping[str, str] = os.environ) -> int:
    """Returns the messages per minute and address: LOTSE_PRO_ADRESSE, or 60. Advice centres share one address among many."""
    value = environment.get("LOTSE_PRO_ADRESSE", "")
    return int(value) if value.isascii() and value.isdigit() and int(value) > 0 else PER_ADDRESS
