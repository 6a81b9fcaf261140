"""What the answer desk keeps per process: the index, the history, limits. `desk(request)` makes it at the first use; the app warms it up."""

from __future__ import annotations

import datetime as dt
import threading
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.requests import Request

from bot.history.repository import Repository
from bot.knowledge.base import Knowledge
from bot.knowledge.live import LiveKnowledge
from bot.search.live import LiveSearch
from bot.web.desk.limit import RateLimit
from bot.web.desk.understanding import Understanding

BERLIN = ZoneInfo("Europe/Berlin")
_lock = threading.Lock()
_searches: WeakKeyDictionary[LiveKnowledge, LiveSearch] = WeakKeyDictionary()  # one index per content, however many applications


class Desk:
    """The parts that requests share."""

    def __init__(self, knowledge: LiveKnowledge) -> None:
        if knowledge not in _searches:
            _searches[knowledge] = LiveSearch(knowledge, knowledge.folder)
        self.search = _searches[knowledge]
        self.history = Repository(knowledge.folder)
        self.understanding = Understanding()
        self.reports, self.picks = RateLimit(most=5, seconds=600), RateLimit(most=60, seconds=60)


def warm_up(app: Starlette) -> Desk:
    """Returns the desk of this application, made now if it is not there yet."""
    with _lock:
        found = getattr(app.state, "desk", None)
        if not isinstance(found, Desk):
            found = app.state.desk = Desk(app.state.knowledge)
        return found


def desk(request: Request) -> Desk:
    """Returns the desk of the application that serves `request`."""
    found = getattr(request.app.state, "desk", None)
    return found if isinstance(found, Desk) else warm_up(request.app)


def knowledge_of(request: Request) -> Knowledge:
    """Returns the content of now."""
    current: Knowledge = request.app.state.knowledge.current()
    return current


def today() -> dt.date:
    """Returns the day in Germany."""
    return dt.datetime.now(BERLIN).date()
