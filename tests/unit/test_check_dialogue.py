"""The form's validation on trackers as Rasa sends them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.knowledge.check_dialogue import FORM, OWN_QUESTIONS, checked

ROOT = Path(__file__).parents[2]


def call(knowledge, day, requested=None, slots=None, candidates=None, intent="vorstellung", text=""):
    """Runs the validation; returns the slots that it sets and what it asks for next, or None when it rejects."""
    slots = {"beruf": None, "land": None, "ort": None, "aufenthalt": None, "rueckfrage": None, **(slots or {}), **(candidates or {}), "requested_slot": requested}
    events = [{"event": "action", "name": FORM}, *({"event": "slot", "name": k, "value": v} for k, v in (candidates or {}).items())]
    found = checked({"slots": slots, "events": events, "latest_message": {"intent": {"name": intent}, "text": text}}, knowledge, day)
    if found[0]["event"] == "action_execution_rejected":
        return None
    return {event["name"]: event["value"] for event in found}


def test_nothing_known_asks_for_the_occupation(knowledge, day):
    assert call(knowledge, day) == {"rueckfrage": {"gestellt": 1}, "requested_slot": "beruf"}


def test_all_in_one_sentence_needs_no_question(knowledge, day):
    result = call(knowledge, day, candidates={"beruf": "pflegefachkraft", "land": "ph", "ort": "Fulda"})
    assert result["requested_slot"] is None and result["rueckfrage"] is None


def test_unknown_occupation_is_asked_once_more_with_suggestions(knowledge, day):
    result = call(knowledge, day, "beruf", {"rueckfrage": {"gestellt": 1}}, {"beruf": "Hundefriseur"}, "out_of_scope", "Hundefriseur")
    assert result["beruf"] is None and result["requested_slot"] == "beruf"
    assert result["rueckfrage"] == {"gesagt": "Hundefriseur", "vorschlaege": ["friseur"], "gestellt": 2}


def test_third_question_never_comes(knowledge, day):
    result = call(knowledge, day, "beruf", {"rueckfrage": {"gestellt": 2}}, {"beruf": "Käsemacher"}, "out_of_scope", "Käsemacher")
    assert result["requested_slot"] is None and result["beruf"] is None


@pytest.mark.parametrize(("slot", "said", "value"), [
    ("beruf", "weiß nicht", "unbekannt"), ("beruf", "Krankenshwester", "pflegefachkraft"), ("land", "egal", "unbekannt"), ("land", "In der EU", "eu"), ("land", "aus den Philipinen", "ph"),
    ("aufenthalt", "noch in Indien", "ausland"), ("aufenthalt", "egal", "unbekannt"), ("aufenthalt", "Kassel", "deutschland"),
])
def test_answer_becomes_an_id(knowledge, day, slot, said, value):
    known = {"beruf": "koch"} if slot != "beruf" else {}
    assert call(knowledge, day, slot, {**known, "rueckfrage": {"gestellt": 1}}, {slot: said}, text=said)[slot] == value


def test_answer_with_a_town_gives_place_and_residence(knowledge, day):
    result = call(knowledge, day, "aufenthalt", {"beruf": "maurer", "land": "pl", "rueckfrage": {"gestellt": 1}}, {"aufenthalt": "Marbrug"})
    assert (result["aufenthalt"], result["ort"], result["requested_slot"]) == ("deutschland", "Marburg", None)


def test_ambiguous_town_is_asked_for_crafts(knowledge, day):
    result = call(knowledge, day, "aufenthalt", {"beruf": "maurer", "land": "pl", "rueckfrage": {"gestellt": 1}}, {"aufenthalt": "Allendorf", "ort": "Allendorf"})
    assert result["requested_slot"] == "ort" and result["ort"] is None and len(result["rueckfrage"]["orte"]) == 2


def test_question_in_between_comes_back_to_the_same_question(knowledge, day):
    assert call(knowledge, day, "land", {"beruf": "arzt", "rueckfrage": {"gestellt": 1}}, intent="faq") == {"requested_slot": "land"}


@pytest.mark.parametrize(("intent", "text"), [("faq", "Was kostet das für Köche?"), ("out_of_scope", "Wie wird das Wetter?"), ("unsicher", "wie ist das in Kassel")])
def test_own_question_with_a_name_in_it_is_no_answer(knowledge, day, intent, text):
    assert call(knowledge, day, "aufenthalt", {"beruf": "arzt", "rueckfrage": {"gestellt": 1}}, {"aufenthalt": text}, intent, text) is None


def test_what_was_unknown_may_be_asked_in_a_new_check(knowledge, day):
    result = call(knowledge, day, None, {"beruf": "unbekannt", "land": "unbekannt"})
    assert result["beruf"] is None and result["requested_slot"] == "beruf"


def test_domain_knows_the_same_own_questions():
    slots = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["slots"]
    lists = [m["not_intent"] for slot in slots.values() for m in slot["mappings"] if "not_intent" in m]
    assert lists and all(set(found) == OWN_QUESTIONS for found in lists)


def test_every_own_question_has_a_rule():
    rules = yaml.safe_load((ROOT / "data/stories/rules.yml").read_text(encoding="utf-8"))["rules"]
    inside = {step["intent"] for rule in rules if {"active_loop": FORM} in rule.get("condition", []) for step in rule["steps"] if "intent" in step}
    assert inside >= OWN_QUESTIONS
