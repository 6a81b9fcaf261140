"""The question for the place of residence: first time, and after each kind of unclear answer."""

from __future__ import annotations

import pytest

from actions.validate_beratung_form import question
from bot.knowledge.base import Knowledge
from bot.knowledge.place_question import render_place_question


def ask(knowledge: Knowledge, said: str, sprache=None):
    found = knowledge.places.resolve(said, expected=True)
    return render_place_question(knowledge, question(found, 1), False, sprache)


def test_first_question_needs_no_reason(knowledge: Knowledge) -> None:
    reply = render_place_question(knowledge, {}, False, None)
    assert (reply.text, reply.custom) == (knowledge.texte["ort_frage"].text, {"typ": "ort_frage", "art": "frage"})
    assert [b.payload for b in reply.buttons] == ["Egal"]


def test_namesakes_become_one_button_each(knowledge: Knowledge) -> None:
    reply = ask(knowledge, "Griesheim")
    assert reply.text == "„Griesheim“ gibt es mehrmals. Welchen Ort meinen Sie?"
    assert {b.payload for b in reply.buttons} == {"Griesheim (Kreis Darmstadt-Dieburg)", "Griesheim (Frankfurt am Main)"}


def test_namesake_outside_hessen_becomes_a_button_with_its_land(knowledge: Knowledge) -> None:
    assert [b.title for b in ask(knowledge, "Münster").buttons] == ["Münster (Hessen), Kreis Darmstadt-Dieburg", "Münster in Nordrhein-Westfalen"]


@pytest.mark.parametrize("said", ["Griesheim", "Münster", "Höchst", "Linden", "Lautertal", "Kalbach", "Westend", "Homberg", "Frankfrut", "Giesen"])
def test_every_button_ends_the_question(knowledge: Knowledge, said: str) -> None:
    choices = [b.payload for b in ask(knowledge, said).buttons if b.payload != "Nein, anderer Ort"]
    assert choices
    assert {knowledge.places.resolve(choice, expected=True).kind for choice in choices} <= {"gefunden", "ausserhalb"}


def test_typo_is_quoted_as_written_and_confirmed(knowledge: Knowledge) -> None:
    reply = ask(knowledge, "Frankfrut")
    assert reply.text == "Einen Ort „Frankfrut“ kenne ich nicht. Meinen Sie Frankfurt am Main?"
    assert [b.payload for b in reply.buttons] == ["Frankfurt am Main", "Nein, anderer Ort"]


def test_wrong_plz_is_quoted(knowledge: Knowledge) -> None:
    assert ask(knowledge, "00000").text.startswith("Die Postleitzahl 00000 gibt es nicht.")


def test_unknown_place_is_asked_again_with_a_way_out(knowledge: Knowledge) -> None:
    reply = ask(knowledge, "asdfgh")
    assert (reply.text, reply.custom["art"]) == (knowledge.texte["ort_unbekannt"].text, "unbekannt")
    assert [b.payload for b in reply.buttons] == ["Egal"]


def test_easy_german_and_other_languages_are_used(knowledge: Knowledge) -> None:
    sprache = knowledge.sprachen["tr"]
    assert render_place_question(knowledge, {}, True, None).text == knowledge.texte["ort_frage"].einfach
    assert render_place_question(knowledge, {}, False, sprache).text.startswith(sprache.zeilen["wohnort"])


@pytest.mark.parametrize("said", ["Griesheim", "Frankfrut", "00000", "asdfgh"])
def test_no_placeholder_is_left(knowledge: Knowledge, said: str) -> None:
    assert "{" not in ask(knowledge, said).text


def test_buttons_fit_on_a_phone(knowledge: Knowledge) -> None:
    assert all(len(b.title) <= 48 for said in ("Griesheim", "Münster", "Homberg", "Lautertal") for b in ask(knowledge, said).buttons)
