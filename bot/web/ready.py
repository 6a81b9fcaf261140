"""Readiness: every part that an answer needs, each one tried, not only asked whether it runs."""

from __future__ import annotations

import asyncio
import time

import httpx
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from bot.store.errors import StoreError
from bot.store.probe import probe

IN_RASA = ("modell", "verstehen", "aktionen")
SECONDS = 3.0
FRESH_SECONDS = 2.0


class Readiness:
    """Tries the parts; the result holds for two seconds, so that nobody can load us by asking."""

    def __init__(self, app: Starlette) -> None:
        self._app, self._lock = app, asyncio.Lock()
        self._parts: dict[str, bool] = {}
        self._tried = float("-inf")

    async def parts(self) -> dict[str, bool]:
        """Returns part → works: rasa, modell, verstehen (a test sentence), aktionen, datenbank (a write)."""
        async with self._lock:
            if time.monotonic() - self._tried > FRESH_SECONDS:
                rasa, written = await asyncio.gather(self._rasa(), self._database())
                self._parts, self._tried = {**rasa, "datenbank": written}, time.monotonic()
            return self._parts

    async def _rasa(self) -> dict[str, bool]:
        upstream = self._app.state.upstream
        try:
            answer = await asyncio.wait_for(upstream.client.get(f"{upstream.target().url}/webhooks/rest/bereit", timeout=SECONDS), SECONDS)
            told = answer.json()
            return {"rasa": True, **{part: told.get(part) is True for part in IN_RASA}}
        except (httpx.HTTPError, asyncio.TimeoutError, ValueError, AttributeError):
            return {"rasa": False, **dict.fromkeys(IN_RASA, False)}

    async def _database(self) -> bool:
        try:
            await run_in_threadpool(probe, self._app.state.database)
            return True
        except StoreError:
            return False
