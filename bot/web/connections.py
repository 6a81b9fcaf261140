"""HTTP connections that nobody can hold for nothing: a request must be there within a minute, its headers within 64 KiB (h11's own limit)."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS = 60.0


class PatientProtocol(H11Protocol):
    """uvicorn's protocol, which waits for the head of a request without end; this one closes the connection."""

    def connection_made(self, transport: Any) -> None:
        """Begins to watch."""
        super().connection_made(transport)
        self._waiting = False
        self._watch: asyncio.TimerHandle | None = self.loop.call_later(SECONDS / 2, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends the watch."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        super().connection_lost(exc)

    def _look(self) -> None:
        """Closes when half a request was there at the last look already. uvicorn itself closes what is idle after a request."""
        waits = (self.cycle is None or self.cycle.response_complete) and self.timeout_keep_alive_task is None
        if waits and self._waiting:
            self.transport.close()
            return
        self._waiting = waits
        self._watch = self.loop.call_later(SECONDS / 2, self._look)
