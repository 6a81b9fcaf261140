"""`/api/faq/<id>`: one answer as JSON, for other sites and programs."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.web.desk.state import knowledge_of, today
from bot.web.desk.structured import as_json


async def one(request: Request) -> Response:
    """One answer with its dates and sources."""
    knowledge = knowledge_of(request)
    faq = knowledge.faqs.get(request.path_params["id"])
    if faq is None:
        raise HTTPException(404)
    return JSONResponse(as_json(knowledge, faq, today(), request.app.state.settings.base_url), headers={"Access-Control-Allow-Origin": "*"})


routes = [Route("/api/faq/{id}", one)]
