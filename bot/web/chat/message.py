"""POST /api/chat/message: the answer as server-sent events. Trouble before the first reply is an HTTP error, later an event `fehler`."""

from __future__ import annotations

from typing import Any, AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from bot.web.chat.errors import ChatError
from bot.web.chat.gateway import Gateway
from bot.web.chat.identity import Identity
from bot.web.chat.replies import event, shown
from bot.web.chat.request import Incoming, read_message
from bot.web.chat.turn import Said, Turn

HEADERS = {"X-Accel-Buffering": "no"}  # nginx would hold the stream back


async def message(request: Request) -> Response:
    """Takes a message and streams its answer."""
    gateway: Gateway = request.app.state.chat
    incoming = await read_message(request)
    identity = gateway.identity(request)
    turn = gateway.turn(identity, incoming.id, _said(gateway, identity, incoming))
    replies = turn.listen()
    first = await anext(replies, None)
    return StreamingResponse(_events(request, gateway, turn, first, replies), media_type="text/event-stream", headers=HEADERS)


def _said(gateway: Gateway, identity: Identity, incoming: Incoming) -> Said:
    if incoming.button is None:
        return Said(incoming.text, incoming.text, "text", incoming.sprache)
    pressed = gateway.signer.pressed(identity.conversation, incoming.button)
    if pressed is None:
        raise ChatError("knopf_abgelaufen")
    return Said(pressed[0], pressed[1], "knopf", incoming.sprache)


async def _events(request: Request, gateway: Gateway, turn: Turn, first: dict[str, Any] | None, rest: AsyncIterator[dict[str, Any]]) -> AsyncIterator[str]:
    conversation = turn.identity.conversation
    if first is not None:
        yield event("antwort", shown(first, gateway.signer, conversation))
    try:
        async for reply in rest:
            yield event("antwort", shown(reply, gateway.signer, conversation))
    except ChatError as error:
        state = request.app.state
        yield event("fehler", error.as_json(state.knowledge.current(), state.settings.base_url, request.state.sprache))
        return
    yield event("ende", {"id": turn.id, "modell": turn.model})
