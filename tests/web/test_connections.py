"""Who opens a connection and sends no request loses it."""

from __future__ import annotations

import asyncio
import contextlib

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.processes import free_port
from bot.web import connections

HALF = b"GET / HTTP/1.1\r\nHo"
WHOLE = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


async def slow(request: Request) -> PlainTextResponse:
    await asyncio.sleep(1.5)
    return PlainTextResponse("fertig")


async def talk(first: bytes, later: bytes = b"") -> bytes:
    """Sends bytes to a server that waits 0.4 seconds for a request, and returns what comes until it closes the connection."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=[Route("/", slow)]), port=port, http=connections.PatientProtocol, ws="none", log_config=None, timeout_keep_alive=1))
    running = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(first)
        if later:
            await asyncio.sleep(0.05)
            writer.write(later)
        return await asyncio.wait_for(reader.read(), 10)
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()
        server.should_exit = True
        await running


@pytest.mark.parametrize(("first", "later", "answered"), [(b"", b"", False), (HALF, b"", False), (WHOLE, b"", True), (HALF, WHOLE[len(HALF):], True), (WHOLE + HALF, b"", True)], ids=["nothing", "half", "whole", "in-two", "then-half"])
def test_connection_without_a_request_is_closed(monkeypatch: pytest.MonkeyPatch, first: bytes, later: bytes, answered: bool) -> None:
    monkeypatch.setattr(connections, "SECONDS", 0.4)
    assert (b"fertig" in asyncio.run(talk(first, later))) is answered
