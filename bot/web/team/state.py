"""What the console keeps in memory, in `app.state.team`: the project folder, the sentence vectors, and the work in the background."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable

from bot.editor.workspace import Workspace
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.store.groups import sort_in
from bot.store.labels import wipe
from bot.team.inbox.near import NearCopies
from bot.team.warm import step_back, warm
from bot.web.log import log

EVERY_SECONDS, PAUSE = 60.0, 0.05


class Team:
    """One for the application. The background work sorts new messages into the inbox, groups near copies while somebody works there, and deletes what is to go."""

    def __init__(self, database: Database, workspace: Workspace = Workspace()) -> None:  # noqa: B008 (frozen)
        self.workspace, self.warm = workspace, warm(workspace)
        self._database, self._near = database, NearCopies(database, self.warm)
        self._wake, self._watched = asyncio.Event(), False
        self._task: asyncio.Task[None] | None = None
        self._threads = ThreadPoolExecutor(1, "konsole", initializer=step_back)

    def begin(self) -> None:
        """Starts the background work."""
        self._wake = asyncio.Event()
        self._task = asyncio.ensure_future(self._run())

    async def close(self) -> None:
        """Ends it."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._threads.shutdown(wait=True)

    def watch(self) -> None:
        """Says that somebody looks at the inbox: the vectors load now, and near copies are grouped from now on."""
        self._watched = True
        self.warm.get()
        self._wake.set()

    async def _run(self) -> None:
        while True:
            try:
                await asyncio.wait_for(self._wake.wait(), EVERY_SECONDS)
            except asyncio.TimeoutError:
                pass
            self._wake.clear()
            try:
                await self._aside(sort_in, self._database)
                await self._aside(wipe, self._database)
                if self._watched:
                    await self._aside(self.warm.wait)
                    while await self._aside(self._near.step):
                        await asyncio.sleep(PAUSE)
            except StoreError as error:
                log("speicher_fehler", art=error.art, pfad="posteingang")
            except Exception as error:  # broken contents: the next round tries again
                log("fehler", art=type(error).__name__, pfad="posteingang")

    async def _aside(self, work: Callable[..., Any], *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)
