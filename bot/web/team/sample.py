"""The weekly sample: fifty answers, rated by two people who do not see each other's rating before their own."""

from __future__ import annotations

import re

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from bot.store.tables import RATINGS
from bot.store.values import is_id
from bot.team import roles
from bot.team.stats import sample
from bot.web.team.access import fields, staff_route, text_fields
from bot.web.team.console import console

HOME = "/team/stichprobe"
WEEK = re.compile(r"\d{4}-W\d{2}")


async def show(request: Request) -> Response:
    """The sample of a week, what still needs a rating first."""
    db, me = request.app.state.database, request.state.staff.account
    known, last = await run_in_threadpool(lambda: (sample.weeks(db), sample.last_week(db)))
    week = request.query_params.get("woche", "")
    week = week if week in known else (known[0] if known else "")
    drawn, result = await run_in_threadpool(lambda: (sample.show(db, week, me.login), sample.outcome(db, week))) if week else ([], None)
    open_ones = [d for d in drawn if not d.mine and d.count < sample.RATERS]
    return console(request, "team/stichprobe.html", woche=week, wochen=known, letzte=last, offen=open_ones, fertige=[d for d in drawn if d.mine], ergebnis=result, urteile=sample.EXPLAINED,
                   faqs=request.app.state.knowledge.current().faqs)


async def draw(request: Request) -> Response:
    """Draws the sample of a week that is over."""
    sent, db, me = text_fields(await fields(request)), request.app.state.database, request.state.staff.account
    week = sent.get("woche", "")
    try:
        if not WEEK.fullmatch(week):
            raise ValueError(week)
        await run_in_threadpool(sample.draw, db, me.login, week)
    except ValueError:
        raise HTTPException(400) from None
    return RedirectResponse(f"{HOME}?woche={week}", status_code=303)


async def rate(request: Request) -> Response:
    """Stores a rating and goes to the next answer."""
    id, sent, db, me = request.path_params["id"], text_fields(await fields(request)), request.app.state.database, request.state.staff.account
    if sent.get("urteil") not in RATINGS:
        raise HTTPException(400)
    if not is_id(id) or not await run_in_threadpool(sample.rate, db, me.login, id, sent["urteil"]):
        raise HTTPException(404)
    week = sent.get("woche", "")
    return RedirectResponse(f"{HOME}?woche={week}#naechste" if WEEK.fullmatch(week) else HOME, status_code=303)


routes: list[BaseRoute] = [
    staff_route(HOME, show, roles.READ), staff_route(HOME, draw, roles.LABEL, ("POST",)), staff_route(f"{HOME}/{{id}}", rate, roles.LABEL, ("POST",)),
]
