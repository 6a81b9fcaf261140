"""The conflict radar of this process: built once in a worker thread when somebody first wants to type a sentence, kept warm, refreshed after changes."""

from __future__ import annotations

import asyncio
import logging
from typing import Sequence

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool

from bot.editor.radar import Radar, RadarResult
from bot.editor.workspace import Workspace
from bot.knowledge.errors import ContentErrors
from bot.knowledge.nlu_files import read_examples

logger = logging.getLogger(__name__)
PREPARING = "Das Radar wird vorbereitet. Die Sätze werden gleich geprüft."
MOST = 50  # sentences of one request


class WarmRadar:
    """Builds the radar when it is first asked for; `check` waits for it, `ready` does not."""

    def __init__(self, workspace: Workspace, radar: Radar | None = None) -> None:
        self._workspace, self._radar = workspace, radar
        self._task: asyncio.Task[None] | None = None
        self._one = asyncio.Lock()

    @property
    def ready(self) -> bool:
        """Tells whether sentences can be checked at once."""
        return self._radar is not None

    def begin(self) -> None:
        """Starts building in the background; does nothing when that has happened."""
        if self._radar is None and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._build())

    async def check(self, sentences: Sequence[str], intent: str) -> list[RadarResult]:
        """Returns what the radar says of each sentence, after it has been built; [] when it cannot be."""
        self.begin()
        if self._task is not None:
            await asyncio.shield(self._task)
        radar = self._radar
        if radar is None:
            return []
        async with self._one:
            return await run_in_threadpool(lambda: [radar.check(sentence, intent) for sentence in sentences[:MOST]])

    async def refresh(self) -> None:
        """Takes over what has changed in the files."""
        radar = self._radar
        if radar is not None:
            async with self._one:
                await run_in_threadpool(lambda: radar.refresh(read_examples(self._workspace.data / "nlu")))

    async def _build(self) -> None:
        try:
            self._radar = await run_in_threadpool(Radar.of, self._workspace)
        except (ContentErrors, OSError, RuntimeError) as error:  # the radar only warns: without it the editor still works
            logger.error("Das Konflikt-Radar ließ sich nicht aufbauen: %s", type(error).__name__)


def radar_of(app: Starlette, workspace: Workspace) -> WarmRadar:
    """Returns the radar of the application."""
    if getattr(app.state, "radar", None) is None:
        app.state.radar = WarmRadar(workspace)
    return app.state.radar  # type: ignore[no-any-return]
