"""The chat page, the widget's words and its size."""

from __future__ import annotations

import gzip
import re

import pytest
from starlette.testclient import TestClient

from bot.knowledge.base import Knowledge
from bot.knowledge.live import shared
from bot.web.templating import STATIC

WIDGET = STATIC / "chat.js"
LIMIT = 12_000  # bytes as sent
LANGUAGES = "de en ar uk ru tr fa fr es ro pl".split()


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return shared().current()


def test_widget_is_small_as_sent(client: TestClient) -> None:
    assert len(gzip.compress(WIDGET.read_bytes(), 9)) <= LIMIT
    answer = client.get("/static/chat.js", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) <= LIMIT + 64


def test_widget_needs_nothing_that_trusted_types_forbid() -> None:
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|DOMParser|setHTML|srcdoc|import\(", WIDGET.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_widget_is_sent_in_each_language(client: TestClient, knowledge: Knowledge, language: str) -> None:
    words = client.get(f"/api/oberflaeche/{language}").json()
    used = set(re.findall(r"\bt\.(\w+)|texte\.(\w+)|say\('(\w+)'|line\('(\w+)'", WIDGET.read_text(encoding="utf-8")))
    wanted = {name for hit in used for name in hit if name}
    assert wanted - set(words["texte"]) == set()
    assert words["sprache"] == language
    assert [one["id"] for one in words["sprachen"]] == list(knowledge.sprachen)
    assert words["knoepfe"]["Mehr dazu"] == knowledge.oberflaeche[language]["knopf_mehr"]


def test_words_may_be_read_by_any_site_and_are_german_for_an_unknown_language(client: TestClient) -> None:
    answer = client.get("/api/oberflaeche/xx", headers={"Origin": "https://irgendwo.example"})
    assert answer.json()["sprache"] == "de"
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(("language", "direction"), [("de", "ltr"), ("ar", "rtl"), ("fa", "rtl"), ("uk", "ltr")])
def test_chat_page_has_language_direction_and_a_way_without_javascript(client: TestClient, knowledge: Knowledge, language: str, direction: str) -> None:
    html = client.get(f"/chat?sprache={language}").text
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert knowledge.oberflaeche[language]["chat_ohne_js"] in html.split("<anerkennungslotse-chat")[1]
    assert 'href="/faq"' in html.split("<anerkennungslotse-chat")[1]
    assert not re.search(r"<script(?![^>]* src=)", html)
