"""Approved labels into the training data: choose, look at the difference, write. Whoever writes is the author of the commit."""

from __future__ import annotations

from typing import Any, Collection

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute

from bot.editor.changes import Change
from bot.editor.errors import EditError
from bot.store import labels
from bot.store.values import is_id
from bot.team import roles
from bot.team.authors import author_of
from bot.team.inbox.choices import name_of
from bot.team.inbox.takeover import candidates, prepare, take_over, withdraw
from bot.training import jobs
from bot.web.team.access import fields, staff_route, text_fields
from bot.web.team.console import console

HOME = "/team/uebernehmen"


async def show(request: Request) -> Response:
    """What waits to go in, with the change that writes all of it when the role may write."""
    fertig = "Übernommen. Das nächste Training kennt die Sätze." if request.query_params.get("fertig") == "1" else ""
    team, db = request.app.state.team, request.app.state.database
    chosen = {c.id: c.sentence for c in await run_in_threadpool(candidates, db, team.workspace) if not c.problem}
    if not chosen or not roles.may(request.state.staff.account.role, roles.PUBLISH):
        return await _page(request, fertig=fertig)
    try:
        change, _ = await run_in_threadpool(prepare, db, chosen, team.workspace)
    except EditError as refused:
        return await _page(request, chosen=chosen, errors=refused, fertig=fertig)
    return await _page(request, chosen=chosen, change=change, fertig=fertig)


async def write(request: Request) -> Response:
    """`aktion` „vorschau“ shows the difference, „schreiben“ writes it when it still is the one that was shown."""
    sent, team, db = text_fields(await fields(request)), request.app.state.team, request.app.state.database
    chosen = {name.removeprefix("nehmen-"): sent.get(f"satz-{name.removeprefix('nehmen-')}", "") for name in sent if name.startswith("nehmen-")}
    chosen = {id: text for id, text in chosen.items() if is_id(id)}
    tests = {name.removeprefix("pruefen-") for name in sent if name.startswith("pruefen-")}
    try:
        change, written = await run_in_threadpool(prepare, db, chosen, team.workspace, tests)
        if sent.get("aktion") != "schreiben":
            return await _page(request, chosen=chosen, change=change, tests=tests)
        if sent.get("schluessel") != change.key:
            return await _page(request, chosen=chosen, change=change, tests=tests, problem="Ihre Auswahl oder die Daten haben sich geändert. Bitte sehen Sie die Vorschau noch einmal an.", status=409)
        me = request.state.staff.account
        await run_in_threadpool(take_over, db, author_of(me), me.login, change, written, team.workspace)
    except EditError as refused:
        return await _page(request, chosen=chosen, errors=refused, tests=tests, status=400)
    return RedirectResponse(f"{HOME}?fertig=1", status_code=303)


async def remove(request: Request) -> Response:
    """Takes sentences out of the training data that everybody who wrote them had deleted."""
    me = request.state.staff.account
    try:
        total, _ = await run_in_threadpool(withdraw, request.app.state.database, author_of(me), me.login, request.app.state.team.workspace)
    except EditError as refused:
        return await _page(request, problem=str(refused), status=400)
    return await _page(request, fertig=f"{total} Sätze entfernt. Das nächste Training kennt sie nicht mehr.")


async def _page(request: Request, chosen: dict[str, str] | None = None, change: Change | None = None, errors: EditError | None = None, problem: str = "", fertig: str = "",
                tests: Collection[str] = (), status: int = 200) -> Response:
    team, db, knowledge = request.app.state.team, request.app.state.database, request.app.state.knowledge.current()
    waiting = await run_in_threadpool(candidates, db, team.workspace)
    gone = await run_in_threadpool(labels.withdrawn, db)
    ids = {candidate.id for candidate in waiting}
    faults: dict[str, list[Any]] = {}
    for fault in errors.errors if errors else ():
        faults.setdefault(fault.field if fault.field in ids else "", []).append(fault)
    return console(request, "team/uebernehmen.html", status=status, wartend=waiting, gewaehlt=chosen, aenderung=change, faelle=faults, entfallen=gone, problem=problem, fertig=fertig, pruefen=tests,
                   auftrag=jobs.status(), name=lambda intent: name_of(knowledge, intent))


routes: list[BaseRoute] = [
    staff_route(HOME, show, roles.READ), staff_route(HOME, write, roles.PUBLISH, ("POST",)), staff_route(f"{HOME}/entfernen", remove, roles.PUBLISH, ("POST",)),
]
