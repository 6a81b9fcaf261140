"""Console pages for administrators: accounts, and who did what. A one-time password is shown once, on the page that answers the form."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.store import accounts, audit
from bot.store.values import is_id
from bot.team import people, roles
from bot.team.deeds import said
from bot.team.log_csv import log_csv as as_csv
from bot.web.team.access import fields, staff_route, text_fields
from bot.web.team.console import console
from bot.web.team.csv_file import csv_response

PAGE = 100


async def show(request: Request) -> Response:
    """All accounts, and the form for a new one."""
    return await _page(request)


async def add(request: Request) -> Response:
    """Adds an account and shows its one-time password."""
    sent, me, db = text_fields(await fields(request)), request.state.staff.account, request.app.state.database
    try:
        account, password = await run_in_threadpool(people.add, db, me.login, sent.get("login", ""), sent.get("name", ""), sent.get("rolle", ""), sent.get("dienstkonto") == "1")
    except people.PeopleError as error:
        return await _page(request, str(error), status=400, eingabe=sent)
    return await _page(request, fertig=f"Konto „{account.login}“ angelegt.", passwort=password, fuer=account.login)


async def change(request: Request) -> Response:
    """Changes one account: role, blocked or not, new password."""
    sent, me, db = text_fields(await fields(request)), request.state.staff.account, request.app.state.database
    id = request.path_params["id"]
    account = await run_in_threadpool(accounts.find_id, db, id) if is_id(id) else None
    if account is None:
        raise HTTPException(404)
    actions: dict[str, tuple[Callable[[], Any], str]] = {
        "rolle": (lambda: people.set_role(db, me.login, account, sent.get("rolle", "")), f"„{account.login}“ hat jetzt die Rolle „{sent.get('rolle', '')}“."),
        "sperren": (lambda: people.set_active(db, me.login, account, False), f"„{account.login}“ ist gesperrt und abgemeldet."),
        "entsperren": (lambda: people.set_active(db, me.login, account, True), f"„{account.login}“ kann sich wieder anmelden."),
        "passwort": (lambda: people.renew_password(db, me.login, account), f"Neues Einmalpasswort für „{account.login}“."),
    }
    if sent.get("aktion") not in actions:
        return await _page(request, "Diese Aktion gibt es nicht.", status=400)
    work, told = actions[sent["aktion"]]
    try:
        outcome = await run_in_threadpool(work)
    except people.PeopleError as error:
        return await _page(request, str(error), status=400)
    return await _page(request, fertig=told, passwort=outcome or "", fuer=account.login)


async def _page(request: Request, problem: str = "", status: int = 200, fertig: str = "", passwort: str = "", fuer: str = "", eingabe: dict[str, str] | Any = None) -> Response:
    everyone = await run_in_threadpool(accounts.everyone, request.app.state.database)
    return console(request, "team/konten.html", status=status, konten=everyone, rollen=roles.EXPLAINED, problem=problem, fertig=fertig, passwort=passwort, fuer=fuer,
                   eingabe=eingabe or {}, dienst=request.app.state.settings.oidc is not None)


async def log(request: Request) -> Response:
    """The audit with filters, newest first, page by page."""
    wanted, db = _filters(request), request.app.state.database
    rows, (actors, actions) = await run_in_threadpool(lambda: (audit.search(db, most=PAGE + 1, **wanted), audit.names(db)))
    further = f"{rows[PAGE - 1].created.isoformat()}_{rows[PAGE - 1].id}" if len(rows) > PAGE else ""
    return console(request, "team/protokoll.html", zeilen=rows[:PAGE], weiter=further, wer=actors, was=actions, gewaehlt=request.query_params, frist=db.limits.audit.days, json=json.dumps, gesagt=said)


async def log_csv(request: Request) -> Response:
    """The same as a file. The export itself is noted."""
    db, me = request.app.state.database, request.state.staff.account
    wanted = {**_filters(request), "before": None}
    return csv_response(await run_in_threadpool(lambda: as_csv(db, me.login, **wanted)), "protokoll.csv")


def _filters(request: Request) -> dict[str, Any]:
    query = request.query_params
    days = query.get("tage", "")
    return {"actor": query.get("wer", ""), "action": query.get("was", ""), "days": int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0, "before": _cursor(query.get("nach", ""))}


def _cursor(text: str) -> tuple[dt.datetime, str] | None:
    time, _, id = text.partition("_")
    try:
        moment = dt.datetime.fromisoformat(time)
    except ValueError:
        return None
    return (moment, id) if is_id(id) and moment.tzinfo is None else None


routes: list[BaseRoute] = [
    staff_route("/team/konten", show, roles.ADMIN), staff_route("/team/konten", add, roles.ADMIN, ("POST",)), staff_route("/team/konten/{id}", change, roles.ADMIN, ("POST",)),
    staff_route("/team/protokoll", log, roles.ADMIN), staff_route("/team/protokoll.csv", log_csv, roles.ADMIN),
]
