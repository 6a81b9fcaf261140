"""The chat gateway: what the widget calls, all below /api/chat/. Only here a visitor's words enter.

    POST /start {"sprache", "seite", "neu"}            cookie, or with header X-Lotse-Embed: 1 a token for `Authorization: Bearer …`
    POST /message {"id", "text" | "knopf", "sprache"}  text/event-stream: `antwort` …, `ende`
    POST /feedback {"id", "grund", "text"}             GET /history      POST /delete      GET /state
Errors are {"fehler": German sentence, "art": code} (`errors.py` lists them). One request goes: origin → rate → shape → identity → journal → Rasa.
"""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from bot.web.chat.door import door
from bot.web.chat.gateway import Gateway
from bot.web.chat.message import message
from bot.web.chat.pages import delete, feedback, history, start, state

routes: list[BaseRoute] = [
    Route("/api/chat/start", door(start), methods=["POST", "OPTIONS"]),
    Route("/api/chat/message", door(message), methods=["POST", "OPTIONS"]),
    Route("/api/chat/feedback", door(feedback), methods=["POST", "OPTIONS"]),
    Route("/api/chat/delete", door(delete), methods=["POST", "OPTIONS"]),
    Route("/api/chat/history", door(history), methods=["GET", "OPTIONS"]),
    Route("/api/chat/state", door(state), methods=["GET", "OPTIONS"]),
]

__all__ = ["Gateway", "routes"]
