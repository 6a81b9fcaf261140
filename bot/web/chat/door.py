"""What every request of the chat passes: where it comes from (CORS), how often, and how errors are told."""

from __future__ import annotations

import time
from typing import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from bot.knowledge.sprachen import GERMAN
from bot.store.errors import StoreError
from bot.web.chat.errors import RETRY_SECONDS, ChatError
from bot.web.log import log

Handler = Callable[[Request], Awaitable[Response]]
ALLOWED = {"Access-Control-Allow-Methods": "GET, POST", "Access-Control-Allow-Headers": "authorization, content-type, x-lotse-embed", "Access-Control-Max-Age": "600"}


def door(handler: Handler) -> Handler:
    """Returns `handler` behind the checks."""
    async def enter(request: Request) -> Response:
        request.state.sprache, begin = GERMAN, time.monotonic()
        embedder = ""
        try:
            embedder = _origin(request)
            if request.method == "OPTIONS":
                response = Response(status_code=204, headers=ALLOWED)
            else:
                if request.method == "POST" and not request.app.state.chat.address_allows(request.client.host if request.client else ""):
                    raise ChatError("zu_schnell")
                response = await handler(request)
        except ChatError as error:
            response = refusal(request, error)
        except StoreError as error:
            log("speicher_fehler", art=error.art, pfad=request.url.path)
            response = refusal(request, ChatError("nicht_gespeichert"))
        except ClientDisconnect:
            response = Response(status_code=400)
        if embedder:
            response.headers["Access-Control-Allow-Origin"] = embedder
        response.headers["Vary"] = "Origin"
        log("anfrage", pfad=request.url.path, status=response.status_code, dauer_ms=round((time.monotonic() - begin) * 1000))
        return response
    return enter


def refusal(request: Request, error: ChatError) -> Response:
    """Returns the JSON for an error."""
    state = request.app.state
    answer = error.as_json(state.knowledge.current(), state.settings.base_url, request.state.sprache)
    retry = {"Retry-After": RETRY_SECONDS[error.art]} if error.art in RETRY_SECONDS else None
    return JSONResponse(answer, status_code=error.status, headers=retry)


def _origin(request: Request) -> str:
    """Returns the foreign site that the request comes from, "" for our own pages and for programs.

    Raises:
        ChatError: a site that may not embed the chat.
    """
    origin = request.headers.get("origin", "")
    settings = request.app.state.settings
    if not origin or origin == settings.base_url or urlsplit_host(origin) == request.headers.get("host"):
        return ""
    if origin in settings.embed_origins:
        return origin
    raise ChatError("herkunft")


def urlsplit_host(origin: str) -> str | None:
    """Returns host and port of an origin, or None when it is none."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return None
    return parts.netloc if parts.scheme in ("http", "https") else None
