"""Search as a whole: what is found, why, and what happens with odd input."""

from __future__ import annotations

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.nlu_files import read_examples
from bot.search.engine import Search, fuse
from bot.search.fulltext import TrigramIndex, is_supported


@pytest.mark.parametrize("query, faq", [
    ("anerkenungszuschus", "anerkennungszuschuss"), ("gebuhren aufenthalt", "gebuehren-aufenthalt"), ("Meisterbrief Handwerk", "handwerk-meister-anerkennung"),
    ("krankenschwester kosten", "kosten-hessen-gesundheit"), ("sperrkonto", "lebensunterhalt"), ("zeugnisse verloren", "fehlende-unterlagen-qualifikationsanalyse"),
])
def test_search_finds_without_the_model(search: Search, query: str, faq: str) -> None:
    assert faq in [hit.faq for hit in search.find(query).hits[:3]]


def test_model_ranking_lifts_what_words_do_not_find(search: Search) -> None:
    query = "mein Schein ist von daheim"
    assert "referenzberuf" not in [hit.faq for hit in search.find(query).hits[:3]]
    assert "referenzberuf" in [hit.faq for hit in search.find(query, [("referenzberuf", 0.9)]).hits[:3]]


def test_faq_that_the_model_knows_and_the_content_does_not_is_left_out(search: Search) -> None:
    assert "gibt-es-nicht" not in [hit.faq for hit in search.find("Kosten", [("gibt-es-nicht", 0.99)]).hits]


def test_every_hit_says_why(search: Search) -> None:
    for query in ("16d", "krankenschwester", "nurse recognition", "визнання диплома", "kosten hwk", "Wie teuer ist das?"):
        found = search.find(query)
        assert found.hits, query
        assert all(hit.warum and "".join(text for text, _ in hit.auszug) for hit in found.hits)


def test_foreign_words_are_searched_in_german_and_shown(search: Search) -> None:
    assert any("Anerkennung" in term for term in search.find("визнання диплома").verstanden)


def test_query_words_are_marked_in_the_question(search: Search) -> None:
    hit = next(h for h in search.find("Anerkennungszuschuss").hits if h.faq == "anerkennungszuschuss")
    assert ("Anerkennungszuschuss", True) in hit.frage
    assert "".join(text for text, _ in hit.frage) == "Was ist der Anerkennungszuschuss?"


@pytest.mark.parametrize("query", ["", "   ", "§", "\"", "' OR 1=1 --", "*", "NEAR(", "a" * 5000, "🙂", "\x00", "frage: kosten", "؟", "{werte.x}", "-", "AND OR NOT"])
def test_odd_input_is_no_error(search: Search, query: str) -> None:
    assert isinstance(search.find(query).hits, tuple)


def test_nothing_alike_gives_nothing(search: Search) -> None:
    assert search.find("xqzzvw").hits == ()


def test_fallback_without_fts5_finds_the_same_topics(knowledge: Knowledge) -> None:
    plain = Search(knowledge, read_examples(DATA / "nlu" / "faq"), with_fts5=False)
    assert plain.find("anerkenungszuschus").hits[0].faq == "anerkennungszuschuss"
    assert plain.find("16d").hits[0].warum.startswith("beruht auf § 16d")


def test_fts5_is_used_when_sqlite_has_it(search: Search) -> None:
    assert isinstance(search._trigrams, TrigramIndex) == is_supported()


def test_fusion_prefers_what_both_rank_high() -> None:
    scores = fuse({"text": ["a", "b"], "modell": ["b", "c"]})
    assert max(scores, key=lambda i: scores[i]) == "b"
