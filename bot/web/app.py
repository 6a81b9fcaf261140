"""The ASGI application: puts pages, chat gateway, answer desk and staff console together."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import AsyncIterator

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount

from bot.knowledge.live import LiveKnowledge, shared
from bot.store.database import Database
from bot.web import chat, desk, legal, pages, team, widget
from bot.web.assets import Assets
from bot.web.desk.state import warm_up
from bot.web.ready import Readiness
from bot.web.security import BodyLimit, SecurityHeaders
from bot.web.settings import Settings
from bot.web.templating import STATIC, page
from bot.web.upstream import Upstream


def create_app(settings: Settings, knowledge: LiveKnowledge | None = None) -> Starlette:
    """Returns the application; `app.state` holds `settings`, `knowledge`, `upstream`, `database`, `chat` and `readiness`."""
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        warming = asyncio.create_task(run_in_threadpool(warm_up, app))  # the index of the answer desk, while the first visitor is on her way
        await app.state.chat.begin()
        app.state.team.begin()
        yield
        await app.state.team.close()
        await app.state.chat.close()
        await warming
        await app.state.upstream.close()
        app.state.database.close()

    app = Starlette(
        routes=[*pages.routes, *legal.routes, *widget.routes, *chat.routes, *desk.routes, *team.routes, Mount("/static", Assets(directory=STATIC), name="static")],
        middleware=[Middleware(SecurityHeaders, settings=settings), Middleware(GZipMiddleware, minimum_size=800), Middleware(BodyLimit)],
        exception_handlers={HTTPException: _failed, 500: _broken},
        lifespan=lifespan,
    )
    app.state.settings, app.state.knowledge, app.state.upstream = settings, knowledge or shared(), Upstream(settings)
    app.state.database = Database(settings.database_url or None)
    app.state.readiness = Readiness(app)
    app.state.team = team.Team(app.state.database)
    app.state.chat = chat.Gateway(settings, app.state.database, app.state.upstream, app.state.knowledge)
    return app


async def _failed(request: Request, error: Exception) -> Response:
    """Answers 404 and the like: JSON below /api, a page elsewhere."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    text = {404: "Diese Seite gibt es nicht.", 405: "Das geht hier nicht.", 403: "Das ist nicht erlaubt."}.get(status, "Die Anfrage war nicht richtig.")
    if status == 403 and isinstance(error, HTTPException) and error.detail != "Forbidden":
        text = error.detail
    if request.url.path.startswith("/api/"):
        return JSONResponse({"fehler": text, "art": str(status)}, status_code=status)
    return page(request, "fehler.html", status=status, text=text, status_code=status)


async def _broken(request: Request, error: Exception) -> Response:
    return await _failed(request, HTTPException(500)) if request.url.path.startswith("/api/") else page(
        request, "fehler.html", status=500, text="Das hat gerade nicht geklappt. Bitte laden Sie die Seite noch einmal.", status_code=500)
