"""`/faq/druck?ids=a,b,c`: several answers on one page to print or to save as PDF; the list lives in the address, not in a cookie."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.desk.filters import basket
from bot.web.desk.state import knowledge_of, today
from bot.web.desk.texts import rendered
from bot.web.templating import page


async def print_list(request: Request) -> Response:
    """The basket: short and easy text, law, source, date and link of each answer."""
    knowledge, day = knowledge_of(request), today()
    ids = basket(",".join(request.query_params.getlist("ids")), knowledge)
    answers = [(knowledge.faqs[i], rendered(knowledge, knowledge.faqs[i].antwort, day), rendered(knowledge, knowledge.faqs[i].antwort_einfach, day), [j for j in ids if j != i]) for i in ids]
    return page(request, "desk/druck.html", antworten=answers, ids=ids, heute=day, basis=request.app.state.settings.base_url)


routes = [Route("/faq/druck", print_list)]
