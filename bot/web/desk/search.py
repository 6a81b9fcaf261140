"""`/faq`: search and browse, as a page that works without JavaScript and as JSON for search as you type."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.knowledge.base import Knowledge
from bot.knowledge.contact import HOTLINE
from bot.knowledge.faq import Faq
from bot.search.documents import plain
from bot.search.marks import Segment
from bot.web.desk.changes import recent_changes
from bot.web.desk.filters import Filters
from bot.web.desk.popular import popular
from bot.web.desk.state import desk, knowledge_of, today
from bot.web.desk.texts import filled
from bot.web.templating import page

MOST = 20
SHORT = 190  # letters of an answer in a list without a search


@dataclass(frozen=True)
class Row:
    """One line of the list. `warum` is "" when nothing was searched for."""

    faq: Faq
    url: str
    warum: str
    frage: tuple[Segment, ...]
    auszug: tuple[Segment, ...]


@dataclass(frozen=True)
class Result:
    """What a request for the list gets."""

    rows: list[Row]
    verstanden: tuple[str, ...]
    mit_modell: bool


async def _result(request: Request, filters: Filters, knowledge: Knowledge) -> Result:
    allowed = filters.allowed()
    if not filters.q:
        ids = [i for i in knowledge.faqs if allowed is not None and i in allowed]
        return Result([_plain_row(knowledge, knowledge.faqs[i], filters) for i in sorted(ids, key=lambda i: knowledge.faqs[i].frage.casefold())], (), False)
    shared = desk(request)
    ranking = await shared.understanding.rank(request.app.state.upstream, filters.q)
    found = await run_in_threadpool(lambda: shared.search.current().find(filters.q, ranking, limit=MOST if allowed is None else len(knowledge.faqs)))
    hits = [h for h in found.hits if h.faq in knowledge.faqs and (allowed is None or h.faq in allowed)][:MOST]
    return Result([Row(knowledge.faqs[h.faq], _answer_url(h.faq, filters, rank), h.warum, h.frage, h.auszug) for rank, h in enumerate(hits, start=1)], found.verstanden, bool(ranking))


def _answer_url(faq: str, filters: Filters, rank: int = 0) -> str:
    """Returns the address of an answer; after a search it carries what was searched and the rank, so that no cookie is needed."""
    values = {"q": filters.q, "rang": str(rank) if rank else "", "korb": ",".join(filters.korb)}
    query = urlencode({k: v for k, v in values.items() if v})
    return f"/faq/{faq}?{query}" if query else f"/faq/{faq}"


def _plain_row(knowledge: Knowledge, faq: Faq, filters: Filters) -> Row:
    text = plain(filled(knowledge, faq.antwort, today()))
    cut = text if len(text) <= SHORT else text[:SHORT].rsplit(" ", 1)[0] + " …"
    return Row(faq, _answer_url(faq.id, filters), "", ((faq.frage, False),), ((cut, False),))


async def browse(request: Request) -> Response:
    """The list: search box, filters, results or topics."""
    knowledge = knowledge_of(request)
    filters = Filters(request, knowledge)
    result = await _result(request, filters, knowledge)
    is_start = not filters.q and not filters.is_set()
    recent = await run_in_threadpool(recent_changes, request, 8) if is_start else []
    often = await run_in_threadpool(popular, request, 8) if is_start else []
    return page(request, "desk/liste.html", filter=filters, treffer=result.rows, verstanden=result.verstanden, ist_start=is_start, zuletzt=recent, oft=often, heute=today(),
                hotline=knowledge.offices.get(HOTLINE), anzahl=len(knowledge.faqs))


async def api(request: Request) -> Response:
    """The list as JSON; `stueck` are [text, marked] pairs."""
    knowledge = knowledge_of(request)
    filters = Filters(request, knowledge)
    if not filters.q and not filters.is_set():
        rows = [_plain_row(knowledge, faq, filters) for faq in knowledge.faqs.values()]
        result = Result(rows, (), False)
    else:
        result = await _result(request, filters, knowledge)
    day = today()
    hits = [{"id": r.faq.id, "url": r.url, "frage": r.faq.frage, "kurz": r.faq.kurz, "thema": knowledge.themen[r.faq.thema].titel, "warum": r.warum, "gilt": r.faq.gilt,
             "stand": r.faq.stand.isoformat(), "ueberfaellig": r.faq.is_overdue(day), "sicher": r.faq.sicher, "paragrafen": [n.norm for n in r.faq.rechtsgrundlagen[:3]],
             "frage_stuecke": r.frage, "auszug_stuecke": r.auszug} for r in result.rows]
    body = {"suche": filters.q, "anzahl": len(hits), "verstanden": list(result.verstanden), "mit_modell": result.mit_modell, "treffer": hits}
    return JSONResponse(body, headers={"Access-Control-Allow-Origin": "*"})


routes = [Route("/faq", browse), Route("/api/faq", api)]
