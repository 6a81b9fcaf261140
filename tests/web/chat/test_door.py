"""Which sites may use the chat, and how errors are told."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from bot.knowledge.base import DATA
from bot.knowledge.live import shared
from bot.web.chat.errors import MACHINES, PEOPLE, ChatError
from tests.web.chat.conftest import BASE, EMBEDDER
from tests.web.chat.visitor import API, Visitor

ADDRESSES = ("start", "message", "feedback", "delete", "history", "state")
LANGUAGES = sorted(path.stem for path in (DATA / "oberflaeche").glob("*.yml"))


@pytest.mark.parametrize("address", ADDRESSES)
def test_named_site_may_embed_with_a_token_but_never_with_cookies(client: TestClient, address: str) -> None:
    headers = client.options(f"{API}/{address}", headers={"Origin": EMBEDDER, "Access-Control-Request-Method": "POST"}).headers
    assert headers["access-control-allow-origin"] == EMBEDDER
    assert "access-control-allow-credentials" not in headers
    assert "authorization" in headers["access-control-allow-headers"]
    assert "Origin" in headers["vary"]


@pytest.mark.parametrize("origin", ["https://fremd.example", "null", "http://stadt.example", "https://stadt.example.boese.example", "https://stadt.example:8443", "https://stadt.example/", "*", "file://", "https://["])
@pytest.mark.parametrize("address", ADDRESSES)
def test_other_sites_may_not(client: TestClient, address: str, origin: str) -> None:
    method = "GET" if address in ("history", "state") else "POST"
    for answer in (client.request(method, f"{API}/{address}", headers={"Origin": origin}), client.options(f"{API}/{address}", headers={"Origin": origin})):
        assert (answer.status_code, answer.json()["art"]) == (403, "herkunft")
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("headers", [{}, {"Origin": BASE}, {"Origin": "http://127.0.0.1:8080", "Host": "127.0.0.1:8080"}])
def test_own_pages_and_programs_may(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post(f"{API}/start", json={}, headers=headers)
    assert answer.status_code == 200 and "access-control-allow-origin" not in answer.headers


def test_embedded_widget_reads_errors(client: TestClient) -> None:
    visitor = Visitor(client, embedded=True, origin=EMBEDDER)
    visitor.start()
    answer = visitor.send("   ")
    assert answer.status_code == 400 and answer.headers["access-control-allow-origin"] == EMBEDDER


@pytest.mark.parametrize("address", ADDRESSES)
def test_other_methods_are_refused_as_json(client: TestClient, address: str) -> None:
    answer = client.request("PUT", f"{API}/{address}")
    assert (answer.status_code, answer.json()["art"]) == (405, "405")


def test_answers_are_never_cached(visitor: Visitor) -> None:
    for address in ("history", "state"):
        assert visitor.client.get(f"{API}/{address}").headers["cache-control"] == "no-store"


@pytest.mark.parametrize("art", [*PEOPLE, *MACHINES])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_is_a_whole_sentence_in_every_language(language: str, art: str) -> None:
    told = ChatError(art, grund="Wir räumen auf.", laenge="1001", grenze="1000", feld="id").as_json(shared().current(), BASE, language)
    assert told["art"] == art
    for sentence in (told["fehler"], told.get("uebersetzung", "Gut.")):
        assert "{" not in sentence and sentence.rstrip()[-1] in ".!?؟"
    assert ("uebersetzung" in told) == (language != "de" and art in PEOPLE)


@pytest.mark.parametrize("art", ["keine_antwort", "nicht_gespeichert", "ueberlastet", "aus"])
def test_who_gets_no_answer_gets_a_person_and_what_works(art: str) -> None:
    told = ChatError(art, "Wir räumen auf.").as_json(shared().current(), BASE, "uk")
    assert "+49 30 1815-1111" in told["fehler"] and "+49 30 1815-1111" in told["uebersetzung"]
    assert [link["url"] for link in told["links"]] == [f"{BASE}/faq", f"{BASE}/stellen"]
