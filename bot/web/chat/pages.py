"""The small addresses of the chat: start, history, feedback, delete, state."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot import chat_switch
from bot.knowledge.fixed import render_text
from bot.knowledge.sprachen import GERMAN
from bot.store import feedback as store_feedback
from bot.store import journal
from bot.store.groups import TEST_PAGE
from bot.store.tables import REASONS
from bot.store.values import is_id
from bot.web.chat import replies
from bot.web.chat.errors import ChatError
from bot.web.chat.gateway import Gateway
from bot.web.chat.limits import CHARACTERS, TURNS
from bot.web.chat.request import checked_text, page, read_json

TESTER = "lotse_probe"  # cookie of a browser in which staff signed in: its chats are tests and stay out of inbox and figures


async def start(request: Request) -> Response:
    """Begins a conversation, or goes on with the one of the cookie ("fortgesetzt") unless {"neu": true} or it is full."""
    gateway: Gateway = request.app.state.chat
    body = await read_json(request, empty=True)
    off = chat_switch.state()
    if off is not None:
        raise ChatError("aus", off.reason)
    embedded = request.headers.get("x-lotse-embed") == "1"
    tested = not embedded and request.cookies.get(TESTER) == "1"
    try:
        identity = gateway.identity(request)
        again = identity.embedded == embedded and identity.page.startswith(TEST_PAGE) == tested and body.get("neu") is not True and await run_in_threadpool(journal.turns, gateway.database, identity.conversation) < TURNS
    except ChatError:
        again = False
    if not again:
        identity = gateway.signer.new(TEST_PAGE if tested else page(body), embedded)
    knowledge = request.app.state.knowledge.current()
    sprache = knowledge.sprachen[request.state.sprache] if request.state.sprache != GERMAN else None
    greeting = replies.stored(render_text(knowledge, "gespraech/gruss", sprache=sprache).as_rasa())
    answer: dict[str, Any] = {
        "begruessung": [replies.shown(greeting, gateway.signer, identity.conversation)], "hinweis": knowledge.oberflaeche[request.state.sprache]["chat_hinweis"],
        "grenzen": {"zeichen": CHARACTERS, "nachrichten": TURNS}, "fortgesetzt": again,
    }
    if embedded:
        return JSONResponse({"token": gateway.signer.seal(identity), **answer})
    response = JSONResponse(answer)
    gateway.signer.set_cookie(response, identity)
    return response


async def history(request: Request) -> Response:
    """Returns the talk so far, masked: {"von": "person", "id", "text", "zeit", "zustand"} and {"von": "lotse", "id", "zeit", text, knoepfe, daten}."""
    gateway: Gateway = request.app.state.chat
    identity = gateway.identity(request)
    told: list[dict[str, Any]] = []
    for entry in await run_in_threadpool(journal.history, gateway.database, identity.conversation, TURNS):
        time = entry.created.isoformat(timespec="seconds") + "Z"
        told.append({"von": "person", "id": entry.id, "text": entry.text, "zeit": time, "zustand": entry.state})
        told += [{"von": "lotse", "id": entry.id, "zeit": time, **replies.shown(reply, gateway.signer, identity.conversation)} for reply in entry.reply]
    return JSONResponse({"nachrichten": told})


async def feedback(request: Request) -> Response:
    """Takes what somebody thinks of one answer."""
    gateway: Gateway = request.app.state.chat
    body = await read_json(request)
    identity = gateway.identity(request)
    id, reason, text = body.get("id"), body.get("grund"), body.get("text")
    if not isinstance(id, str) or not is_id(id) or not isinstance(reason, str) or reason not in REASONS or not (text is None or isinstance(text, str)):
        raise ChatError("format", feld=f"id: 32 Hexziffern; grund: {', '.join(REASONS)}; text: eine Zeichenkette, darf fehlen")
    said = checked_text(text) if text and text.strip() else None
    if await run_in_threadpool(store_feedback.give, gateway.database, identity.conversation, id, reason, said) is None:
        raise ChatError("unbekannt")
    return Response(status_code=204)


async def delete(request: Request) -> Response:
    """Deletes the conversation for good, and the cookie."""
    gateway: Gateway = request.app.state.chat
    identity = gateway.signer.of(request)
    if identity is not None:
        await gateway.erase(identity.conversation)
    response = Response(status_code=204)
    gateway.signer.remove_cookie(response)
    return response


async def state(request: Request) -> Response:
    """Tells whether the chat is on."""
    off = chat_switch.state()
    return JSONResponse({"an": True} if off is None else {"an": False, "grund": off.reason})
