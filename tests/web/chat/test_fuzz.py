"""The hostile corpus: whatever comes, the gateway answers within ten seconds, in our JSON, and lives on.

In Rasa's place sits a server that refuses at once, so that thousands of requests need no model; the texts also go to the running assistant.
`LOTSE_FUZZ_SEED` repeats a run.
"""

from __future__ import annotations

import itertools
import os
import random
import socket
import time
from typing import Any, Callable
from urllib.parse import urlsplit

import httpx
import pytest

from tests.web.chat import corpus
from tests.web.chat.conftest import SECRET
from tests.web.chat.corpus import Hostile
from tests.web.chat.visitor import API, JSON, Visitor, new_id

SEED = int(os.environ.get("LOTSE_FUZZ_SEED", "20261125"))
SIZES = {"structure": None, "texts": 2000, "injections": 1200, "identities": 1000}
EXPECTED = {200, 204, 400, 401, 403, 404, 405, 409, 413, 415, 429, 503}


def all_of(good: str, seed: int = SEED) -> list[Hostile]:
    """Returns the whole corpus of a seed."""
    rng = random.Random(seed)
    parts = {"structure": corpus.structure(rng), "texts": corpus.texts(rng), "injections": corpus.injections(rng), "identities": corpus.identities(rng, good, SECRET)}
    return [hostile for name, size in SIZES.items() for hostile in itertools.islice(parts[name], size)]


def fault(answer: httpx.Response, seconds: float) -> str:
    """Returns what is wrong with an answer, or ""."""
    if seconds > 10:
        return f"{seconds:.1f} s"
    if answer.status_code not in EXPECTED:
        return str(answer.status_code)
    if answer.status_code >= 400:
        told = answer.json() if answer.headers.get("content-type", "").startswith("application/json") else {}
        if not told.get("fehler") or not told.get("art") or "Traceback" in answer.text:
            return f"{answer.status_code} ohne unser JSON"
    return ""


def run(visitor: Visitor, requests: list[Hostile]) -> tuple[list[tuple[str, Hostile]], dict[int, int]]:
    """Sends all requests, each in a conversation that is good unless the request brings its own, and returns the faults and how often each status came."""
    faults, statuses = [], {}  # type: list[tuple[str, Hostile]], dict[int, int]
    for number, hostile in enumerate(requests):
        if number % 25 == 0:
            visitor.client.cookies.clear()
            visitor.start()
        begin = time.monotonic()
        answer = visitor.client.request(hostile.method, corpus.url(hostile), content=hostile.body, headers=hostile.headers)
        wrong = fault(answer, time.monotonic() - begin)
        statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
        if wrong:
            faults.append((wrong, hostile))
    return faults, statuses


@pytest.fixture
def target(site: Callable[..., Any], counting: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch) -> Visitor:
    """A visitor of a gateway that lets everybody write as often as they like."""
    visitor = Visitor(site(counting[0]))
    monkeypatch.setattr(visitor.client.app.state.chat._per_conversation, "_limit", 1_000_000)  # type: ignore[attr-defined]
    visitor.start()
    return visitor


def check(target: Visitor, requests: list[Hostile]) -> None:
    faults, statuses = run(target, requests)
    assert faults == [], f"Seed {SEED}"
    assert {200, 400, 401, 413, 415, 503} <= set(statuses), statuses  # every kind of refusal was reached
    target.client.cookies.clear()
    target.start()
    assert target.send("Danke").json()["art"] == "keine_antwort"


def test_sample_of_the_corpus(target: Visitor) -> None:
    everything = all_of(target.client.cookies["lotse"])
    check(target, random.Random(SEED).sample(everything, 400))


@pytest.mark.slow
def test_whole_corpus(target: Visitor) -> None:
    everything = all_of(target.client.cookies["lotse"])
    assert len(everything) >= 5000 and {part: sum(h.part == part for h in everything) for part in ("json", "text", "injection", "ids")}.items() >= {"text": 2000, "injection": 1200, "ids": 1000}.items()
    check(target, everything)


