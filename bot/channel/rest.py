"""The REST channel: Rasa's own address and answer form, with checks that Rasa lacks.

Never an empty reply: bad input, a slow or broken turn each get a German sentence. Text from users is never logged.
The routes of the chat gateway are in `gateway.py`. It also makes calls to the action server fail softly (`bot/action_endpoint.py`).
"""

from __future__ import annotations

import asyncio
import logging
import re
import uuid
from typing import Any, Awaitable, Callable, Dict, List, Optional

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.action_endpoint import soften_actions
from bot.channel.gateway import GatewayRoutes
from bot.input_text import clean
from bot.knowledge.contact import hotline_text
from bot.knowledge.fixed import render_text
from bot.knowledge.live import shared
from bot.store.errors import StoreError
from bot.tracker_store import fail_loudly

logger = logging.getLogger(__name__)
MAX_CHARACTERS = 1000
TURN_SECONDS = 10.0
SENDER = re.compile(r"[A-Za-z0-9_-]{1,64}")


class LotseChannel(InputChannel):
    """POST /webhooks/rest/webhook with {"sender", "message", "metadata": {"sprache"}}."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    def __init__(self) -> None:
        """Loads the fixed texts for replies that need no model."""
        self._live = shared()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[None]]) -> Blueprint:
        """Returns the routes and the start hook."""
        routes = Blueprint("lotse_rest")

        @routes.listener("after_server_start")
        async def prepare(app: Sanic, _: Any) -> None:
            soften_actions(getattr(app.ctx, "agent", None), self._live)
            fail_loudly(getattr(app.ctx, "agent", None))

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            ready = agent is not None and agent.is_ready()
            return response.json({"status": "ok" if ready else "kein Modell"}, status=200 if ready else 503)

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            return await self._receive(request, on_new_message)

        GatewayRoutes(on_new_message).add_to(routes)
        return routes

    async def _receive(self, request: Request, on_new_message: Callable[[UserMessage], Awaitable[None]]) -> HTTPResponse:
        try:
            body = request.json
        except Exception:
            body = None
        if not isinstance(body, dict):
            return response.json({"fehler": "Die Anfrage muss JSON sein: {\"sender\": …, \"message\": …}."}, status=400)
        sender = body.get("sender") or uuid.uuid4().hex
        if not isinstance(sender, str) or not SENDER.fullmatch(sender):
            return response.json({"fehler": "sender: 1 bis 64 Zeichen aus A–Z, a–z, 0–9, _ und -."}, status=400)
        text = body.get("message")
        problem = self._problem(text)
        if problem is not None:
            return response.json([{"recipient_id": sender, **problem}])
        if not getattr(request.app.ctx, "agent", None) or not request.app.ctx.agent.is_ready():
            return response.json([{"recipient_id": sender, **self._text("panne")}], status=503)
        return response.json(await self._turn(clean(str(text)), sender, _metadata(body), on_new_message))

    def _problem(self, text: Any) -> Optional[Dict[str, Any]]:
        """Returns the reply to input that needs no model, or None."""
        if not isinstance(text, str):
            return self._text("kein_text")
        if len(text) > MAX_CHARACTERS:
            return self._text("zu_lang", laenge=str(len(text)), grenze=str(MAX_CHARACTERS))
        if not clean(text):
            return self._text("leer")
        return None

    async def _turn(self, text: str, sender: str, metadata: Dict[str, Any], on_new_message: Callable[[UserMessage], Awaitable[None]]) -> List[Dict[str, Any]]:
        collector = CollectingOutputChannel()
        message = UserMessage(text, collector, sender, input_channel=self.name(), metadata=metadata)
        try:
            await asyncio.wait_for(asyncio.shield(on_new_message(message)), TURN_SECONDS)
        except asyncio.TimeoutError:
            logger.error("Eine Nachricht wurde nicht in %s Sekunden beantwortet.", TURN_SECONDS)
        except StoreError as error:  # an answer to a message that was not stored would be forgotten by the next one
            logger.error("Eine Nachricht wurde nicht gespeichert: %s", error)
            collector.messages.clear()
        except Exception as error:  # the reason may hold the text: log its type only
            logger.error("Eine Nachricht konnte nicht beantwortet werden (%s).", type(error).__name__)
        return list(collector.messages) or [{"recipient_id": sender, **self._text("panne")}]

    def _text(self, name: str, **values: str) -> Dict[str, Any]:
        knowledge = self._live.current()
        return render_text(knowledge, name, False, None, hotline=hotline_text(knowledge.offices), **values).as_rasa()


def _metadata(body: Dict[str, Any]) -> Dict[str, Any]:
    """Keeps only the chosen language: {"sprache": "uk"}."""
    metadata = body.get("metadata")
    sprache = metadata.get("sprache") if isinstance(metadata, dict) else None
    return {"sprache": sprache} if isinstance(sprache, str) and re.fullmatch(r"[a-z]{2}", sprache) else {}
