"""Which language a message is in: by script, by words that only one language has, then by statistics."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.base import Knowledge
from bot.nlu.language import SUPPORTED, LanguageDetector


@pytest.fixture(scope="module")
def detector(knowledge: Knowledge) -> LanguageDetector:
    """Returns a detector with the words of `data/sprachen.yml`."""
    return LanguageDetector({s.id: s.woerter for s in knowledge.sprachen.values()})


@pytest.mark.parametrize(("text", "language"), [
    ("Was kostet die Anerkennung?", "de"), ("What documents do I need?", "en"), ("Скільки коштує визнання диплома?", "uk"), ("Сколько стоит признание диплома?", "ru"),
    ("Diplomamın denkliği ne kadar sürer?", "tr"), ("كم تكلفة الاعتراف بالشهادة؟", "ar"), ("هزینه معادل‌سازی مدرک چقدر است؟", "fa"), ("Combien coûte la reconnaissance de mon diplôme ?", "fr"),
    ("¿Cuánto cuesta el reconocimiento de mi título?", "es"), ("Cât costă recunoașterea diplomei?", "ro"), ("Ile kosztuje uznanie dyplomu?", "pl"),
], ids=lambda value: value if len(value) == 2 else "")
def test_sentence_of_every_supported_language_is_told(detector: LanguageDetector, text: str, language: str) -> None:
    assert detector.detect(text) == language


@pytest.mark.parametrize(("text", "language"), [
    ("hello", "en"), ("привет", "ru"), ("merhaba", "tr"), ("dzień dobry", "pl"), ("bonjour", "fr"), ("hola", "es"), ("bună ziua", "ro"), ("spasibo", "ru"), ("hallo", "de"), ("شُكْرًا", "ar"),
])
def test_greeting_is_told_by_its_words(detector: LanguageDetector, text: str, language: str) -> None:
    assert detector.detect(text) == language


@pytest.mark.parametrize("text", ["Quanto costa il riconoscimento del mio diploma?", "你好，我想工作", "日本語", "안녕하세요", "ትግርኛ እናገራለሁ"])
def test_other_language_is_told_as_other(detector: LanguageDetector, text: str) -> None:
    assert detector.detect(text) == "xx"


@pytest.mark.parametrize("text", ["", "   ", "123", "🙂", "?!", "ok", "a", "AQB", "Anerkennung"])
def test_too_little_text_is_left_open(detector: LanguageDetector, text: str) -> None:
    assert detector.detect(text) == ""


def test_every_language_of_the_data_is_supported(knowledge: Knowledge) -> None:
    assert set(knowledge.sprachen) == SUPPORTED


def test_every_single_word_of_the_data_tells_its_language(knowledge: Knowledge, detector: LanguageDetector) -> None:
    lost = [(s.id, w) for s in knowledge.sprachen.values() for w in s.woerter if detector.detect(w) != s.id]
    assert lost == []


def test_german_word_outvotes_a_foreign_name(detector: LanguageDetector) -> None:
    assert detector.detect("Was ist die Make it in Germany Hotline, bitte?") == "de"


@given(st.text(st.characters()))
def test_any_text_gets_a_known_answer(text: str) -> None:
    assert LanguageDetector({"de": ["hallo"], "en": ["hello"]}).detect(text) in {*SUPPORTED, "xx", ""}