@pytest.mark.slow
def test_texts_and_injections_reach_the_running_assistant(lotse: Any) -> None:
    rng = random.Random(SEED)
    requests = [*itertools.islice(corpus.texts(rng), 250), *itertools.islice(corpus.injections(rng), 250)]
    rng.shuffle(requests)
    with httpx.Client(base_url=lotse.web_url, timeout=30) as client:
        visitor = Visitor(client)
        refused = 0
        for number, hostile in enumerate(requests):
            if number % 15 == 0:  # below 20 messages a minute
                client.cookies.clear()
                visitor.start()
            begin = time.monotonic()
            answer = client.request(hostile.method, corpus.url(hostile), content=hostile.body, headers=hostile.headers)
            assert fault(answer, time.monotonic() - begin) == "", hostile
            refused += answer.status_code == 503
            if answer.status_code == 200 and hostile.path == "message":
                assert answer.text.startswith("event: antwort\ndata: {") and answer.text.count("event: ende\n") == 1, hostile
        assert refused == 0
        client.cookies.clear()
        visitor.start()
        assert visitor.say("Was kostet die Anerkennung?")[0]["daten"]["faq"] == "kosten-ueberblick"


RAW = {
    "nothing": b"", "half-line": b"POST /api/chat/mess", "no-version": b"POST /api/chat/message\r\n\r\n", "nul": b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n", "bad-length": b"POST /api/chat/message HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n",
    "two-lengths": b"POST /api/chat/message HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nhallo", "length-and-chunked": b"POST /api/chat/message HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "bad-chunk": b"POST /api/chat/message HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", "endless-chunks": b"POST /api/chat/message HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + b"400\r\n" + b"x" * 1024 + b"\r\n" + b"400\r\n" + b"x" * 1024 + b"\r\n" * 20,
    "long-line": b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", "many-headers": b"GET / HTTP/1.1\r\nHost: a\r\n" + b"".join(b"X-%d: a\r\n" % n for n in range(5000)) + b"\r\n", "long-cookie": b"GET /api/chat/history HTTP/1.1\r\nHost: a\r\nCookie: lotse=" + b"a" * 8000 + b"\r\n\r\n",
    "bytes-in-header": b"GET /api/chat/history HTTP/1.1\r\nHost: a\r\nCookie: lotse=\xff\xfe\x80\r\n\r\n", "tls": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "websocket": b"GET /api/chat/message HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("raw", RAW.values(), ids=RAW)
def test_broken_http_harms_nobody(lotse: Any, raw: bytes) -> None:
    parts = urlsplit(lotse.web_url)
    with socket.create_connection((parts.hostname, parts.port), timeout=5) as connection:
        connection.sendall(raw)
        connection.shutdown(socket.SHUT_WR)
        try:
            answer = connection.recv(200)
        except OSError:
            answer = b""
    assert not answer.startswith(b"HTTP/1.1 5")
    assert httpx.get(f"{lotse.web_url}/lebt", timeout=10).text == "ok"


@pytest.mark.slow
def test_idle_and_slow_senders_do_not_keep_others_waiting(lotse: Any) -> None:
    parts = urlsplit(lotse.web_url)
    sockets = [socket.create_connection((parts.hostname, parts.port), timeout=5) for _ in range(400)]
    try:
        for number, connection in enumerate(sockets):
            connection.sendall(b"POST /api/chat/message HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\nContent-Type: application/json\r\n\r\n{" if number % 2 else b"GET /api")
        with httpx.Client(base_url=lotse.web_url, timeout=30) as client:
            visitor = Visitor(client)
            visitor.start()
            times = []
            for _ in range(10):
                begin = time.monotonic()
                assert visitor.client.post(f"{API}/message", json={"id": new_id(), "text": "Danke"}, headers=JSON).status_code == 200
                times.append(time.monotonic() - begin)
    finally:
        for connection in sockets:
            connection.close()
    assert sorted(times)[-2] < LIMIT_SECONDS


LIMIT_SECONDS = 10.0  # liveness, not speed: speed is measured by benchmarks/chat_load.py
