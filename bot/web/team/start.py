"""The console's start page: what waits, each with a link that the role may open, and how the assistant is."""

from __future__ import annotations

import datetime as dt

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot import chat_switch
from bot.knowledge.opening_hours import BERLIN
from bot.knowledge.overdue import overdue
from bot.store import groups
from bot.team import roles
from bot.team.overview import model_facts, waiting
from bot.web.team.access import TABLE, staff_route
from bot.web.team.console import console

# Area of `bot.team.overview` → the first of these pages that exists.
PAGES = {"posteingang": ("/team/posteingang",), "meldungen": ("/team/meldungen",), "uebernehmen": ("/team/uebernehmen",), "entfallen": ("/team/uebernehmen",), "luecken": ("/team/luecken",),
         "stichprobe": ("/team/stichprobe",), "ueberfaellig": ("/team/faellig",), "vorschlaege": ("/team/vorschlaege", "/team/daten/vorschlaege", "/team/daten")}


async def start(request: Request) -> Response:
    """The overview."""
    state, me = request.app.state, request.state.staff.account
    knowledge, today = state.knowledge.current(), dt.datetime.now(BERLIN).date()
    await run_in_threadpool(groups.sort_in, state.database, groups.BATCH)
    found, facts = await run_in_threadpool(lambda: (waiting(state.database, knowledge, me.login, today), model_facts(state.database)))
    ready = await state.upstream.is_ready()
    return console(request, "team/start.html", wartet=[(w, page_of(w.area, me.role)) for w in found], fakten=facts, bereit=ready, aus=chat_switch.state(), ziel=state.upstream.target())


def page_of(area: str, role: str) -> str:
    """Returns the address for an area, or "" when there is none that the role may open."""
    return next((address for address in PAGES[area] if (address, "GET") in TABLE and roles.may(role, TABLE[(address, "GET")])), "")


async def due(request: Request) -> Response:
    """What is past its review date, and what will be within 60 days."""
    knowledge, today = request.app.state.knowledge.current(), dt.datetime.now(BERLIN).date()
    return console(request, "team/faellig.html", faellig=overdue(knowledge, today + dt.timedelta(days=60)), heute=today)


async def without_slash(request: Request) -> Response:
    """/team → /team/"""
    return RedirectResponse("/team/", status_code=308)


routes: list[BaseRoute] = [Route("/team", without_slash), staff_route("/team/", start, roles.READ), staff_route("/team/faellig", due, roles.READ)]
