"""A real OpenID Connect provider on the loopback interface, made of Authlib's server side: what an operator's Keycloak does, in one thread.

Who comes is signed in at once as `Provider.person`; `Provider.change` may spoil the claims, to test that they are checked.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable
from urllib.parse import parse_qsl, urlsplit

from authlib.oauth2.rfc6749 import AuthorizationServer, ClientMixin, OAuth2Request
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc6750 import BearerTokenGenerator
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from joserfc import jwk, jwt

CLIENT, SECRET = "lotse", "geheim-im-test"


class Form(OAuth2Request):
    """A request as Authlib wants it."""

    def __init__(self, method: str, uri: str, values: dict[str, str], headers: dict[str, str]) -> None:
        super().__init__(method, uri, headers=headers)
        self.payload = BasicOAuth2Payload(values)

    @property
    def args(self) -> dict[str, str]:
        return self.payload.data

    @property
    def form(self) -> dict[str, str]:
        return self.payload.data


class Client(ClientMixin):
    """The assistant, as registered with the provider."""

    def __init__(self, redirect: str) -> None:
        self.redirect = redirect

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return self.redirect

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class Code:
    """An authorization code with what was asked for."""

    def __init__(self, request: Form, person: dict[str, Any]) -> None:
        data = request.payload.data
        self.person, self.redirect, self.scope, self.nonce = person, data["redirect_uri"], request.scope, data.get("nonce")
        self.code_challenge, self.code_challenge_method = data.get("code_challenge"), data.get("code_challenge_method")
        self.auth_time = int(time.time())

    def get_redirect_uri(self) -> str:
        return self.redirect

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return self.auth_time

    def get_acr(self) -> None:
        return None

    get_amr = get_acr


class Provider(AuthorizationServer):
    """The provider; `url` is its issuer. Use it with `with`."""

    def __init__(self, redirect: str) -> None:
        super().__init__(["openid", "email", "profile"])
        self.client, self.codes, self.asked = Client(redirect), {}, []  # type: ignore[var-annotated]
        self.person: dict[str, Any] = {}
        self.change: Callable[[dict[str, Any]], None] = lambda claims: None
        self.key = jwk.RSAKey.generate_key(2048, {"kid": "eins", "use": "sig", "alg": "RS256"})
        self.signing = self.key
        self.register_token_generator("default", BearerTokenGenerator(lambda **_: secrets.token_urlsafe(32)))
        provider = self

        class Grant(AuthorizationCodeGrant):
            TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic"]

            def save_authorization_code(self, code: str, request: Form) -> None:
                provider.codes[code] = Code(request, request.user)

            def query_authorization_code(self, code: str, client: Client) -> Code | None:
                return provider.codes.get(code)

            def delete_authorization_code(self, authorization_code: Code) -> None:
                provider.codes = {k: v for k, v in provider.codes.items() if v is not authorization_code}

            def authenticate_user(self, authorization_code: Code) -> dict[str, Any]:
                return authorization_code.person

        class IdToken(OpenIDCode):
            def exists_nonce(self, nonce: str, request: Form) -> bool:
                return False

            def encode_id_token(self, token: dict[str, Any], request: Form) -> str:
                now = int(time.time())
                claims = {"iss": provider.url, "aud": CLIENT, "iat": now, "exp": now + 300, **self.get_authorization_code_claims(request.authorization_code), **request.user}
                provider.change(claims)
                return jwt.encode({"alg": "RS256", "kid": "eins"}, claims, provider.signing)

        self.register_grant(Grant, [CodeChallenge(required=True), IdToken(require_nonce=True)])

        class Door(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path, values = urlsplit(self.path).path, dict(parse_qsl(urlsplit(self.path).query))
                if path == "/.well-known/openid-configuration":
                    self._json({"issuer": provider.url, "authorization_endpoint": f"{provider.url}/auth", "token_endpoint": f"{provider.url}/token", "jwks_uri": f"{provider.url}/keys"})
                elif path == "/keys":
                    self._json({"keys": [provider.key.as_dict(private=False)]})
                else:
                    provider.asked.append(values)
                    form = Form("GET", f"https://anbieter.example{self.path}", values, {})
                    self._answer(provider.create_authorization_response(form, provider.person, provider.get_consent_grant(form, provider.person)))

            def do_POST(self) -> None:
                values = dict(parse_qsl(self.rfile.read(int(self.headers["content-length"])).decode()))
                self._answer(provider.create_token_response(Form("POST", f"https://anbieter.example{self.path}", values, dict(self.headers))))

            def _json(self, data: Any) -> None:
                self._answer((200, data, [("Content-Type", "application/json")]))

            def _answer(self, answer: tuple[int, Any, list[tuple[str, str]]]) -> None:
                status, body, headers = answer
                self.send_response(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write((body if isinstance(body, str) else json.dumps(body)).encode())

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Provider:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.server.shutdown()
        self.server.server_close()

    def query_client(self, client_id: str) -> Client | None:
        return self.client if client_id == CLIENT else None

    def save_token(self, token: dict[str, Any], request: Form) -> None:
        pass

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        pass

    def create_oauth2_request(self, request: Form) -> Form:
        return request

    def handle_response(self, status: int, body: Any, headers: list[tuple[str, str]]) -> tuple[int, Any, list[tuple[str, str]]]:
        return status, body, headers
