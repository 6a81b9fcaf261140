"""Who may do what in the console: every route × every role, CSRF on every write, sessions that end."""

from __future__ import annotations

import re

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from bot.store import accounts
from bot.team import roles
from bot.web import team
from bot.web.team.access import TABLE, safe_target
from tests.web.team.conftest import PASSWORD

OPEN = {("/team", "GET"), ("/team/anmelden", "GET"), ("/team/anmelden", "POST")}


def all_routes() -> set[tuple[str, str]]:
    return {(route.path, method) for route in team.routes if isinstance(route, Route) for method in (route.methods or ()) if method != "HEAD"}


def test_every_route_is_in_the_table() -> None:
    assert {route for route in all_routes() if not route[0].startswith("/team/sso")} == set(TABLE) | OPEN


def filled(path: str) -> str:
    """Returns the address of a route with something for each of its parameters."""
    return re.sub(r"\{[^}]+\}", "0" * 32, path)


@pytest.mark.parametrize(("path", "method"), sorted(TABLE))
def test_strangers_are_sent_to_the_door(client: TestClient, path: str, method: str) -> None:
    answer = client.request(method, filled(path))
    if method == "GET":
        assert answer.status_code == 303 and answer.headers["location"].startswith("/team/anmelden?weiter=/team/")
    else:
        assert answer.status_code == 403


@pytest.mark.parametrize("role", roles.ROLES)
def test_no_role_reaches_beyond_itself(client: TestClient, sign_in, role: str) -> None:
    csrf = sign_in(role)
    for (path, method), needed in sorted(TABLE.items()):
        if path == "/team/abmelden" or roles.may(role, needed):
            continue
        answer = client.request(method, filled(path), headers={"x-csrf": csrf})
        assert answer.status_code == 403 and needed in answer.text, f"{method} {path} as {role}"


@pytest.mark.parametrize(("path", "method"), sorted(entry for entry in TABLE if entry[1] != "GET"))
def test_writes_need_the_token_and_our_own_page(client: TestClient, sign_in, path: str, method: str) -> None:
    csrf = sign_in(roles.ADMIN)
    assert client.request(method, filled(path)).status_code == 403
    assert client.request(method, filled(path), data={"csrf": csrf[:-1] + ("y" if csrf.endswith("x") else "x")}).status_code == 403
    assert client.request(method, filled(path), headers={"x-csrf": csrf, "sec-fetch-site": "cross-site"}).status_code == 403


def test_cookie_is_strict(client: TestClient, sign_in) -> None:
    sign_in()
    cookie = next(c for c in client.cookies.jar if c.name == "lotse_team")
    assert cookie.secure and cookie.path == "/team" and cookie.has_nonstandard_attr("HttpOnly")


def test_five_failures_close_the_door(client: TestClient, sign_in, hidden_field, clock) -> None:
    sign_in(roles.READ)
    client.cookies.clear()
    form = {"schutz": hidden_field(client.get("/team/anmelden").text, "schutz"), "login": "lesen@lotse.example", "passwort": "falsch-falsch-falsch", "weiter": ""}
    for _ in range(5):
        assert "stimmt nicht" in client.post("/team/anmelden", data=form).text
    assert "Zu viele Fehlversuche" in client.post("/team/anmelden", data=form | {"passwort": PASSWORD}).text
    clock(16)
    assert client.post("/team/anmelden", data=form | {"passwort": PASSWORD}).status_code == 303


@pytest.mark.parametrize("login", ["niemand@lotse.example", "lesen@lotse.example"])
def test_refusal_does_not_tell_who_exists(client: TestClient, sign_in, hidden_field, login: str) -> None:
    sign_in(roles.READ)
    client.cookies.clear()
    shown = client.get("/team/anmelden").text
    answer = client.post("/team/anmelden", data={"schutz": hidden_field(shown, "schutz"), "login": login, "passwort": "falsch-falsch-falsch"})
    assert "Anmeldename oder Passwort stimmt nicht." in answer.text and answer.status_code == 403


@pytest.mark.parametrize("minutes", [31, 12 * 60 + 1])
def test_idle_sessions_end(client: TestClient, sign_in, clock, minutes: int) -> None:
    sign_in()
    clock(minutes)
    assert client.get("/team/").status_code == 303


def test_blocked_account_is_out_at_once(client: TestClient, sign_in) -> None:
    sign_in(roles.LABEL)
    accounts.change(client.app.state.database, "beschriften@lotse.example", active=False)  # type: ignore[attr-defined]
    assert client.get("/team/").status_code == 303


def test_signing_out_ends_the_session(client: TestClient, sign_in) -> None:
    csrf = sign_in()
    token = client.cookies["lotse_team"]
    assert client.post("/team/abmelden", data={"csrf": csrf}).status_code == 303
    client.cookies.set("lotse_team", token, domain="lotse.example", path="/team")
    assert client.get("/team/").status_code == 303


def test_own_password_needs_the_old_one(client: TestClient, sign_in) -> None:
    csrf = sign_in()
    new = "Laternen-Fahrrad-Oktober"
    assert client.post("/team/konto", data={"csrf": csrf, "passwort": "falsch", "neu": new}).status_code == 400
    assert client.post("/team/konto", data={"csrf": csrf, "passwort": PASSWORD, "neu": "kurz"}).status_code == 400
    assert client.post("/team/konto", data={"csrf": csrf, "passwort": PASSWORD, "neu": new}).status_code == 303


@pytest.mark.parametrize(("wanted", "target"), [
    ("/team/posteingang", "/team/posteingang"), ("https://böse.example", "/team/"), ("//böse.example", "/team/"), ("/team//böse.example", "/team/"), ("/team/\\böse", "/team/"), ("", "/team/"),
])
def test_after_signing_in_nobody_is_sent_away(wanted: str, target: str) -> None:
    assert safe_target(wanted) == target
