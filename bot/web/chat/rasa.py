"""The question to Rasa: POST /webhooks/rest/turn, answered line by line (`bot/channel/turn.py`)."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any, Callable

import httpx

from bot.web.upstream import Upstream

CONNECT_TRIES = 4
PAUSE_SECONDS = 0.4
READ_SECONDS = 10.0


class NoAnswer(Exception):
    """Rasa answers, but not with a turn."""


@dataclass(frozen=True)
class Ask:
    """One message for Rasa; `again` when it may have got it before."""

    conversation: str
    id: str
    text: str
    sprache: str | None
    again: bool

    def as_json(self) -> dict[str, Any]:
        """Returns the body of the request."""
        return {"sender": self.conversation, "id": self.id, "text": self.text, "sprache": self.sprache, "nochmal": self.again}


async def ask(upstream: Upstream, question: Ask, take: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Gives each reply to `take` when it comes, and returns what Rasa says at the end.

    A connection that is refused is tried again for a second, at the address of that moment: Rasa may just be switched.

    Raises:
        httpx.HTTPError: no connection, or it broke.
        NoAnswer, ValueError, KeyError: no turn.
    """
    for attempt in range(CONNECT_TRIES):
        try:
            return await _once(upstream, question, take)
        except httpx.ConnectError:
            if attempt == CONNECT_TRIES - 1:
                raise
            await asyncio.sleep(PAUSE_SECONDS)
    raise NoAnswer


async def _once(upstream: Upstream, question: Ask, take: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    url = f"{upstream.target().url}/webhooks/rest/turn"
    async with upstream.client.stream("POST", url, json=question.as_json(), timeout=httpx.Timeout(READ_SECONDS, connect=2.0)) as answer:
        if answer.status_code != 200:
            raise NoAnswer
        async for line in answer.aiter_lines():
            data = json.loads(line) if line.strip() else {}
            if "antwort" in data:
                take(data["antwort"])
            elif "ende" in data:
                return dict(data["ende"])
    raise NoAnswer
