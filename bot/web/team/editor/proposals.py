"""`/team/vorschlaege`: changes that wait for a second person. Another person with the role „freigeben“ accepts or rejects; both are noted."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from bot.editor.errors import EditError
from bot.editor.renew import renewed
from bot.editor.validate import check
from bot.store import proposals
from bot.store.tables import OPEN, PROPOSAL_STATES
from bot.store.values import is_id
from bot.team import roles
from bot.team.authors import author_of
from bot.team.proposals import AGAIN, DECIDED, LOST, NO_REASON, OWN, STATES, change_of, is_by
from bot.team.proposals import accept as accept_proposal
from bot.team.proposals import reject as reject_proposal
from bot.web.team.access import confirmed, fields, staff_route, text_fields
from bot.web.team.console import console
from bot.web.team.editor.agreement import agreement
from bot.web.team.editor.change import done
from bot.web.team.editor.shared import diffs, knowledge_of, workspace_of

HOME = "/team/vorschlaege"
SHORT = (AGAIN, DECIDED, LOST, OWN)  # say all that there is to say on this page


async def overview(request: Request) -> Response:
    """The proposals of one state, open ones when none is asked for."""
    state = request.query_params.get("zustand", OPEN)
    state = state if state in PROPOSAL_STATES else OPEN
    rows = await run_in_threadpool(proposals.in_state, request.app.state.database, state)
    return console(request, "team/editor/vorschlaege.html", zeilen=rows, zustand=state, zustaende=STATES)


async def one(request: Request) -> Response:
    """One proposal with its diff."""
    return await _page(request, await _find(request))


async def _page(request: Request, row: sa.engine.Row, problem: str = "", status: int = 200, typed: str = "") -> Response:
    workspace = workspace_of(request)
    proposed = change_of(row)
    change, overtaken, adapted = proposed, [], False
    if proposed and row.state == OPEN:
        overtaken = [edit.path for edit in proposed.edits if workspace.read(edit.path) != edit.before]
        fresh = await run_in_threadpool(renewed, proposed, workspace)
        change, adapted = fresh or proposed, fresh is not None
    findings = await run_in_threadpool(check, change, workspace) if change and adapted else None
    asked = await run_in_threadpool(agreement, change, workspace, roles.PUBLISH) if change else None
    return console(request, "team/editor/vorschlag.html", status=status, v=row, zustaende=STATES, diffs=diffs(change, knowledge_of(request)) if change else [], ueberholt=overtaken, angepasst=adapted,
                   schluessel=change.key if change else "", befund=findings, zustimmung=asked, problem=problem, notiz=typed, eigener=_is_mine(request, row), hinweise=change.notes if change else ())


async def accept(request: Request) -> Response:
    """Writes the change under the name of its author, with the second person in the commit; asks for the password again."""
    row, workspace, me = await _find(request), workspace_of(request), request.state.staff.account
    problem = DECIDED if row.state != OPEN else OWN if _is_mine(request, row) else "" if await confirmed(request) else "Das Passwort stimmt nicht."
    if problem:
        return await _page(request, row, problem, 400)
    key = text_fields(await fields(request)).get("schluessel", "")
    try:
        change, applied = await run_in_threadpool(accept_proposal, request.app.state.database, row, author_of(me), me.login, workspace, key)
    except EditError as error:
        return await _page(request, await _find(request), "\n".join(e.text if e.text in SHORT else str(e) for e in error.errors), 409)
    return await done(request, change, applied, HOME)


async def reject(request: Request) -> Response:
    """Rejects with a note; the author may take the own proposal back."""
    row, why, me = await _find(request), text_fields(await fields(request)).get("notiz", ""), request.state.staff.account
    if not roles.may(me.role, roles.PUBLISH) and not _is_mine(request, row):
        raise HTTPException(403, "Ablehnen kann die Rolle „freigeben“, zurückziehen die Person, die den Vorschlag gemacht hat.")
    try:
        await run_in_threadpool(reject_proposal, request.app.state.database, row, author_of(me), me.login, why)
    except EditError as error:
        told = error.errors[0].text
        return await _page(request, await _find(request), told, 400 if told == NO_REASON else 409, why)
    return RedirectResponse(f"{HOME}/{row.id}", status_code=303)


def _is_mine(request: Request, row: Any) -> bool:
    return is_by(row, author_of(request.state.staff.account))


async def _find(request: Request) -> sa.engine.Row:
    id = request.path_params["id"]
    row = await run_in_threadpool(proposals.find, request.app.state.database, id) if is_id(id) else None
    if row is None:
        raise HTTPException(404)
    return row


routes: list[BaseRoute] = [
    staff_route(HOME, overview, roles.READ), staff_route(HOME + "/{id}", one, roles.READ), staff_route(HOME + "/{id}/annehmen", accept, roles.PUBLISH, ("POST",)),
    staff_route(HOME + "/{id}/ablehnen", reject, roles.LABEL, ("POST",)),
]
