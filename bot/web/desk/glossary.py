"""`/glossar`: the terms of the field with a short explanation and the answer that says it in full."""

from __future__ import annotations

from itertools import groupby

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.knowledge.places import fold_plain
from bot.web.desk.state import knowledge_of
from bot.web.templating import page


async def show(request: Request) -> Response:
    """All terms by first letter."""
    knowledge = knowledge_of(request)
    terms = sorted(knowledge.glossar.values(), key=lambda e: fold_plain(e.begriff))
    letters = [(letter, list(group)) for letter, group in groupby(terms, key=lambda e: fold_plain(e.begriff)[0].upper())]
    return page(request, "desk/glossar.html", buchstaben=letters, faqs=knowledge.faqs)


routes = [Route("/glossar", show)]
