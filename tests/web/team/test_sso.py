"""Signing in with the operator's own service, against a real OpenID Connect provider: who may enter, and every check on the way."""

from __future__ import annotations

import dataclasses
from typing import Any, Iterator
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from joserfc import jwk
from starlette.testclient import TestClient

from bot.store import accounts, audit
from bot.team import people, roles
from bot.web.app import create_app
from bot.web.settings import Oidc, Settings, SettingsError
from tests.web.team.anbieter import CLIENT, SECRET, Provider

LOGIN = "anna@lotse.example"


@pytest.fixture
def provider() -> Iterator[Provider]:
    """The service, where Anna is signed in."""
    with Provider("https://lotse.example/team/sso/zurueck") as running:
        running.person = {"sub": "17", "email": LOGIN, "email_verified": True, "name": "Anna"}
        yield running


@pytest.fixture
def visitor(settings: Settings, provider: Provider) -> Iterator[TestClient]:
    """A browser at a site that knows the service and has an account for Anna."""
    app = create_app(dataclasses.replace(settings, oidc=Oidc(provider.url, CLIENT, SECRET)))
    with TestClient(app, base_url="https://lotse.example", follow_redirects=False) as client:
        people.add(app.state.database, "test", LOGIN, "Anna Muster", roles.LABEL, elsewhere=True)
        yield client


def come_back(visitor: TestClient, query: str = "") -> str:
    """Goes to the service and returns the address it sends the browser back to."""
    there = visitor.get(f"/team/sso{query}").headers["location"]
    return httpx.get(there, trust_env=False).headers["location"]


def test_whole_way(visitor: TestClient, provider: Provider) -> None:
    assert "/team/sso" in visitor.get("/team/anmelden").text
    answer = visitor.get(come_back(visitor, "?weiter=/team/konto"))
    assert answer.status_code == 200 and 'content="0;url=/team/konto"' in answer.text
    assert "Anna Muster" in visitor.get("/team/").text
    asked = provider.asked[0]
    assert asked["code_challenge_method"] == "S256" and len(asked["state"]) > 40 and len(asked["nonce"]) > 40 and "openid" in asked["scope"]


def test_account_has_to_exist_and_be_active(visitor: TestClient, provider: Provider) -> None:
    provider.person["email"] = "fremd@lotse.example"
    answer = visitor.get(come_back(visitor))
    assert answer.status_code == 403 and "gibt es hier kein Konto" in answer.text
    provider.person["email"] = LOGIN
    accounts.change(visitor.app.state.database, LOGIN, active=False)  # type: ignore[attr-defined]
    assert visitor.get(come_back(visitor)).status_code == 403
    assert visitor.get("/team/").status_code == 303
    assert "anmeldung_gescheitert" in [row.action for row in audit.recent(visitor.app.state.database)]  # type: ignore[attr-defined]


@pytest.mark.parametrize("spoilt", [
    {"nonce": "anderer"}, {"aud": "anderes-programm"}, {"iss": "https://böse.example"}, {"exp": 1}, {"azp": "anderes-programm"}, {"email_verified": False}, {"email": ""}, {"nonce": None},
], ids=lambda spoilt: "-".join(spoilt))
def test_every_claim_is_checked(visitor: TestClient, provider: Provider, spoilt: dict[str, Any]) -> None:
    provider.change = lambda claims: claims.update(spoilt)
    assert visitor.get(come_back(visitor)).status_code == 403
    assert visitor.get("/team/").status_code == 303


def test_foreign_signature_is_refused(visitor: TestClient, provider: Provider) -> None:
    provider.signing = jwk.RSAKey.generate_key(2048, {"kid": "eins"})
    assert visitor.get(come_back(visitor)).status_code == 403


def test_state_belongs_to_this_browser(visitor: TestClient) -> None:
    address = come_back(visitor)
    query = dict(parse_qsl(urlsplit(address).query))
    assert visitor.get("/team/sso/zurueck", params=query | {"state": "x" * 43}).status_code == 403
    address = come_back(visitor)
    visitor.cookies.clear()
    assert visitor.get(address).status_code == 403
    assert visitor.get("/team/").status_code == 303


def test_code_works_once_and_with_its_verifier_only(visitor: TestClient, provider: Provider) -> None:
    address = come_back(visitor)
    sealed = visitor.cookies["lotse_sso"]
    assert visitor.get(address).status_code == 200
    visitor.cookies.clear()
    visitor.cookies.set("lotse_sso", sealed, domain="lotse.example", path="/team/sso")
    assert visitor.get(address).status_code == 403  # the code is used up
    code = dict(parse_qsl(urlsplit(come_back(visitor)).query))["code"]
    stolen = {"grant_type": "authorization_code", "code": code, "redirect_uri": "https://lotse.example/team/sso/zurueck", "code_verifier": "a" * 50}
    assert httpx.post(f"{provider.url}/token", data=stolen, auth=(CLIENT, SECRET), trust_env=False).status_code == 400


def test_service_that_is_away_ends_in_a_sentence(visitor: TestClient, provider: Provider) -> None:
    provider.server.shutdown()
    provider.server.server_close()
    answer = visitor.get("/team/sso")
    assert answer.status_code == 403 and "hat nicht geklappt" in answer.text


def test_without_settings_there_is_no_such_page(client: TestClient) -> None:
    assert client.get("/team/sso").status_code == 404 and client.get("/team/sso/zurueck").status_code == 404
    assert "/team/sso" not in client.get("/team/anmelden").text


@pytest.mark.parametrize(("environment", "said"), [
    ({"LOTSE_OIDC_ISSUER": "https://a.example"}, "LOTSE_OIDC_CLIENT_ID fehlt"),
    ({"LOTSE_OIDC_ISSUER": "http://a.example", "LOTSE_OIDC_CLIENT_ID": "x", "LOTSE_OIDC_CLIENT_SECRET": "y"}, "https://"),
])
def test_wrong_settings_are_named(environment: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        Settings.from_environment({"LOTSE_SECRET": "x" * 40, **environment})
