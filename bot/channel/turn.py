"""One turn for the chat gateway: POST /turn answers line by line while Rasa still works.

    {"sender": "<32 hex>", "id": "<32 hex>", "text": "…", "sprache": "uk", "nochmal": false}
    → {"antwort": {"text", "buttons", "custom"}} …, at last {"ende": {"verstanden": {…} | null, "fehler": null | "zeit" | "panne"}}

The same id never runs twice: while it runs, a second request listens to the first; with "nochmal" its stored replies are sent again.
A turn goes on when the caller is gone. Texts are never logged.
"""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any, AsyncIterator, Awaitable, Callable, Dict, List, Optional

from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered

from bot.channel.understanding import understood

logger = logging.getLogger(__name__)
TURN_SECONDS = 10.0
CHANNEL = "rest"


class Turn(OutputChannel):
    """A turn that runs: collects each reply in one piece and wakes whoever listens."""

    def __init__(self) -> None:
        self.replies: List[Dict[str, Any]] = []
        self.understood: Optional[Dict[str, Any]] = None
        self.problem: Optional[str] = None
        self.done = False
        self._news = asyncio.Event()

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    async def send_response(self, recipient_id: str, message: Dict[str, Any]) -> None:
        """Takes a reply from Rasa."""
        reply = {key: message[key] for key in ("text", "buttons", "custom") if message.get(key)}
        if reply:
            self.replies.append(reply)
            self.wake()

    def wake(self) -> None:
        """Tells the listeners that something changed."""
        self._news.set()
        self._news = asyncio.Event()

    async def listen(self, seconds: float = TURN_SECONDS) -> AsyncIterator[Dict[str, Any]]:
        """Yields the lines of the answer; ends after `seconds` at the latest."""
        deadline, sent = time.monotonic() + seconds, 0
        while True:
            news = self._news
            for reply in self.replies[sent:]:
                yield {"antwort": reply}
                sent += 1
            if self.done and sent == len(self.replies):
                yield {"ende": {"verstanden": self.understood, "fehler": self.problem}}
                return
            try:
                await asyncio.wait_for(news.wait(), max(0.0, deadline - time.monotonic()))
            except asyncio.TimeoutError:
                logger.error("Eine Nachricht wurde nicht in %s Sekunden beantwortet.", seconds)
                yield {"ende": {"verstanden": self.understood, "fehler": "zeit"}}
                return


class Turns:
    """The turns that run now, by message id."""

    def __init__(self) -> None:
        self._running: Dict[str, Turn] = {}
        self._tasks: set = set()

    def start(self, agent: Any, handle: Callable[[UserMessage], Awaitable[None]], sender: str, id: str, text: str, metadata: Dict[str, Any], again: bool) -> Turn:
        """Returns the turn of this message id: the running one, the stored one (`again`), or a new one."""
        running = self._running.get(id)
        if running is not None:
            return running
        turn = self._running[id] = Turn()
        task = asyncio.ensure_future(self._run(turn, agent, handle, UserMessage(text, turn, sender, None, CHANNEL, id, metadata), again))
        self._tasks.add(task)
        task.add_done_callback(lambda done: self._forget(id, done))
        return turn

    def _forget(self, id: str, task: Any) -> None:
        self._tasks.discard(task)
        self._running.pop(id, None)

    async def _run(self, turn: Turn, agent: Any, handle: Callable[[UserMessage], Awaitable[None]], message: UserMessage, again: bool) -> None:
        try:
            if not (again and await _replay(agent, turn, message)):
                message.parse_data = await agent.processor.parse_message(message)
                turn.understood = understood(message.parse_data)
                await handle(message)
        except Exception as error:  # the reason may hold the text: log its type only
            logger.error("Eine Nachricht konnte nicht beantwortet werden (%s).", type(error).__name__)
            turn.problem = "panne"
        finally:
            turn.done = True
            turn.wake()


async def _replay(agent: Any, turn: Turn, message: UserMessage) -> bool:
    """Puts the stored replies to an earlier run of the same message into `turn`; False when there was none that came to its end."""
    tracker = await agent.tracker_store.retrieve(message.sender_id)
    events = list(tracker.events) if tracker else []
    start = next((i for i in range(len(events) - 1, -1, -1) if isinstance(events[i], UserUttered) and events[i].message_id == message.message_id), None)
    if start is None:
        return False
    turn.understood = understood(events[start].parse_data or {})
    for event in events[start + 1:]:
        if isinstance(event, UserUttered) or (isinstance(event, ActionExecuted) and event.action_name == "action_session_start"):
            break
        if isinstance(event, BotUttered):
            data = event.data or {}
            await turn.send_response(message.sender_id, {"text": event.text, "buttons": data.get("buttons"), "custom": data.get("custom")})
    return True
