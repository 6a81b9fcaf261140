"""The inbox in the console. Every action works as a form; with JavaScript (`posteingang.js`) it is one key and answers at once."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute

from bot.knowledge.base import Knowledge
from bot.store import groups, journal, labels, reports
from bot.store.tables import ASIDE, DELETED, FOREIGN, FRESH, OTHER, RIGHT
from bot.store.values import is_id
from bot.team import gaps, roles
from bot.team.inbox import listing
from bot.team.inbox.choices import choices, name_of
from bot.team.inbox.listing import Filters, Item
from bot.team.inbox.nearest import reasons
from bot.team.reports import OUTDATED
from bot.web.team.access import fields, staff_route, text_fields
from bot.web.team.console import console

HOME = "/team/posteingang"
MOST_COPIES, MOST_UNDO = 50, 60
DONE = {RIGHT: "Als richtig bestätigt", OTHER: "Anders zugeordnet", FRESH: "Für eine neue FAQ vorgemerkt", FOREIGN: "Gehört nicht hierher",
        DELETED: "Wird in 10 Minuten endgültig gelöscht", ASIDE: "Weggelegt"}


async def show(request: Request) -> Response:
    """The list, with filters."""
    request.app.state.team.watch()
    db, query = request.app.state.database, request.query_params
    filters = Filters.read(query)
    await run_in_threadpool(groups.sort_in, db, groups.BATCH)
    page, counts, reported = await run_in_threadpool(lambda: (listing.page(db, filters, query.get("nach", "")), listing.counts(db), reports.count(db, OUTDATED)))
    known = await run_in_threadpool(_choices, request)
    last = [id for id in query.get("zuletzt", "").split(",") if is_id(id)][:MOST_UNDO]
    return console(request, "team/posteingang.html", posten=page.items, weiter=page.further, filter=filters, zahlen=counts, gemeldet=reported, absichten=known, name=_namer(request),
                   entscheidungen=listing.DECISIONS, zuletzt=last, getan=DONE.get(query.get("getan", ""), ""), problem=query.get("problem", "")[:200], adresse=urlencode(filters.query()))


async def one(request: Request) -> Response:
    """One wording with its reasons and the talk around it."""
    item = await _item(request)
    db, knowledge = request.app.state.database, request.app.state.knowledge.current()
    row = await run_in_threadpool(journal.find, db, item.message)
    talk = await run_in_threadpool(journal.history, db, row.conversation) if row is not None else []
    why = await run_in_threadpool(reasons, request.app.state.team.warm, knowledge, item.text, True)
    known = await run_in_threadpool(_choices, request)
    return console(request, "team/nachricht.html", eintrag=item, gruende=why, verlauf=talk, absichten=known, name=_namer(request), entscheidungen=listing.DECISIONS, adresse="")


async def why(request: Request) -> Response:
    """The nearest training sentences as JSON; {"laedt": true} while the vectors load."""
    item = await _item(request)
    found = await run_in_threadpool(reasons, request.app.state.team.warm, request.app.state.knowledge.current(), item.text)
    if found is None:
        return JSONResponse({"laedt": True}, status_code=202)
    return JSONResponse({"gruende": [{"satz": r.sentence, "absicht": r.label, "naehe": r.percent} for r in found]})


async def label(request: Request) -> Response:
    """Says what a wording means: `art` is a kind of label, `absicht` the intent (id or question) for „anders“; `aehnliche` adds the near copies."""
    item, sent = await _item(request), text_fields(await fields(request))
    kind, actor, db = sent.get("art", ""), request.state.staff.account.login, request.app.state.database
    if kind not in (RIGHT, OTHER, FRESH, FOREIGN, DELETED, ASIDE):
        return _answer(request, sent, problem="Diese Zuordnung gibt es nicht.")
    intent = item.ranking[0][0] if kind == RIGHT and item.ranking else None
    if kind == OTHER:
        intent = await run_in_threadpool(_intent, request, sent.get("absicht", ""))
        if intent is None:
            return _answer(request, sent, problem="Diese Absicht gibt es nicht. Bitte eine aus der Liste wählen.")
    if kind == RIGHT and intent is None:
        return _answer(request, sent, problem="Ohne Zuordnung des Modells gibt es nichts zu bestätigen.")
    copies = [key for key, _, _ in item.near][:MOST_COPIES] if sent.get("aehnliche") == "1" and kind != DELETED else []
    ids = await run_in_threadpool(labels.give, db, actor, [item.key, *copies], kind, intent)
    if not ids:
        return _answer(request, sent, problem="Diese Nachricht hat inzwischen jemand anders zugeordnet.", status=409)
    if kind == FRESH:
        await run_in_threadpool(gaps.propose, db, actor, item.key, item.message, sent.get("titel", "").strip() or item.text)
    return _answer(request, sent, ids=ids, kind=kind)


async def undo(request: Request) -> Response:
    """Takes labels back (field `ids`, separated by commas)."""
    sent, db, actor = text_fields(await fields(request)), request.app.state.database, request.state.staff.account.login
    ids = [id for id in sent.get("ids", "").split(",") if is_id(id)][:MOST_UNDO]
    done = await run_in_threadpool(labels.undo, db, actor, ids) if ids else 0
    return _answer(request, sent, problem="" if done else "Das lässt sich nicht mehr zurücknehmen.", status=200 if done else 409)


def _answer(request: Request, sent: Any, ids: list[str] | None = None, kind: str = "", problem: str = "", status: int = 400) -> Response:
    """Answers a script with JSON, a form with the way back to the list."""
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"fehler": problem}, status_code=status) if problem else JSONResponse({"ids": ids or []})
    more = {"zuletzt": ",".join(ids or []), "getan": kind, "problem": problem}
    back = Filters.read(dict(parse_qsl(sent.get("zurueck", "")))).query()
    return RedirectResponse(f"{HOME}?{urlencode({**back, **{k: v for k, v in more.items() if v}})}", status_code=303)


async def _item(request: Request) -> Item:
    key = request.path_params["key"]
    item = await run_in_threadpool(listing.one, request.app.state.database, key) if is_id(key) else None
    if item is None:
        raise HTTPException(404)
    return item


def _choices(request: Request) -> Any:
    return choices(request.app.state.knowledge.current(), request.app.state.team.workspace.data / "nlu")


def _intent(request: Request, given: str) -> str | None:
    """Returns the intent that was chosen by id or by its label."""
    given = given.strip()
    return next((c.intent for c in _choices(request) if given in (c.intent, c.label)), None)


def _namer(request: Request) -> Any:
    knowledge: Knowledge = request.app.state.knowledge.current()
    return lambda intent: name_of(knowledge, intent)


routes: list[BaseRoute] = [
    staff_route(HOME, show, roles.READ), staff_route(f"{HOME}/zurueck", undo, roles.LABEL, ("POST",)),
    staff_route(f"{HOME}/{{key}}", one, roles.READ), staff_route(f"{HOME}/{{key}}/warum", why, roles.READ), staff_route(f"{HOME}/{{key}}", label, roles.LABEL, ("POST",)),
]
