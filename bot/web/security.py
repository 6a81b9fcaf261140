"""Headers that every response carries, and the limit on what a request may send."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.settings import Settings

BODY_LIMIT = 8 * 1024
UPLOAD_LIMIT = 2 * 1024 * 1024 + 64 * 1024  # a table of 2 MiB and the form around it
UPLOADS = ("/team/",)


def policy(settings: Settings) -> str:
    """Returns the Content-Security-Policy: nothing inline, nothing from outside; frames only on the sites named in the settings."""
    frames = " ".join(("'self'", *settings.embed_origins))
    return ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
            f"form-action 'self'; base-uri 'none'; frame-ancestors {frames}; require-trusted-types-for 'script'; trusted-types 'none'")


class SecurityHeaders:
    """Adds the headers; pages of the staff console are never cached."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.fixed = {
            "Content-Security-Policy": policy(settings), "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()", "Cross-Origin-Opener-Policy": "same-origin",
        }
        if settings.secure:
            self.fixed["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.fixed.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(("/team", "/api/chat")):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, with_headers)


class BodyLimit:
    """Refuses bodies that are longer than anybody needs, whether announced or not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = UPLOAD_LIMIT if scope["path"].startswith(UPLOADS) else BODY_LIMIT
        announced = Headers(scope=scope).get("content-length", "0")
        refused = JSONResponse({"fehler": f"Die Anfrage ist zu groß. Erlaubt sind {limit // 1024} KiB.", "art": "zu_gross"}, status_code=413)
        if not announced.isdigit() or int(announced) > limit:
            await refused(scope, receive, send)
            return
        seen = 0
        started = False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise _TooLarge
            return message

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, counted, watched)
        except _TooLarge:
            if not started:
                await refused(scope, receive, send)


class _TooLarge(Exception):
    """More bytes came than the limit allows."""
