"""Analytics in the console: tables and drawings of one quarter, without figures about single people; the same as CSV."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.store import audit
from bot.team import roles
from bot.team.stats.quarter import Quarter
from bot.web.team.access import staff_route
from bot.web.team.bars import bars
from bot.web.team.console import console
from bot.web.team.csv_file import csv_response

HOME = "/team/auswertung"
QUARTERS = 4


async def show(request: Request) -> Response:
    """The figures of a quarter; `?kreis=` and `?woche=` choose the slices of the topics."""
    from bot.team.stats import cube, figures  # numpy: only where it is needed

    db, knowledge, query = request.app.state.database, request.app.state.knowledge.current(), request.query_params
    quarter = _quarter(request)
    found, topics = await run_in_threadpool(lambda: (figures.figures(db, quarter), cube.cube(db, knowledge, quarter)))
    place = topics.places.index(query["kreis"]) if query.get("kreis") in topics.places else -1
    week = topics.weeks.index(query["woche"]) if query.get("woche") in topics.weeks else -1
    now = Quarter.of(db.now())
    known = [now]
    while len(known) < QUARTERS:
        known.append(_before(known[-1]))
    return console(request, "team/auswertung.html", quartal=quarter, quartale=known, zahlen=found, themen=topics, ort=place, woche=week, balken=bars(found.outcomes), sprachname=_language(request),
                   etwas=int(found.outcomes.numbers.counts[-1, -1]) > 0)


async def table(request: Request) -> Response:
    """One table as a file; the export is noted."""
    from bot.team.stats.tables import TABLES

    name, quarter, db = request.query_params.get("tabelle", ""), _quarter(request), request.app.state.database
    if name not in TABLES:
        raise HTTPException(404)
    text = await run_in_threadpool(TABLES[name], db, request.app.state.knowledge.current(), quarter)
    await run_in_threadpool(audit.note, db, request.state.staff.account.login, "auswertung_ausgeleitet", f"{name} {quarter.name}")
    return csv_response(text, f"{name}-{quarter.name}.csv")


def _quarter(request: Request) -> Quarter:
    return Quarter.read(request.query_params.get("quartal", "")) or Quarter.of(request.app.state.database.now())


def _before(quarter: Quarter) -> Quarter:
    return Quarter(quarter.year - (quarter.number == 1), (quarter.number - 2) % 4 + 1)


def _language(request: Request) -> Any:
    known = request.app.state.knowledge.current().sprachen
    return lambda code: known[code].name if code in known else "Deutsch" if code == "de" else code


routes: list[BaseRoute] = [staff_route(HOME, show, roles.READ), staff_route(f"{HOME}.csv", table, roles.READ)]
