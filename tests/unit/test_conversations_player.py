"""The player of the regression conversations: what it accepts, and the German sentence for each way to fail."""

from __future__ import annotations

import pytest

from bot.training.conversations import Answer, Script, load_scripts, play

FAQ = {"text": "Die Gebühr steht im Bescheid. Stand: 01.01.2026", "buttons": [{"title": "Mehr dazu"}], "custom": {"typ": "faq", "faq": "anabin", "stufe": "klar"}}


def says(*replies: dict):
    rest = list(replies)
    return lambda _: Answer([rest.pop(0)])


@pytest.mark.parametrize("turn", [{}, {"faq": "anabin"}, {"stufe": "klar", "typ": "faq"}, {"enthaelt": ["Stand:", "Gebühr"]}, {"nicht": ["Einhorn"]}, {"knopf": "Mehr dazu"}])
def test_conversation_as_written_passes(turn: dict) -> None:
    assert play(Script("t", "f", {"zuege": [{"sagt": "hallo", **turn}]}), says(FAQ)) == ""


@pytest.mark.parametrize(("turn", "problem"), [
    ({"faq": "aqb"}, "Erwartet war die FAQ „aqb“, es kam „anabin“."), ({"stufe": "mehr"}, "Erwartet war stufe „mehr“, es kam „klar“."), ({"enthaelt": ["Stand:", "Einhorn"]}, "In der Antwort fehlt „Einhorn“."),
    ({"nicht": ["Gebühr"]}, "In der Antwort steht „Gebühr“."), ({"knopf": "Kosten"}, "Der Knopf „Kosten“ fehlt."), ({"ohne_knopf": True}, "Knöpfe waren nicht erwartet."),
    ({"fqa": "anabin"}, "Unbekannte Angabe fqa"),
])
def test_each_way_to_fail_is_told(turn: dict, problem: str) -> None:
    assert problem in play(Script("t", "f", {"zuege": [{"sagt": "hallo", **turn}]}), says(FAQ))


def test_silence_fails() -> None:
    assert "Die Antwort ist leer." in play(Script("t", "f", {"zuege": [{"sagt": "hallo"}]}), says({}))


def test_check_counts_questions_and_what_was_understood() -> None:
    asks, ends = {"custom": {"typ": "pruefung_frage", "frage": "land"}}, {"custom": {"typ": "pruefung", "land": "in"}}
    person = Script("t", "f", {"sagt": "ich bin Koch", "land": "Indien", "ist": {"land": "in"}})
    assert play(person, says(asks, ends)) == ""
    assert play(person, says(asks, {"custom": {"typ": "pruefung", "land": "ua"}})) == "Verstanden wurde land „ua“ statt „in“."
    assert play(person, says(asks, asks, asks, asks)) == "Die Anerkennungsprüfung endet nicht nach 2 Fragen."


def test_every_conversation_has_a_title_of_its_own() -> None:
    titles = [script.title for script in load_scripts()]
    assert len(titles) == len(set(titles)) > 60
