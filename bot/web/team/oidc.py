"""One OpenID Connect service: where it is, the address to go to, and what its signed answer says about who came."""

from __future__ import annotations

import time
import warnings
from typing import Any

import httpx
from joserfc import jwk, jwt
from joserfc.errors import JoseError

from bot.web.settings import Oidc

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Authlib would rather have a successor of httpx that we do not have
    from authlib.integrations.base_client.errors import OAuthError
    from authlib.integrations.httpx_client import AsyncOAuth2Client

SECONDS, KEPT, CLOCKS_APART = 10.0, 3600.0, 60
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
_known: dict[str, tuple[float, dict[str, Any]]] = {}


class SsoError(Exception):
    """Signing in did not work; `kind` is a word for the log, without anything personal."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Provider:
    """The service with our address to come back to."""

    def __init__(self, settings: Oidc, redirect: str) -> None:
        self._settings, self._redirect = settings, redirect

    async def address(self, state: str, nonce: str, verifier: str, again: bool = False) -> str:
        """Returns the address that the browser is sent to.

        Raises:
            SsoError: the service does not say where it is.
        """
        facts = await self._facts()
        async with self._client() as client:
            more = {"prompt": "login", "max_age": "0"} if again else {}
            url, _ = client.create_authorization_url(facts["authorization_endpoint"], state=state, code_verifier=verifier, nonce=nonce, **more)
        return str(url)

    async def login(self, code: str, verifier: str, nonce: str) -> str:
        """Returns the login that the service vouches for.

        Raises:
            SsoError: the code, the token or its signature is not good, or it names nobody.
        """
        facts = await self._facts()
        try:
            async with self._client() as client:
                answer = await client.fetch_token(facts["token_endpoint"], code=code, code_verifier=verifier, grant_type="authorization_code")
        except (OAuthError, httpx.HTTPError, ValueError):
            raise SsoError("token") from None
        claims = await self._claims(str(answer.get("id_token", "")), facts, nonce)
        if self._settings.claim == "email" and claims.get("email_verified") is not True:
            raise SsoError("email")
        login = claims.get(self._settings.claim)
        if not isinstance(login, str) or not login.strip():
            raise SsoError("angabe")
        return login

    async def _claims(self, token: str, facts: dict[str, Any], nonce: str) -> dict[str, Any]:
        try:
            keys = jwk.KeySet.import_key_set(await _get(facts["jwks_uri"]))
            claims = dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)
            essential = {"iss": {"essential": True, "value": facts["issuer"]}, "aud": {"essential": True, "value": self._settings.client_id},
                         "exp": {"essential": True}, "nonce": {"essential": True, "value": nonce}, "sub": {"essential": True}}
            jwt.JWTClaimsRegistry(leeway=CLOCKS_APART, **essential).validate(claims)  # type: ignore[arg-type]
        except (JoseError, ValueError, KeyError, TypeError):
            raise SsoError("signatur") from None
        if claims.get("azp", self._settings.client_id) != self._settings.client_id:
            raise SsoError("signatur")
        return claims

    async def _facts(self) -> dict[str, Any]:
        at, facts = _known.get(self._settings.issuer, (0.0, {}))
        if not facts or time.monotonic() - at > KEPT:
            facts = await _get(f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration")
            if facts.get("issuer") != self._settings.issuer or not all(isinstance(facts.get(name), str) for name in NEEDED):
                raise SsoError("auskunft")
            _known[self._settings.issuer] = (time.monotonic(), facts)
        return facts

    def _client(self) -> Any:
        return AsyncOAuth2Client(self._settings.client_id, self._settings.client_secret, scope="openid email profile", redirect_uri=self._redirect,
                                 code_challenge_method="S256", timeout=SECONDS, leeway=CLOCKS_APART)


async def _get(address: str) -> Any:
    try:
        async with httpx.AsyncClient(timeout=SECONDS) as client:
            answer = await client.get(address)
            answer.raise_for_status()
            return answer.json()
    except (httpx.HTTPError, ValueError):
        raise SsoError("nicht_erreichbar") from None
