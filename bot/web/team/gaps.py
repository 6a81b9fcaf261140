"""Questions without a good answer: clusters that nobody cares for yet, and the list with owner and state."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from bot.store import accounts
from bot.store.tables import GAP_STATES
from bot.store.values import is_id
from bot.team import gaps, roles
from bot.team.inbox import listing
from bot.web.team.access import fields, staff_route, text_fields
from bot.web.team.console import console

HOME = "/team/luecken"
STATES = {"neu": "neu", "in_arbeit": "in Arbeit", "erledigt": "erledigt", "abgelehnt": "abgelehnt"}


async def show(request: Request) -> Response:
    """The list and what should be on it."""
    db = request.app.state.database
    rows, found, people = await run_in_threadpool(lambda: (gaps.listed(db), gaps.clusters(db), [a for a in accounts.everyone(db) if a.active]))
    return console(request, "team/luecken.html", liste=rows, haufen=found, zustaende=STATES, leute=people, entscheidungen=listing.DECISIONS, problem="",
                   fertig="Gespeichert." if request.query_params.get("fertig") == "1" else "")


async def take(request: Request) -> Response:
    """Puts a cluster on the list; whoever does it cares for it first."""
    sent, db, me = text_fields(await fields(request)), request.app.state.database, request.state.staff.account
    item = await run_in_threadpool(listing.one, db, sent.get("gruppe", "")) if is_id(sent.get("gruppe", "")) else None
    if item is None:
        raise HTTPException(404)
    await run_in_threadpool(lambda: gaps.propose(db, me.login, item.key, item.message, item.text, me.login))
    return RedirectResponse(f"{HOME}?fertig=1", status_code=303)


async def change(request: Request) -> Response:
    """Changes title, owner, state or note of a question on the list."""
    id, sent, db = request.path_params["id"], text_fields(await fields(request)), request.app.state.database
    if sent.get("zustand") not in GAP_STATES:
        raise HTTPException(400)
    owner = sent.get("wer", "")
    if owner and await run_in_threadpool(accounts.find, db, owner) is None:
        raise HTTPException(400)
    done = is_id(id) and await run_in_threadpool(
        lambda: gaps.change(db, request.state.staff.account.login, id, owner=owner, state=sent["zustand"], title=sent.get("titel", ""), note=sent.get("notiz", "")))
    if not done:
        raise HTTPException(404)
    return RedirectResponse(f"{HOME}?fertig=1", status_code=303)


routes: list[BaseRoute] = [
    staff_route(HOME, show, roles.READ), staff_route(HOME, take, roles.LABEL, ("POST",)), staff_route(f"{HOME}/{{id}}", change, roles.LABEL, ("POST",)),
]
