"""Signing in and out, and one's own account."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.store import accounts, audit
from bot.team import passwords, roles
from bot.team.signin import SignInError, sign_in
from bot.web import forms
from bot.web.chat.pages import TESTER
from bot.web.team.access import COOKIE, confirmed, current, fields, safe_target, set_cookie, staff_route, text_fields
from bot.web.team.console import console
from bot.web.templating import page


async def form(request: Request) -> Response:
    """The sign-in form."""
    if await current(request):
        return RedirectResponse("/team/", status_code=303)
    return _form(request)


async def submit(request: Request) -> Response:
    """Checks login and password."""
    sent = await forms.read(request)
    address = request.client.host if request.client else ""
    try:
        token = await run_in_threadpool(sign_in, request.app.state.database, sent.get("login", ""), sent.get("passwort", ""), address)
    except SignInError as error:
        return _form(request, str(error), sent.get("login", ""), sent.get("weiter", ""), 403)
    response = RedirectResponse(safe_target(sent.get("weiter", "")), status_code=303)
    set_cookie(response, token, request.app.state.settings.secure)
    return response


def _form(request: Request, problem: str = "", login: str = "", target: str = "", status: int = 200) -> Response:
    target = target or request.query_params.get("weiter", "")
    return page(request, "team/anmelden.html", status=status, schutz=forms.token(request), problem=problem, login=login, weiter=target, sso=request.app.state.settings.oidc)


async def leave(request: Request) -> Response:
    """Signs out."""
    await run_in_threadpool(accounts.close_session, request.app.state.database, request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/team/anmelden", status_code=303)
    response.delete_cookie(COOKIE, path="/team")
    response.delete_cookie(TESTER, path="/api/chat")
    return response


async def account(request: Request) -> Response:
    """One's own account: role and password."""
    return console(request, "team/konto.html", rollen=roles.EXPLAINED, problem="", fertig=False)


async def change_password(request: Request) -> Response:
    """Sets a new password after the old one was given; all sessions of the account end."""
    sent, me = text_fields(await fields(request)), request.state.staff.account
    problem = "" if me.password and await confirmed(request) else "Das bisherige Passwort stimmt nicht."
    problem = problem or passwords.problem(sent.get("neu", ""), me.login)
    problem = problem or ("Das ist das bisherige Passwort." if sent.get("neu") == sent.get("passwort") else "")
    if problem:
        return console(request, "team/konto.html", status=400, rollen=roles.EXPLAINED, problem=problem, fertig=False)
    await run_in_threadpool(lambda: accounts.change(request.app.state.database, me.login, password=passwords.hashed(sent["neu"]), temporary=False))
    await run_in_threadpool(audit.note, request.app.state.database, me.login, "passwort_geaendert", me.login)
    return RedirectResponse("/team/anmelden", status_code=303)


routes: list[BaseRoute] = [
    Route("/team/anmelden", form, methods=["GET"]), Route("/team/anmelden", submit, methods=["POST"]),
    staff_route("/team/abmelden", leave, roles.READ, ("POST",)),
    staff_route("/team/konto", account, roles.READ), staff_route("/team/konto", change_password, roles.READ, ("POST",)),
]
