"""Whose conversation it is: ids come from us only, signed, and nobody gets at those of others."""

from __future__ import annotations

import base64
import json
import time
from typing import Callable

import itsdangerous.timed
import pytest
from itsdangerous import URLSafeTimedSerializer
from starlette.testclient import TestClient

from bot.web.chat.identity import HOURS
from tests.web.chat.conftest import SECRET
from tests.web.chat.visitor import API, Visitor, new_id

OTHER_SECRET = "y" * 40


def cookie_of(client: TestClient) -> str:
    return client.cookies["lotse"]


def sealed(content: object, secret: str = SECRET, salt: str = "chat-cookie") -> str:
    return str(URLSafeTimedSerializer(secret, salt=salt).dumps(content))


def status(client: TestClient, cookie: str) -> int:
    return client.get(f"{API}/history", headers={"Cookie": f"lotse={cookie}"}).status_code


def test_cookie_is_out_of_reach_for_scripts_and_other_sites(client: TestClient) -> None:
    header = client.post(f"{API}/start", json={}).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Secure", "Path=/api/chat"} <= {part.strip() for part in header.split(";")}
    assert "Domain" not in header and "Max-Age" not in header


def test_ids_are_random_and_of_128_bits(client: TestClient) -> None:
    found = set()
    for _ in range(50):
        client.cookies.clear()
        client.post(f"{API}/start", json={"id": "0" * 32, "sender": "ich"})
        payload = cookie_of(client).split(".")[0]
        found.add(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))[0])
    assert len(found) == 50 and all(len(id) == 32 and int(id, 16) for id in found)


def test_no_conversation_no_service(client: TestClient) -> None:
    for answer in (client.get(f"{API}/history"), client.post(f"{API}/message", json={"id": new_id(), "text": "hallo"}), client.post(f"{API}/feedback", json={"id": new_id(), "grund": "hilft"})):
        assert (answer.status_code, answer.json()["art"]) == (401, "kein_gespraech")


@pytest.mark.parametrize("forge", {
    "own-id": lambda good: "0" * 32,
    "other-secret": lambda good: sealed(["0" * 32, ""], OTHER_SECRET),
    "token-as-cookie": lambda good: sealed(["0" * 32, ""], salt="chat-token"),
    "button-as-cookie": lambda good: sealed(["0" * 32, ""], salt="chat-knopf"),
    "short-id": lambda good: sealed(["0" * 31, ""]),
    "capitals": lambda good: sealed(["A" * 32, ""]),
    "not-a-list": lambda good: sealed({"id": "0" * 32}),
    "cut": lambda good: good[:-1],
    "empty": lambda good: "",
    "unsigned": lambda good: good.rsplit(".", 1)[0] + ".",
    "other-time": lambda good: ".".join([good.split(".")[0], "zzzzzz", good.split(".")[2]]),
    "other-id": lambda good: ".".join([base64.urlsafe_b64encode(b'["' + b"0" * 32 + b'",""]').decode().rstrip("="), *good.split(".")[1:]]),
    "bomb": lambda good: "." + good,
    "long": lambda good: "a" * 4000,
}.items(), ids=lambda pair: pair[0])
def test_forged_cookies_are_no_conversation(client: TestClient, forge: tuple[str, Callable[[str], str]]) -> None:
    client.post(f"{API}/start", json={})
    good = cookie_of(client)
    client.cookies.clear()
    assert status(client, good) == 200
    assert status(client, forge[1](good)) == 401


def test_every_changed_character_is_noticed(client: TestClient) -> None:
    client.post(f"{API}/start", json={})
    good = cookie_of(client)
    client.cookies.clear()
    for place in range(len(good) - 1):  # the very last one carries unused bits
        changed = good[:place] + ("A" if good[place] != "A" else "B") + good[place + 1:]
        assert status(client, changed) == 401, place


def test_conversation_ends_after_a_day(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client.post(f"{API}/start", json={})
    now = time.time()
    monkeypatch.setattr(itsdangerous.timed.time, "time", lambda: now + HOURS * 3600 - 5)
    assert client.get(f"{API}/history").status_code == 200
    monkeypatch.setattr(itsdangerous.timed.time, "time", lambda: now + HOURS * 3600 + 5)
    assert client.get(f"{API}/history").status_code == 401


def test_token_is_for_embedded_use_and_sets_no_cookie(client: TestClient) -> None:
    visitor = Visitor(client, embedded=True)
    visitor.start()
    assert "lotse" not in client.cookies
    assert visitor.history() == []
    token = visitor.headers["Authorization"].removeprefix("Bearer ")
    assert status(client, token) == 401


def test_a_wrong_token_is_not_saved_by_a_good_cookie(client: TestClient) -> None:
    client.post(f"{API}/start", json={})
    assert client.get(f"{API}/history", headers={"Authorization": "Bearer falsch"}).status_code == 401


def test_start_goes_on_with_a_conversation_unless_a_new_one_is_wished(client: TestClient) -> None:
    assert client.post(f"{API}/start", json={}).json()["fortgesetzt"] is False
    first = cookie_of(client).split(".")[0]
    assert client.post(f"{API}/start", json={}).json()["fortgesetzt"] is True
    assert cookie_of(client).split(".")[0] == first
    assert client.post(f"{API}/start", json={"neu": True}).json()["fortgesetzt"] is False
    assert cookie_of(client).split(".")[0] != first


def test_deleted_conversation_stays_deleted_also_for_a_copy_of_its_cookie(visitor: Visitor) -> None:
    copy = visitor.client.cookies["lotse"]
    answer = visitor.post("delete")
    assert answer.status_code == 204 and "Max-Age=0" in answer.headers["set-cookie"]
    visitor.client.cookies.clear()
    assert status(visitor.client, copy) == 401
    assert visitor.client.post(f"{API}/message", json={"id": new_id(), "text": "hallo"}, headers={"Cookie": f"lotse={copy}"}).status_code == 401
