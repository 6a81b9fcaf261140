"""Occupation and aspect in one question lead to the occupation's own answer; everything else stays as the classifier heard it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.aspects import OccupationAspects

ASPECTS = OccupationAspects(
    {"elektriker": "elektriker", "elektrikerin": "elektriker", "krankenschwester": "pflege", "arztin": "arzt", "medizinische fachangestellte": "mfa"},
    {"elektriker": {"faq": "strom", "kosten": "kosten-hwk", "unterlagen": "liste", "zustaendig": "kammern"}, "pflege": {"faq": "pflege", "kosten": "kosten-gesundheit", "dauer": "pflege-fristen"},
     "arzt": {"faq": "approbation"}, "mfa": {"faq": "mfa", "kosten": "kosten-kammer"}},
    {"kosten": "kosten-ueberblick", "dauer": "fristen", "unterlagen": "liste", "zustaendig": "finden"},
)


@pytest.mark.parametrize(("text", "label", "answers"), [
    ("was kostet anerkennung als elektriker", "faq/strom", ["faq/kosten-hwk"]),
    ("Was kostet die Anerkennung als Krankenschwester?", "faq/kosten-ueberblick", ["faq/kosten-gesundheit"]),
    ("Unterlagen Elektrikerin", "anerkennung_pruefen", ["faq/liste"]),
    ("wie lange dauert es bei krankenschwester", "anschluss/dauer", ["faq/pflege-fristen"]),
    ("preis medizinische fachangestellte", "faq/kosten-ueberblick", ["faq/kosten-kammer"]),
    ("electrician cost Elektriker Anerkennung Kosten", "faq/strom", ["faq/kosten-hwk"]),
    ("kosten und unterlagen elektriker", "faq/kosten-ueberblick", ["faq/kosten-hwk", "faq/liste"]),
    ("wie lange und wie teuer als krankenschwester", "anschluss/dauer", ["faq/pflege-fristen", "faq/kosten-gesundheit"]),
], ids=lambda value: str(value)[:30])
def test_aspect_of_an_occupation_finds_its_own_answer(text: str, label: str, answers: list[str]) -> None:
    assert ASPECTS.asked(text, label) == answers


@pytest.mark.parametrize(("text", "label"), [
    ("was kostet die anerkennung", "faq/kosten-ueberblick"),
    ("ich bin elektriker", "vorstellung"),
    ("was kostet die ihk fosa für elektriker", "faq/kosten-ihk-fosa"),
    ("handwerkskammer kosten krankenschwester", "faq/kosten-hwk"),
    ("was kostet das visum für einen elektriker", "faq/visum"),
    ("ist die anerkennung für elektriker teurer als für krankenschwester, kosten", "faq/kosten-ueberblick"),
    ("wie lange dauert die approbation als ärztin", "faq/approbation"),
    ("was kostet eine stunde elektriker", "out_of_scope"),
    ("wer ist zuständig elektriker", "faq/strom"),
    ("ist die beratung kostenlos, elektriker", "faq/beratung"),
    ("", "faq/strom"),
], ids=lambda value: str(value)[:30])
def test_question_stays_what_it_was_understood_as(text: str, label: str) -> None:
    assert ASPECTS.asked(text, label) == []


@given(st.text())
def test_any_text_gets_at_most_two_answers(text: str) -> None:
    assert len(ASPECTS.asked(text, "faq/kosten-ueberblick")) <= 2
