"""What comes from the answer desk: reports on answers and barriers, and searches with the answer that was opened."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from bot.store import labels, reports
from bot.store.tables import ASIDE, REPORT_STATES, RIGHT
from bot.store.values import is_id
from bot.team import roles
from bot.team.inbox import listing
from bot.team.inbox.choices import name_of
from bot.team.inbox.searches import searches
from bot.team.reports import REASONS, STATES
from bot.team.reports import handle as handle_report
from bot.web.team.access import fields, staff_route, text_fields
from bot.web.team.console import console


async def show(request: Request) -> Response:
    """Reports that wait, or with `?zustand=erledigt` those that are done."""
    state = request.query_params.get("zustand", "")
    wanted = (state,) if state in REPORT_STATES else REPORT_STATES[:2]
    kind = request.query_params.get("grund", "")
    kind = kind if kind in REASONS else ""
    rows = await run_in_threadpool(reports.waiting, request.app.state.database, wanted, reason=kind)
    in_chat = (await run_in_threadpool(listing.counts, request.app.state.database))["veraltet"]
    return console(request, "team/meldungen.html", meldungen_liste=rows, zustaende=STATES, gruende=REASONS, zustand=state, grund=kind, im_chat=in_chat, faqs=request.app.state.knowledge.current().faqs,
                   problem="", fertig="Gespeichert." if request.query_params.get("fertig") == "1" else "")


async def handle(request: Request) -> Response:
    """Sets the state of a report."""
    id, sent, db, me = request.path_params["id"], text_fields(await fields(request)), request.app.state.database, request.state.staff.account
    if sent.get("zustand") not in REPORT_STATES:
        raise HTTPException(400)
    if not is_id(id) or not await run_in_threadpool(handle_report, db, me.login, id, sent["zustand"], sent.get("notiz", "")):
        raise HTTPException(404)
    return RedirectResponse("/team/meldungen?fertig=1", status_code=303)


async def show_searches(request: Request) -> Response:
    """Searches with the answer that was opened."""
    found = await run_in_threadpool(searches, request.app.state.database)
    knowledge = request.app.state.knowledge.current()
    return console(request, "team/suchen.html", suchen=found, name=lambda faq: name_of(knowledge, f"faq/{faq}"), problem="",
                   fertig={"merken": "Als Formulierung vorgemerkt.", "weglegen": "Weggelegt."}.get(request.query_params.get("fertig", ""), ""))


async def judge_search(request: Request) -> Response:
    """Marks a pair as a training sentence (`aktion` „merken“) or puts it away („weglegen“)."""
    key, sent, db = request.path_params["key"], text_fields(await fields(request)), request.app.state.database
    action = sent.get("aktion", "")
    if action not in ("merken", "weglegen"):
        raise HTTPException(400)
    pair = next((s for s in await run_in_threadpool(searches, db) if s.key == key), None)
    if pair is None:
        raise HTTPException(404)
    known = pair.faq in request.app.state.knowledge.current().faqs
    kind = RIGHT if action == "merken" and known else ASIDE
    await run_in_threadpool(labels.give_pick, db, request.state.staff.account.login, pair.key, pair.message, kind, f"faq/{pair.faq}", pair.query)
    return RedirectResponse(f"/team/suchen?fertig={action}", status_code=303)


routes: list[BaseRoute] = [
    staff_route("/team/meldungen", show, roles.READ), staff_route("/team/meldungen/{id}", handle, roles.LABEL, ("POST",)),
    staff_route("/team/suchen", show_searches, roles.READ), staff_route("/team/suchen/{key}", judge_search, roles.LABEL, ("POST",)),
]
