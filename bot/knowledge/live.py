"""Knowledge that follows its files: a corrected paragraph is answered at once, without training or restart."""

from __future__ import annotations

import logging
import time
from functools import lru_cache
from pathlib import Path

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.errors import ContentErrors

logger = logging.getLogger(__name__)
CHECK_SECONDS = 2.0
WATCHED = ("*.yml", "faq/*.yml", "offices/*.yml", "berufe/*.yml", "oberflaeche/*.yml", "orte/*")


class LiveKnowledge:
    """Holds the newest valid `Knowledge`; a faulty edit is logged and the last good state stays."""

    def __init__(self, folder: Path = DATA) -> None:
        self.folder = self._folder = folder
        self._stamp = self._state()
        self._knowledge = Knowledge.load(folder)
        self._checked = time.monotonic()

    def current(self) -> Knowledge:
        """Returns the knowledge of now, read again when a file changed in the last seconds."""
        return self._knowledge if time.monotonic() - self._checked <= CHECK_SECONDS else self.refresh()

    def refresh(self) -> Knowledge:
        """Returns the knowledge of this moment: whoever has just written sees it at once."""
        self._checked = time.monotonic()
        stamp = self._state()
        if stamp != self._stamp:
            self._stamp = stamp
            self._reload()
        return self._knowledge

    def _reload(self) -> None:
        try:
            self._knowledge = Knowledge.load(self._folder)
        except ContentErrors as faults:
            logger.error("Inhalte nicht übernommen, die letzten gültigen gelten weiter:\n%s", faults)

    def _state(self) -> frozenset[tuple[str, int, int]]:
        """Returns name, time and size of every file: an older file put back counts as a change, too."""
        state = set()
        for path in (p for pattern in WATCHED for p in self._folder.glob(pattern)):
            try:
                stat = path.stat()
            except OSError:  # removed this moment
                continue
            state.add((str(path), stat.st_mtime_ns, stat.st_size))
        return frozenset(state)


@lru_cache(maxsize=1)
def shared() -> LiveKnowledge:
    """Returns the one `LiveKnowledge` of this process, loaded at the first call."""
    return LiveKnowledge()
