"""Paragraphs in law references and queries."""

from __future__ import annotations

import pytest

from bot.search.engine import Search
from bot.search.paragraphs import Paragraph, laws, parse_norm


@pytest.mark.parametrize("norm, expected", [
    ("§ 16d Abs. 1 und 2 AufenthG", [("aufenthg", "16d")]),
    ("§ 3 Abs. 1, 2 und 3 BÄO", [("baeo", "3")]),
    ("§§ 12, 13 DeuFöV", [("deufoev", "12"), ("deufoev", "13")]),
    ("§§ 71a bis 71c VwVfG", [("vwvfg", "71a"), ("vwvfg", "71b"), ("vwvfg", "71c")]),
    ("§§ 1 bis 3 und 5 EU/EWRHwV", [("eu ewrhwv", "1"), ("eu ewrhwv", "2"), ("eu ewrhwv", "3"), ("eu ewrhwv", "5")]),
    ("§ 3 Abs. 1 und § 5 FreizügG/EU", [("freizuegg eu", "3"), ("freizuegg eu", "5")]),
    ("Art. 21 Richtlinie 2005/36/EG", [("richtlinie 2005 36 eg", "21")]),
    ("§ 81 SGB III", [("sgb iii", "81")]),
    ("Anlage 2 SGB VI", [("sgb vi", "")]),
    ("§ 29a AsylG mit Anlage II", [("asylg", "29a")]),
    ("Weiterbildungsordnung der Landesärztekammer Hessen", []),
])
def test_norm_gives_its_paragraphs_without_absatz(norm: str, expected: list[tuple[str, str]]) -> None:
    assert [(p.law, p.number) for p in parse_norm(norm)] == expected


def test_law_names_keep_their_spelling() -> None:
    assert laws("§ 3 Abs. 1 und § 5 FreizügG/EU") == ["FreizügG/EU"]


@pytest.mark.parametrize("query, law, number", [
    ("16d", "", "16d"), ("§ 18g aufenthg", "aufenthg", "18g"), ("bqfg 4", "bqfg", "4"), ("§4 BQFG", "bqfg", "4"), ("§ 16 d Abs. 3 AufenthG", "aufenthg", "16d"),
    ("sgb iii 81", "sgb iii", "81"), ("§ 24", "", "24"), ("paragraph 81a", "", "81a"), ("BQFG", "bqfg", ""), ("aufenthaltsgesetz 20a", "aufenthg", "20a"),
])
def test_query_names_a_paragraph(search: Search, query: str, law: str, number: str) -> None:
    assert search.paragraphs.asked(query) == [Paragraph(law, number)]


@pytest.mark.parametrize("query", ["24 Jahre alt", "B2 oder C1", "3 Monate Frist", "Gehalt 2026", "", "34117 Kassel"])
def test_other_numbers_are_no_paragraphs(search: Search, query: str) -> None:
    assert search.paragraphs.asked(query) == []


@pytest.mark.parametrize("query, number", [("16d", "16d"), ("§ 18g aufenthg", "18g"), ("20a", "20a"), ("81a", "81a")])
def test_paragraph_hits_come_first_and_say_so(search: Search, query: str, number: str) -> None:
    hits = search.find(query).hits
    resting = [hit for hit in hits if hit.warum.startswith("beruht auf")]
    assert resting and hits[: len(resting)] == tuple(resting)
    assert all(f"{number} " in hit.warum for hit in resting)


def test_whole_law_is_ordered_by_the_other_words(search: Search) -> None:
    assert "bqfg-zweck" in [hit.faq for hit in search.find("BQFG Zweck des Gesetzes").hits[:3]]
