"""Start page and the checks for operators."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.web.templating import page


async def start(request: Request) -> Response:
    """The start page: talk, look up, find an office."""
    knowledge = request.app.state.knowledge.current()
    return page(request, "start.html", themen=knowledge.themen, anzahl=len(knowledge.faqs))


async def alive(request: Request) -> Response:
    """The process runs."""
    return PlainTextResponse("ok")


async def ready(request: Request) -> Response:
    """Everything that an answer needs works."""
    parts = await request.app.state.readiness.parts()
    return JSONResponse({"bereit": all(parts.values()), "teile": parts, "modell": request.app.state.upstream.target().model}, status_code=200 if all(parts.values()) else 503)


async def robots(request: Request) -> Response:
    """Search engines may read everything but the console and the interfaces."""
    return PlainTextResponse(f"User-agent: *\nDisallow: /team/\nDisallow: /api/chat/\nSitemap: {request.app.state.settings.base_url}/sitemap.xml\n")


routes = [
    Route("/", start), Route("/lebt", alive), Route("/bereit", ready), Route("/robots.txt", robots),
]
