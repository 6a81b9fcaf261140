"""Search by address: without JavaScript, as JSON, with filters and a print list."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from bot.knowledge.base import Knowledge


def ids(reader: TestClient, **asked: str) -> list[str]:
    """Returns the ids that `/api/faq` finds."""
    return [hit["id"] for hit in reader.get("/api/faq", params=asked).json()["treffer"]]


def test_page_and_json_find_the_same_in_the_same_order(reader: TestClient) -> None:
    page = reader.get("/faq", params={"q": "zeugnis verloren"}).text
    links = re.findall(r'<h2><a href="/faq/([a-z0-9-]+)\?', page)
    assert links == ids(reader, q="zeugnis verloren") and "fehlende-unterlagen-qualifikationsanalyse" in links[:3]


def test_result_says_why_and_links_carry_search_and_rank(reader: TestClient) -> None:
    text = reader.get("/faq", params={"q": "16d"}).text
    assert "beruht auf § 16d" in text and "?q=16d&amp;rang=1" in text
    assert 'role="status"' in text and "Treffer für „16d“" in text


def test_marked_words_are_marked_on_the_page(reader: TestClient) -> None:
    assert "<mark>Anerkennungszuschuss</mark>" in reader.get("/faq", params={"q": "Anerkennungszuschuss"}).text


def test_nothing_found_names_people_who_help(reader: TestClient) -> None:
    text = reader.get("/faq", params={"q": "xqzzvw"}).text
    assert "0 Treffer" in text and "Dazu steht hier keine Antwort" in text and 'href="/stellen"' in text and "tel:+49" in text


def test_filters_narrow_the_search(reader: TestClient, knowledge: Knowledge) -> None:
    found = ids(reader, q="kosten", thema="sprache")
    assert found and all(knowledge.faqs[i].thema == "sprache" for i in found)
    law = ids(reader, recht="BeschV")
    assert law and all(any("BeschV" in n.norm for n in knowledge.faqs[i].rechtsgrundlagen) for i in law)
    assert "pflegefachkraft-anerkennung" in ids(reader, gruppe="pflege")


def test_unknown_filters_are_ignored(reader: TestClient, knowledge: Knowledge) -> None:
    assert len(ids(reader, thema="wetter")) == len(knowledge.faqs)
    assert reader.get("/faq", params={"thema": "<script>"}).status_code == 200


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", "\"><img src=x>", "' OR 1=1", "a" * 3000, "ä" * 300, "%00", "{{7*7}}", "؟"])
def test_hostile_searches_are_shown_as_text(reader: TestClient, query: str) -> None:
    answer = reader.get("/faq", params={"q": query})
    assert answer.status_code == 200 and "<script>alert" not in answer.text and "<img src=x" not in answer.text
    assert reader.get("/api/faq", params={"q": query}).status_code == 200


def test_print_list_lives_in_the_address(reader: TestClient) -> None:
    text = reader.get("/faq/druck", params={"ids": "anabin,blaue-karte,gibts-nicht,anabin"}).text
    assert text.count('class="druckstueck"') == 2
    assert 'href="/faq?korb=anabin,blaue-karte"' in text and 'href="/faq/druck?ids=blaue-karte"' in text
    assert "korb=anabin" in reader.get("/faq", params={"q": "16d", "korb": "anabin"}).text
    assert 'href="/faq/druck?ids=anabin,aqb"' in reader.get("/faq/aqb", params={"korb": "anabin"}).text


def test_json_answer_matches_the_data(reader: TestClient, knowledge: Knowledge) -> None:
    for faq in knowledge.faqs.values():
        data = reader.get(f"/api/faq/{faq.id}").json()
        assert (data["frage"], data["stand"], data["gilt"], data["sicher"]) == (faq.frage, faq.stand.isoformat(), faq.gilt, faq.sicher)
        assert [n["norm"] for n in data["rechtsgrundlagen"]] == [n.norm for n in faq.rechtsgrundlagen] and "{werte" not in data["antwort"] + data["mehr"]


def test_open_data_may_be_read_by_any_site(reader: TestClient) -> None:
    assert reader.get("/api/faq/anabin").headers["access-control-allow-origin"] == "*"


def test_head_of_an_answer_names_its_json_and_its_stable_address(reader: TestClient) -> None:
    text = reader.get("/faq/anabin", params={"q": "x", "rang": "1"}).text
    assert '<link rel="canonical" href="https://lotse.example/faq/anabin">' in text and 'href="/api/faq/anabin"' in text
