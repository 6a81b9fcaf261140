"""Findings about well-formed content: hard answers, few phrasings, one sentence for two intents."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.nlu_files import Example
from bot.knowledge.quality import MIN_PHRASINGS, content_findings, official_names


@pytest.fixture
def small(small_data: Path) -> Knowledge:
    """Returns the tiny content with one FAQ."""
    return Knowledge.load(small_data)


def examples(count: int, intent: str = "faq/anabin", word: str = "Frage") -> list[Example]:
    return [Example(f"{word} {i}", intent, Path("x.yml"), i) for i in range(count)]


def with_answer(small: Knowledge, **change: str) -> Knowledge:
    return replace(small, faqs={"anabin": replace(small.faqs["anabin"], **change)})


def test_good_content_has_no_findings(small: Knowledge) -> None:
    assert content_findings(small, examples(MIN_PHRASINGS)) == []


def test_too_few_phrasings_are_counted(small: Knowledge) -> None:
    assert content_findings(small, examples(MIN_PHRASINGS - 1)) == [f"data/nlu/faq/anabin.yml: {MIN_PHRASINGS - 1} Fragen, nötig sind {MIN_PHRASINGS}."]


def test_questions_without_an_answer_are_named(small: Knowledge) -> None:
    assert content_findings(small, [*examples(MIN_PHRASINGS), *examples(1, "faq/weg", "Andere")]) == ["Zu den Fragen „faq/weg“ gibt es keine Antwort in data/faq/."]


@pytest.mark.parametrize("twin", ["Frage 3", "FRAGE 3?", "frage, 3!"])
def test_same_sentence_for_two_intents_is_named(small: Knowledge, twin: str) -> None:
    found = content_findings(small, [*examples(MIN_PHRASINGS), Example(twin, "mensch", Path("y.yml"), 1)])
    assert found == ["Derselbe Satz „frage 3“ steht in faq/anabin, mensch."]


def test_foreign_sentences_with_the_same_name_inside_are_not_the_same(small: Knowledge) -> None:
    foreign = [Example("Що таке AQB?", "mensch", Path("y.yml"), 1), Example("ما هو AQB؟", "faq/anabin", Path("y.yml"), 2)]
    assert content_findings(small, [*examples(MIN_PHRASINGS), *foreign]) == []


def test_hard_easy_answer_is_named_with_its_file(small: Knowledge) -> None:
    [finding] = content_findings(with_answer(small, antwort_einfach="Wort " * 25 + "."), examples(MIN_PHRASINGS))[:1]
    assert finding.startswith("data/faq/anabin.yml, antwort_einfach: ")


def test_technical_answer_is_named_with_its_lix(small: Knowledge) -> None:
    hard = "Behördliche Gleichwertigkeitsfeststellungsverfahren erfordern beglaubigte Übersetzungen ausländischer Qualifikationsnachweise."
    assert [f for f in content_findings(with_answer(small, antwort=hard), examples(MIN_PHRASINGS)) if "antwort: Der LIX ist" in f]


def test_official_names_are_read_without_comments() -> None:
    names = official_names()
    assert "handwerkskammer" in names
    assert not [name for name in names if name.startswith("#") or name != name.lower()]
