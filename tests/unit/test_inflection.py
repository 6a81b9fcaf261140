"""Forms that the data need not list: endings of occupations, Arabic beginnings."""

from __future__ import annotations

import pytest

from bot.nlu.inflection import stem, with_prefixes


@pytest.mark.parametrize(("name", "language", "expected"), [
    ("медсестра", "ru", "медсестр"), ("учительница", "ru", "учительниц"), ("enfermera", "es", "enfermer"), ("pielęgniarka", "pl", "pielęgniark"),
    ("ebe", "tr", "ebe"), ("повар", "ru", "повар"), ("няня", "ru", "няня"), ("зубной врач", "ru", "зубной врач"), ("nurse", "en", "nurse"),
])
def test_only_a_long_single_word_loses_its_last_vowel(name: str, language: str, expected: str) -> None:
    assert stem(name, language) == expected


def test_arabic_word_is_known_with_article_and_prepositions() -> None:
    words = {word for word, german in with_prefixes([("طبيب", "Arzt")]) if german == "Arzt"}
    assert {"طبيب", "الطبيب", "للطبيب", "بالطبيب", "والطبيب", "كطبيب"} <= words


def test_arabic_phrase_is_known_with_and_in_front() -> None:
    assert with_prefixes([("ما ردوا", "keine Antwort"), ("work permit", "Erlaubnis")])[2:] == [("وما ردوا", "keine Antwort")]


def test_listed_words_go_before_made_ones_and_phrases_take_no_article() -> None:
    pairs = [("معادل", "Anerkennung"), ("معادل", "Gleichwertigkeit"), ("المعادل", "Bescheid"), ("رخصة سوق", "Führerschein"), ("zab", "ZAB")]
    found = with_prefixes(pairs)
    assert found[: len(pairs)] == pairs
    assert [german for word, german in found if word == "المعادل"] == ["Bescheid"]
    assert not any("رخصة" in word and word not in {"رخصة سوق", "ورخصة سوق"} or word.endswith("zab") and word != "zab" for word, _ in found)
