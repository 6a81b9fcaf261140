"""Pages that stand by themselves, and what every response must carry."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from bot.knowledge.base import DATA, Knowledge
from bot.web.templating import markdown

PAGES = ("/", "/impressum", "/datenschutz", "/barrierefreiheit", "/team/anmelden")
LANGUAGES = sorted(path.stem for path in (DATA / "oberflaeche").glob("*.yml"))


@pytest.mark.parametrize("address", [*PAGES, "/gibt-es-nicht", "/static/stil.css", "/api/nichts", "/lebt", "/robots.txt"])
def test_every_response_is_strict(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert "unsafe" not in headers["content-security-policy"] and "default-src 'none'" in headers["content-security-policy"]
    assert "require-trusted-types-for 'script'" in headers["content-security-policy"]
    assert "frame-ancestors 'self' https://stadt.example" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert headers["strict-transport-security"].startswith("max-age=")
    assert "server" not in headers


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_small_and_have_no_inline_code(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200 and len(answer.content) < 60_000
    assert "<script>" not in answer.text and " style=" not in answer.text and " onclick" not in answer.text
    assert answer.text.count("<h1") == 1 and '<html lang="de" dir="ltr">' in answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_start_page_speaks_every_language(client: TestClient, language: str) -> None:
    knowledge = Knowledge.load()
    text = client.get("/", params={"sprache": language}).text
    assert f'<html lang="{language}" dir="{knowledge.sprachen[language].richtung}">' in text
    assert knowledge.oberflaeche[language]["start_knopf"] in text


def test_unknown_language_is_german(client: TestClient) -> None:
    assert '<html lang="de"' in client.get("/", params={"sprache": "<script>"}).text


def test_missing_pages_say_where_to_go_on(client: TestClient) -> None:
    answer = client.get("/gibt-es-nicht")
    assert answer.status_code == 404 and 'href="/faq"' in answer.text
    assert client.get("/api/nichts").json() == {"fehler": "Diese Seite gibt es nicht.", "art": "404"}


@pytest.mark.parametrize("headers", [{}, {"content-length": "99999999"}, {"content-length": "viel"}])
def test_bodies_are_limited(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.post("/barrierefreiheit", content=b"text=" + b"a" * 20_000, headers={"content-type": "application/x-www-form-urlencoded", **headers})
    assert answer.status_code in (400, 413)


def test_what_the_operator_left_out_is_shown(client: TestClient) -> None:
    assert "Angabe fehlt: Anschrift" in client.get("/impressum").text
    assert "Angabe fehlt: Rechtsgrundlage der Verarbeitung" in client.get("/datenschutz").text


def test_reported_barrier_reaches_the_inbox(client: TestClient, hidden_field) -> None:
    shown = client.get("/barrierefreiheit").text
    form = {"schutz": hidden_field(shown, "schutz"), "text": "Die Karte lässt sich nicht vergrößern"}
    assert "Ihre Meldung ist angekommen" in client.post("/barrierefreiheit", data=form).text
    assert client.post("/barrierefreiheit", data=form | {"schutz": "falsch"}).status_code == 403
    assert client.post("/barrierefreiheit", data=form, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_not_ready_without_rasa(client: TestClient) -> None:
    answer = client.get("/bereit")
    assert answer.status_code == 503 and answer.json()["teile"]["rasa"] is False


@pytest.mark.parametrize(("text", "expected", "banned"), [
    ("**fett** und [Link](https://a.example)", "<strong>fett</strong> und <a href=\"https://a.example\">", ""),
    ("<img src=x onerror=alert(1)>", "&lt;img", "<img"),
    ("[x](javascript:alert(1))", "[x](javascript", "<a"),
    ("[x](data:text/html,<script>)", "[x](data", "<a"),
    ("- eins\n- zwei", "<ul>\n<li>eins</li>", ""),
])
def test_markdown_makes_no_surprises(text: str, expected: str, banned: str) -> None:
    html = str(markdown(text))
    assert expected in html and (not banned or banned not in html)
