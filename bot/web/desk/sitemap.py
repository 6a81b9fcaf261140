"""`/sitemap.xml`: all pages that search engines may show."""

from __future__ import annotations

import datetime as dt

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.desk.state import knowledge_of, today
from bot.web.templating import environment

PAGES = ("/", "/chat", "/faq", "/stellen", "/berufe", "/werte", "/glossar")


async def show(request: Request) -> Response:
    """Addresses with the day of their last check."""
    knowledge, base, day = knowledge_of(request), request.app.state.settings.base_url, today()
    entries: list[tuple[str, dt.date | None]] = [(f"{base}{path}", None) for path in PAGES]
    entries += [(f"{base}/faq/{f.id}", f.stand) for f in knowledge.faqs.values()]
    entries += [(f"{base}/berufe/{b.id}", b.stand) for b in knowledge.berufe.values()]
    entries += [(f"{base}/stellen/{o.id}", None) for o in knowledge.offices.values() if o.is_offered(day)]
    return Response(environment().get_template("desk/sitemap.xml").render(eintraege=entries), media_type="application/xml")


routes = [Route("/sitemap.xml", show)]
