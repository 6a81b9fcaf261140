"""Whose conversation it is: a random id that we make and sign. What a browser cannot show us signed does not exist."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

from bot.store.values import is_id
from bot.web.settings import Settings

COOKIE = "lotse"
PATH = "/api/chat"
HOURS = 24


@dataclass(frozen=True)
class Identity:
    """A conversation: id (128 random bits as 32 hex digits), the page it began on, and whether a token names it instead of a cookie."""

    conversation: str
    page: str
    embedded: bool


class Signer:
    """Makes and checks cookies, tokens and buttons. Each kind has its own salt: none can pass as another."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kinds = {kind: URLSafeTimedSerializer(settings.secret, salt=f"chat-{kind}") for kind in ("cookie", "token", "knopf")}

    def new(self, page: str, embedded: bool) -> Identity:
        """Returns a new conversation."""
        return Identity(secrets.token_hex(16), page, embedded)

    def seal(self, identity: Identity) -> str:
        """Returns the signed form of a conversation."""
        return str(self._kinds["token" if identity.embedded else "cookie"].dumps([identity.conversation, identity.page]))

    def of(self, request: Request) -> Identity | None:
        """Returns the conversation of a request: its bearer token, else its cookie; None when there is none that is ours and of today."""
        header = request.headers.get("authorization", "")
        embedded = bool(header)
        sealed = header.removeprefix("Bearer ").strip() if embedded else request.cookies.get(COOKIE, "")
        found = self._open("token" if embedded else "cookie", sealed)
        if isinstance(found, list) and len(found) == 2 and is_id(found[0]) and isinstance(found[1], str):
            return Identity(found[0], found[1], embedded)
        return None

    def set_cookie(self, response: Response, identity: Identity) -> None:
        """Puts the conversation into the browser until it is closed."""
        response.set_cookie(COOKIE, self.seal(identity), path=PATH, httponly=True, samesite="strict", secure=self._settings.secure)

    def remove_cookie(self, response: Response) -> None:
        """Takes it out again."""
        response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="strict", secure=self._settings.secure)

    def button(self, conversation: str, title: str, payload: str) -> str:
        """Returns what a button sends: usable in this conversation only."""
        return str(self._kinds["knopf"].dumps([conversation, title, payload]))

    def pressed(self, conversation: str, sealed: str) -> tuple[str, str] | None:
        """Returns title and payload of a button of this conversation, or None."""
        found = self._open("knopf", sealed)
        if isinstance(found, list) and len(found) == 3 and found[0] == conversation:
            return str(found[1]), str(found[2])
        return None

    def _open(self, kind: str, sealed: str) -> object:
        try:
            return self._kinds[kind].loads(sealed, max_age=HOURS * 3600)
        except (BadData, UnicodeError, ValueError, OverflowError, RecursionError):
            return None
