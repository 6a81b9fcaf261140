"""Who may call which route of the console. Every route is made by `staff_route`; `PUBLIC` and `TABLE` list all of them for the tests.

A handler gets the signed-in account in `request.state.staff` (a StaffSession). Unsafe requests need the session's CSRF token, as field
„csrf“ of the form or header X-CSRF, and must come from our own pages. `confirmed(request, fields)` asks for the password again.
"""

from __future__ import annotations

import datetime as dt
import hmac
from typing import Awaitable, Callable, Mapping
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.editor.errors import EditError
from bot.knowledge.errors import ContentErrors
from bot.store import accounts
from bot.team import passwords, roles
from bot.web.chat.pages import TESTER
from bot.web.team.broken import broken_contents

COOKIE = "lotse_team"
SAFE = ("GET", "HEAD")
MAX_FILES, MAX_FIELDS = 1, 2000
WITH_ONE_TIME_PASSWORD = ("/team/konto", "/team/abmelden")
FRESH = dt.timedelta(minutes=10)
TABLE: dict[tuple[str, str], str] = {}  # (path, method) → role
Handler = Callable[[Request], Awaitable[Response]]


def staff_route(path: str, handler: Handler, role: str, methods: tuple[str, ...] = ("GET",)) -> Route:
    """Returns the route, open only to staff with `role` or more."""
    for method in methods:
        TABLE[(path, method)] = role

    async def guarded(request: Request) -> Response:
        session = await current(request)
        if session is None:
            if request.method in SAFE:
                return RedirectResponse(f"/team/anmelden?weiter={quote(request.url.path)}", status_code=303)
            raise HTTPException(403, "Ihre Anmeldung ist abgelaufen. Bitte melden Sie sich neu an.")
        if not roles.may(session.account.role, role):
            raise HTTPException(403, f"Dafür brauchen Sie die Rolle „{role}“. Ihre Rolle ist „{session.account.role}“.")
        request.state.staff = session
        if request.method not in SAFE:
            await _check_origin(request, session)
        if session.account.temporary and path not in WITH_ONE_TIME_PASSWORD:
            return RedirectResponse("/team/konto", status_code=303)
        try:
            return await handler(request)
        except (EditError, ContentErrors) as faults:
            return broken_contents(request, faults)

    return Route(path, guarded, methods=list(methods), name=handler.__name__)


async def current(request: Request) -> accounts.StaffSession | None:
    """Returns the session that the cookie names, or None."""
    token = request.cookies.get(COOKIE, "")
    return await run_in_threadpool(accounts.session, request.app.state.database, token) if token else None


async def fields(request: Request) -> FormData:
    """Returns the posted form, files included; read once per request."""
    if not hasattr(request.state, "form"):
        request.state.form = await request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS)
    return request.state.form  # type: ignore[no-any-return]


async def confirmed(request: Request) -> bool:
    """Tells whether the form repeats the password of the signed-in account (field „passwort“).

    An account without password, which signs in at the operator's own service, must have done so in the last ten minutes.
    """
    form = await fields(request)
    account = request.state.staff.account
    if not account.password:
        return bool(request.app.state.database.now() - request.state.staff.since < FRESH)
    return await run_in_threadpool(passwords.matches, account.password, str(form.get("passwort", "")))


async def _check_origin(request: Request, session: accounts.StaffSession) -> None:
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise HTTPException(403, "Diese Anfrage kam nicht von der Konsole.")
    sent = request.headers.get("x-csrf", "")
    if not sent and request.headers.get("content-type", "").split(";")[0] in ("application/x-www-form-urlencoded", "multipart/form-data"):
        sent = str((await fields(request)).get("csrf", ""))
    if not hmac.compare_digest(sent.encode(), session.csrf.encode()):
        raise HTTPException(403, "Die Seite ist zu alt. Bitte laden Sie sie neu und versuchen Sie es noch einmal.")


def set_cookie(response: Response, token: str, secure: bool) -> None:
    """Gives the session token to the browser, for the console only, and tells the chat that somebody of the staff tries it there."""
    longest = int(accounts.LONGEST.total_seconds())
    response.set_cookie(COOKIE, token, max_age=longest, path="/team", secure=secure, httponly=True, samesite="strict")
    response.set_cookie(TESTER, "1", max_age=longest, path="/api/chat", secure=secure, httponly=True, samesite="strict")


def safe_target(wanted: str) -> str:
    """Returns a path below /team to go to after signing in; anything else becomes the start page of the console."""
    return wanted if wanted.startswith("/team/") and "//" not in wanted and "\\" not in wanted else "/team/"


def text_fields(form: FormData) -> Mapping[str, str]:
    """Returns the text fields of a form."""
    return {name: value for name, value in form.items() if isinstance(value, str)}
