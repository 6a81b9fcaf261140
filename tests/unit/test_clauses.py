"""The one clear question inside a long message."""

from __future__ import annotations

from typing import Sequence

import pytest

from bot.nlu.clauses import clauses, clear_clause
from bot.nlu.decision import Thresholds
from bot.nlu.hybrid import OUT_OF_SCOPE, Prediction

LIMITS = Thresholds(answer_from=0.4, decline_below=2.0, answer_margin=3.0, answer_margin_foreign=6.0)
UNCLEAR = Prediction([("faq/aqb", 0.2)], 1.5, "de", "")
# What single clauses are taken for; all others are off topic.
KNOWN = {
    "was kostet die Anerkennung": ("faq/kosten-ueberblick", 0.99, 12.0),
    "wie lange dauert die Anerkennung": ("faq/fristen-entscheidung", 0.95, 10.0),
    "was könnte das wohl sein": ("faq/anabin", 0.8, 12.0),
    "am Rand des Themas": ("faq/anabin", 0.99, 5.0),
    "wie lange dauert das": ("anschluss/dauer", 1.0, 14.0),
}


def predict(texts: Sequence[str]) -> list[Prediction]:
    found = [KNOWN.get(text, (OUT_OF_SCOPE, 0.9, -3.0)) for text in texts]
    return [Prediction([(label, confidence)], margin, "de", text) for (label, confidence, margin), text in zip(found, texts)]


def label(text: str, whole: Prediction = UNCLEAR) -> str:
    return clear_clause(text, whole, LIMITS, predict).ranking[0][0]


@pytest.mark.parametrize(("text", "parts"), [
    ("Was kostet die Anerkennung?", []),
    ("Hallo! Was kostet die Anerkennung?", ["Was kostet die Anerkennung"]),
    ("ich heiße X und bin neu, was kostet die Anerkennung", ["ich heiße X und bin neu", "was kostet die Anerkennung"]),
    ("", []), ("?!;,", []), ("a, b, c", []),
])
def test_only_parts_that_may_stand_alone_are_looked_at(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


def test_question_after_an_introduction_is_heard() -> None:
    assert label("Ich komme aus Syrien und wohne hier, was kostet die Anerkennung?") == "faq/kosten-ueberblick"


@pytest.mark.parametrize("text", [
    "Mein Auto ist kaputt, wie lange dauert das?", "Ich habe eine Frage, was könnte das wohl sein?", "Ich habe eine Frage, am Rand des Themas", "Ich bin hier, und mein Hund auch",
])
def test_unsure_clauses_and_bare_follow_ups_change_nothing(text: str) -> None:
    assert label(text) == "faq/aqb"


def test_two_clear_questions_leave_the_message_as_it_was() -> None:
    assert label("Sagen Sie bitte: was kostet die Anerkennung, wie lange dauert die Anerkennung?") == "faq/aqb"


def test_answered_and_foreign_messages_stay() -> None:
    text = "Ich bin neu hier, was kostet die Anerkennung?"
    assert label(text, Prediction([("faq/anabin", 0.9)], 9.0, "de", "")) == "faq/anabin"
    assert label(text, Prediction([("faq/anabin", 0.2)], 1.0, "uk", "")) == "faq/anabin"


def test_very_long_messages_cost_few_predictions() -> None:
    assert len(clauses("das ist ein Satz. " * 60)) == 8
