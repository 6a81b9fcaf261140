"""Signing in with the operator's own service: OpenID Connect, authorization code with PKCE. Only accounts that exist may enter.

/team/sso sends the browser there, /team/sso/zurueck takes it back. What belongs to one attempt (state, nonce, verifier, target) waits in a sealed cookie.
"""

from __future__ import annotations

import hmac
import secrets

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.store import accounts, audit
from bot.team.signin import start_session
from bot.web.log import log
from bot.web.team.access import safe_target, set_cookie
from bot.web.team.oidc import Provider, SsoError
from bot.web.templating import page

COOKIE, PATH, MINUTES = "lotse_sso", "/team/sso", 10
FAILED = "Die Anmeldung mit dem Dienstkonto hat nicht geklappt. Bitte versuchen Sie es noch einmal."
UNKNOWN = "Für dieses Dienstkonto gibt es hier kein Konto. Die Verwaltung der Konsole kann eines anlegen."


def _seal(request: Request) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(request.app.state.settings.secret, salt="sso")


def _provider(request: Request) -> Provider:
    settings = request.app.state.settings
    if settings.oidc is None:
        raise HTTPException(404)
    return Provider(settings.oidc, f"{settings.base_url}{PATH}/zurueck")


async def begin(request: Request) -> Response:
    """Sends the browser to the service; with `?neu=1` it has to ask for the password there again."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    try:
        address = await _provider(request).address(state, nonce, verifier, again=request.query_params.get("neu") == "1")
    except SsoError as error:
        return _refuse(request, error.kind, FAILED)
    response = RedirectResponse(address, status_code=303)
    sealed = _seal(request).dumps([state, nonce, verifier, safe_target(request.query_params.get("weiter", ""))])
    # "lax": the browser comes back from a foreign site and has to bring it along
    response.set_cookie(COOKIE, sealed, max_age=60 * MINUTES, path=PATH, secure=request.app.state.settings.secure, httponly=True, samesite="lax")
    return response


async def back(request: Request) -> Response:
    """Takes the answer of the service and opens a session."""
    provider, query = _provider(request), request.query_params
    try:
        state, nonce, verifier, target = _seal(request).loads(request.cookies.get(COOKIE, ""), max_age=60 * MINUTES)
    except (BadData, ValueError):
        return _refuse(request, "cookie", FAILED)
    if not hmac.compare_digest(state.encode(), query.get("state", "").encode()) or not query.get("code"):
        return _refuse(request, "state" if query.get("code") else "abgelehnt", FAILED)
    try:
        login = await provider.login(query["code"], verifier, nonce)
    except SsoError as error:
        return _refuse(request, error.kind, FAILED)
    database = request.app.state.database
    account = await run_in_threadpool(accounts.find, database, login)
    if account is None or not account.active:
        await run_in_threadpool(audit.note, database, "unbekannt", "anmeldung_gescheitert", "dienstkonto")
        return _refuse(request, "konto", UNKNOWN)
    token = await run_in_threadpool(start_session, database, account)
    # The session cookie is "strict": after a way over foreign sites the browser sends it only from a page of ours on.
    response = page(request, "team/weiter.html", ziel=target)
    set_cookie(response, token, request.app.state.settings.secure)
    response.delete_cookie(COOKIE, path=PATH)
    return response


def _refuse(request: Request, kind: str, text: str) -> Response:
    log("sso_gescheitert", grund=kind)
    response = page(request, "team/weiter.html", status=403, ziel="", text=text)
    response.delete_cookie(COOKIE, path=PATH)
    return response


routes: list[BaseRoute] = [Route(PATH, begin, methods=["GET"]), Route(f"{PATH}/zurueck", back, methods=["GET"])]
