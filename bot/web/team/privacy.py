"""Access and erasure for one conversation (Art. 15 and 17 DSGVO), for administrators. Texts are masked; looking and deleting are noted."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from bot.store import audit, journal
from bot.store.erase import everything
from bot.store.values import is_id
from bot.team import roles
from bot.web.team.access import confirmed, fields, staff_route, text_fields
from bot.web.team.console import console

ODD = "Die Kennung besteht aus 32 Zeichen von 0 bis 9 und a bis f."


async def show(request: Request) -> Response:
    """What is kept of a conversation; `?kennung=` is its id or that of one of its messages."""
    given = request.query_params.get("kennung", "").strip().lower()
    if not given:
        return _page(request)
    conversation = await _conversation(request, given)
    if not conversation:
        return _page(request, given, problem=ODD if not is_id(given) else "Zu dieser Kennung ist nichts gespeichert.", status=404)
    found = await run_in_threadpool(everything, request.app.state.database, conversation)
    await run_in_threadpool(audit.note, request.app.state.database, request.state.staff.account.login, "gespraech_angesehen")
    return _page(request, conversation, funde=found)


async def export(request: Request) -> Response:
    """The same as a file for the person who asked."""
    conversation = await _conversation(request, request.query_params.get("kennung", ""))
    if not conversation:
        return _page(request, problem=ODD, status=404)
    found = await run_in_threadpool(everything, request.app.state.database, conversation)
    await run_in_threadpool(audit.note, request.app.state.database, request.state.staff.account.login, "gespraech_ausgeleitet")
    ready = {name: [{k: v if isinstance(v, (str, int, float, list, dict, type(None))) else str(v) for k, v in row.items()} for row in rows] for name, rows in found.items()}
    return JSONResponse(ready, headers={"Content-Disposition": 'attachment; filename="auskunft.json"'})


async def delete(request: Request) -> Response:
    """Deletes a conversation for good, after the password was given again."""
    sent = text_fields(await fields(request))
    conversation = sent.get("kennung", "")
    if not is_id(conversation):
        return _page(request, problem=ODD, status=400)
    if not await confirmed(request):
        found = await run_in_threadpool(everything, request.app.state.database, conversation)
        return _page(request, conversation, funde=found, problem="Das Passwort stimmt nicht. Nichts wurde gelöscht.", status=400)
    found = await run_in_threadpool(everything, request.app.state.database, conversation)
    await request.app.state.chat.erase(conversation, request.state.staff.account.login)
    return _page(request, fertig={name: len(rows) for name, rows in found.items()})


async def _conversation(request: Request, given: str) -> str:
    if not is_id(given):
        return ""
    db = request.app.state.database
    row = await run_in_threadpool(journal.find, db, given)
    if row is not None:
        return str(row.conversation)
    return given if any((await run_in_threadpool(everything, db, given)).values()) else ""


def _page(request: Request, kennung: str = "", funde=None, problem: str = "", status: int = 200, fertig=None) -> Response:  # type: ignore[no-untyped-def]
    return console(request, "team/gespraech.html", status=status, kennung=kennung, funde=funde, problem=problem, fertig=fertig)


routes: list[BaseRoute] = [
    staff_route("/team/gespraech", show, roles.ADMIN), staff_route("/team/gespraech.json", export, roles.ADMIN), staff_route("/team/gespraech", delete, roles.ADMIN, ("POST",)),
]
