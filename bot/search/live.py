"""Search that follows the content: built again in the background of a request when answers or phrasings changed."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.errors import ContentErrors
from bot.knowledge.live import LiveKnowledge
from bot.knowledge.nlu_files import read_examples
from bot.search.engine import Search

logger = logging.getLogger(__name__)
CHECK_SECONDS = 5.0


class LiveSearch:
    """Holds the index over the newest content."""

    def __init__(self, knowledge: LiveKnowledge, folder: Path = DATA) -> None:
        self._live, self._folder = knowledge, folder / "nlu" / "faq"
        self._lock = threading.Lock()
        self._checked, self._stamp = time.monotonic(), self._state()
        self._for: Knowledge = knowledge.current()
        self._search = self._build(self._for)

    def current(self) -> Search:
        """Returns the index over the content of now."""
        knowledge, now = self._live.current(), time.monotonic()
        if knowledge is not self._for or now - self._checked > CHECK_SECONDS:
            with self._lock:
                stamp = self._state()
                if knowledge is not self._for or stamp != self._stamp:
                    self._for, self._stamp, self._search = knowledge, stamp, self._build(knowledge)
                self._checked = time.monotonic()
        return self._search

    def _build(self, knowledge: Knowledge) -> Search:
        try:
            examples = read_examples(self._folder)
        except ContentErrors as faults:
            logger.error("Formulierungen nicht lesbar, gesucht wird nur in Fragen und Antworten:\n%s", faults)
            examples = ()
        return Search(knowledge, examples)

    def _state(self) -> frozenset[tuple[str, int]]:
        state = set()
        for path in self._folder.glob("*.yml"):
            try:
                state.add((path.name, path.stat().st_mtime_ns))
            except OSError:  # removed this moment
                continue
        return frozenset(state)
