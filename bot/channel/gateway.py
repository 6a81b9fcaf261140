"""Rasa's side of the chat gateway: /turn, /verstehen and /bereit. Only the web process calls them."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from typing import Any, Awaitable, Callable, Coroutine, Dict, Optional

import aiohttp
from rasa.core.channels.channel import UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channel.turn import Turns
from bot.channel.understanding import ranking
from bot.input_text import clean

logger = logging.getLogger(__name__)
Answer = Callable[[Request], Coroutine[Any, Any, Optional[HTTPResponse]]]
ID = re.compile(r"[0-9a-f]{32}")
LANGUAGE = re.compile(r"[a-z]{2}")
MAX_CHARACTERS = 1000
PROBE = "Was kostet die Anerkennung?"
HEALTH_SECONDS = 2.0


class GatewayRoutes:
    """The three routes; `handle` gives a message to Rasa."""

    def __init__(self, handle: Callable[[UserMessage], Awaitable[None]]) -> None:
        self._handle, self._turns = handle, Turns()

    def add_to(self, routes: Blueprint) -> None:
        """Adds the routes to Rasa's blueprint (Sanic writes on its handlers, which methods do not allow)."""
        for path, method, answer in (("/turn", "POST", self.turn), ("/verstehen", "POST", self.understand), ("/bereit", "GET", self.ready)):
            routes.add_route(_function(answer), path, methods=[method], name=path.strip("/"))

    async def turn(self, request: Request) -> Optional[HTTPResponse]:
        """Answers one message, a line of JSON for each reply."""
        body, agent = _body(request), _agent(request)
        text = clean(body["text"]) if isinstance(body.get("text"), str) else ""
        if not all(isinstance(body.get(key), str) and ID.fullmatch(body[key]) for key in ("sender", "id")) or not 0 < len(text) <= MAX_CHARACTERS:
            return response.json({"fehler": "sender und id: 32 Hexziffern; text: 1 bis 1000 Zeichen."}, status=400)
        if agent is None:
            return response.json({"fehler": "Kein Modell geladen."}, status=503)
        sprache = body.get("sprache")
        metadata = {"sprache": sprache} if isinstance(sprache, str) and LANGUAGE.fullmatch(sprache) else {}
        turn = self._turns.start(agent, self._handle, body["sender"], body["id"], text, metadata, body.get("nochmal") is True)
        stream = await request.respond(content_type="application/x-ndjson")
        async for line in turn.listen():
            await stream.send(json.dumps(line, ensure_ascii=False) + "\n")
        await stream.eof()
        return None

    async def understand(self, request: Request) -> HTTPResponse:
        """Answers with the ranking of FAQs for a text."""
        body, agent = _body(request), _agent(request)
        text = clean(body["text"])[:MAX_CHARACTERS] if isinstance(body.get("text"), str) else ""
        if not text:
            return response.json({"fehler": "text: mindestens ein Zeichen."}, status=400)
        if agent is None:
            return response.json({"fehler": "Kein Modell geladen."}, status=503)
        try:
            return response.json(await ranking(agent, text))
        except Exception as error:  # the reason may hold the text: log its type only
            logger.error("Ein Text konnte nicht verstanden werden (%s).", type(error).__name__)
            return response.json({"fehler": "Das hat gerade nicht geklappt."}, status=500)

    async def ready(self, request: Request) -> HTTPResponse:
        """Tells which parts work: model, a test parse, the action server."""
        agent = _agent(request)
        parts = {"modell": agent is not None, "verstehen": agent is not None and await _understands(agent), "aktionen": agent is not None and await _actions_answer(agent)}
        return response.json(parts, status=200 if all(parts.values()) else 503)


def _function(answer: Answer) -> Answer:
    async def handler(request: Request) -> Optional[HTTPResponse]:
        return await answer(request)
    return handler


def _body(request: Request) -> Dict[str, Any]:
    try:
        body = request.json
    except Exception:
        return {}
    return body if isinstance(body, dict) else {}


def _agent(request: Request) -> Any:
    """Returns Rasa's agent when it has a model."""
    agent = getattr(request.app.ctx, "agent", None)
    return agent if agent is not None and agent.is_ready() else None


async def _understands(agent: Any) -> bool:
    try:
        return bool((await ranking(agent, PROBE))["rang"])
    except Exception:
        return False


async def _actions_answer(agent: Any) -> bool:
    """Asks the action server's own health address."""
    endpoint = agent.action_endpoint
    if endpoint is None:
        return False
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=HEALTH_SECONDS)) as session, session.get(endpoint.url.rsplit("/", 1)[0] + "/health") as answer:
            return answer.status == 200
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError):
        return False
