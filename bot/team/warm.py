"""The sentence vectors of all phrasings, loaded once per process when somebody first needs them, in a thread: no page waits for them.

`warm().get()` returns the radar or None while it loads; `warm().wait()` blocks until it is there. Used by inbox and editor.
"""

from __future__ import annotations

import os
import threading
from concurrent.futures import Future
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.editor.workspace import Workspace
from bot.knowledge.nlu_files import read_examples

if TYPE_CHECKING:
    from bot.editor.radar import Radar

NICE = 10


class Warm:
    """Keeps one radar over a project's phrasings; safe to share between threads."""

    def __init__(self, workspace: Workspace = Workspace()) -> None:  # noqa: B008 (frozen)
        self.workspace = workspace
        self.lock = threading.Lock()  # hold it while using the radar
        self._future: Future[Radar] | None = None

    def get(self) -> Radar | None:
        """Returns the radar with today's phrasings, or None while it loads; the first call begins the loading."""
        future = self._begin()
        return self._fresh(future.result()) if future.done() else None

    def wait(self, seconds: float = 120) -> Radar:
        """Returns the radar with today's phrasings, however long the loading takes.

        Raises:
            TimeoutError: it takes longer than `seconds`.
        """
        return self._fresh(self._begin().result(seconds))

    def _begin(self) -> Future[Radar]:
        with self.lock:
            if self._future is None or (self._future.done() and self._future.exception() is not None):
                self._future = Future()
                threading.Thread(target=self._load, args=(self._future,), name="satzvektoren", daemon=True).start()
            return self._future

    def _load(self, future: Future[Radar]) -> None:
        step_back()
        try:
            from bot.editor.radar import Radar

            future.set_result(Radar.of(self.workspace))
        except Exception as error:
            future.set_exception(error)

    def _fresh(self, radar: Radar) -> Radar:
        examples = read_examples(self.workspace.data / "nlu")
        with self.lock:
            radar.refresh(examples)
        return radar


@lru_cache(maxsize=4)
def warm(workspace: Workspace = Workspace()) -> Warm:  # noqa: B008
    """Returns the one `Warm` of this process for a project folder."""
    return Warm(workspace)


def step_back() -> None:
    """Makes the thread that calls this give way to those that answer people. Linux only."""
    try:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
    except (AttributeError, OSError):
        pass
