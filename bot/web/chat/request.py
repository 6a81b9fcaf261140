"""Reads what a client sent: JSON with known fields, text cleaned. Everything else is refused before it costs anything."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from bot.input_text import clean
from bot.knowledge.sprachen import GERMAN
from bot.store.values import is_id
from bot.web.chat.errors import ChatError
from bot.web.chat.limits import CHARACTERS

BODY_SECONDS = 10.0
PAGE = re.compile(r"/[A-Za-z0-9/_.~-]{0,199}")


@dataclass(frozen=True)
class Incoming:
    """A message: client id, and either the cleaned text or the sealed button."""

    id: str
    text: str
    button: str | None
    sprache: str | None


async def read_json(request: Request, empty: bool = False) -> dict[str, Any]:
    """Returns the object that was sent.

    Args:
        empty: no body at all counts as an empty object.

    Raises:
        ChatError: it is no JSON object in UTF-8.
    """
    try:
        raw = await asyncio.wait_for(request.body(), BODY_SECONDS)
    except asyncio.TimeoutError:
        raise ChatError("format", feld=f"der Inhalt kam nicht in {BODY_SECONDS:.0f} Sekunden") from None
    if empty and not raw:
        return {}
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/json" or request.headers.get("content-encoding", "identity").lower() != "identity":
        raise ChatError("typ")
    try:
        body = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        raise ChatError("format", feld="kein gültiges JSON in UTF-8") from None
    if not isinstance(body, dict):
        raise ChatError("format", feld="ein Objekt {…} wird erwartet")
    request.state.sprache = language(request, body) or GERMAN
    return body


async def read_message(request: Request) -> Incoming:
    """Returns the message of a request.

    Raises:
        ChatError: a field is missing or wrong.
    """
    body = await read_json(request)
    if not is_id(body.get("id")):
        raise ChatError("format", feld="id muss aus 32 Hexziffern bestehen, für jede Nachricht neu")
    if ("text" in body) == ("knopf" in body):
        raise ChatError("format", feld="entweder text oder knopf")
    given = body.get("text", body.get("knopf"))
    if not isinstance(given, str):
        raise ChatError("format", feld="text und knopf sind Zeichenketten")
    if "knopf" in body:
        return Incoming(body["id"], "", given, language(request, body))
    return Incoming(body["id"], checked_text(given), None, language(request, body))


def checked_text(given: str) -> str:
    """Returns what a person wrote, cleaned.

    Raises:
        ChatError: nothing is left, or it is too long.
    """
    text = clean(given)
    if not text:
        raise ChatError("leer")
    if len(text) > CHARACTERS:
        raise ChatError("zu_lang", laenge=str(len(text)), grenze=str(CHARACTERS))
    return text


def language(request: Request, body: dict[str, Any]) -> str | None:
    """Returns the language that was chosen when it is one of ours."""
    chosen = body.get("sprache")
    return chosen if isinstance(chosen, str) and chosen in request.app.state.knowledge.current().oberflaeche else None


def page(body: dict[str, Any]) -> str:
    """Returns the path of the page that the chat is on, without query: nothing personal."""
    path = body.get("seite")
    return path if isinstance(path, str) and PAGE.fullmatch(path) else ""
