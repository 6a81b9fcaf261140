"""`/team/vorschlaege`: changes that wait for a second person. Another person with the role „freigeben“ accepts or rejects; both are noted."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from bot.editor import transaction
from bot.editor.changes import Change
from bot.editor.errors import EditError, Stale
from bot.editor.renew import renewed
from bot.editor.validate import check
from bot.editor.workspace import Author
from bot.store import proposals
from bot.store.errors import StoreError
from bot.store.tables import ACCEPTED_PROPOSAL, OPEN, OVERTAKEN, PROPOSAL_STATES, REJECTED
from bot.store.values import is_id
from bot.team import roles
from bot.team.authors import author_of
from bot.web.team.access import confirmed, fields, staff_route, text_fields
from bot.web.team.console import console
from bot.web.team.editor.agreement import agreement
from bot.web.team.editor.change import done, note
from bot.web.team.editor.shared import diffs, knowledge_of, workspace_of

HOME = "/team/vorschlaege"
SHORTEST_NOTE = 3
AGAIN = "Die Dateien wurden gerade geändert. Bitte sehen Sie den Vorschlag noch einmal an; nichts wurde geschrieben."
STATES = {OPEN: "offen", ACCEPTED_PROPOSAL: "angenommen", REJECTED: "abgelehnt", OVERTAKEN: "überholt"}


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
    proposed = _change(row)
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
    row, workspace = await _find(request), workspace_of(request)
    problem = await _hindrance(request, row)
    if problem:
        return await _page(request, row, problem, 400)
    name, _, mail = row.author.removesuffix(">").partition(" <")
    try:
        change = await run_in_threadpool(renewed, Change.from_json(row.change), workspace)
        if change is None:
            await run_in_threadpool(_decide, request, row, OVERTAKEN, "Dieselbe Stelle wurde inzwischen geändert.")
            await note(request, "vorschlag_ueberholt", row.id, {})
            return await _page(request, await _find(request), "Dieselbe Stelle wurde geändert, seit der Vorschlag gemacht wurde. Er ist jetzt „überholt“; nichts wurde geschrieben.", 409)
        if text_fields(await fields(request)).get("schluessel", "") != change.key:
            return await _page(request, row, AGAIN, 409)
        applied = await run_in_threadpool(transaction.apply, change, Author(name, mail), workspace, author_of(request.state.staff.account))
    except Stale:
        return await _page(request, row, AGAIN, 409)
    except EditError as error:
        return await _page(request, row, "\n".join(map(str, error.errors)), 409)
    await run_in_threadpool(_decide, request, row, ACCEPTED_PROPOSAL, "")
    await note(request, "vorschlag_angenommen", row.id, {"commit": applied.commit[:12], "von": row.author, "dateien": [e.path for e in change.edits][:20]})
    return await done(request, change, applied, HOME)


async def reject(request: Request) -> Response:
    """Rejects with a note; the author may take the own proposal back."""
    row, why = await _find(request), text_fields(await fields(request)).get("notiz", "").strip()[:1000]
    if not roles.may(request.state.staff.account.role, roles.PUBLISH) and not _is_mine(request, row):
        raise HTTPException(403, "Ablehnen kann die Rolle „freigeben“, zurückziehen die Person, die den Vorschlag gemacht hat.")
    if len(why) < SHORTEST_NOTE:
        return await _page(request, row, "Bitte schreiben Sie, warum.", 400)
    if not await run_in_threadpool(_decide, request, row, REJECTED, why):
        return await _page(request, await _find(request), "Über den Vorschlag ist schon entschieden.", 409, why)
    await note(request, "vorschlag_abgelehnt", row.id, {})
    return RedirectResponse(f"{HOME}/{row.id}", status_code=303)


async def _hindrance(request: Request, row: sa.engine.Row) -> str:
    if row.state != OPEN:
        return "Über den Vorschlag ist schon entschieden."
    if _is_mine(request, row):
        return "Den eigenen Vorschlag kann man nicht selbst annehmen. Bitten Sie eine zweite Person."
    return "" if await confirmed(request) else "Das Passwort stimmt nicht."


def _decide(request: Request, row: sa.engine.Row, state: str, why: str) -> bool:
    try:
        return proposals.decide(request.app.state.database, row.id, state, str(author_of(request.state.staff.account)), why)
    except StoreError:
        return False


def _is_mine(request: Request, row: Any) -> bool:
    mail = row.author.rpartition("<")[2].rstrip(">").strip().casefold()
    return bool(mail == author_of(request.state.staff.account).mail.casefold())


def _change(row: sa.engine.Row) -> Change | None:
    try:
        return Change.from_json(row.change)
    except EditError:
        return None


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
