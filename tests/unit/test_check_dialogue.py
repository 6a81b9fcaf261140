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
    if found[-1]["event"] == "action_execution_rejected":
        assert all(event["value"] is None for event in found[:-1]) and {event["name"] for event in found[:-1]} == (set(candidates or {}) if intent != "faq" else set())
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


def back(knowledge, day, again, text="kosten-ueberblick"):
    """Runs the validation as Rasa does it after an answer to something else."""
    slots = {"beruf": "arzt", "land": None, "ort": None, "aufenthalt": None, "rueckfrage": again, "requested_slot": "land"}
    events = [{"event": "user", "text": "Was kostet das?"}, {"event": "action", "name": "utter_faq"}, {"event": "bot", "data": {"custom": {"text": text}}}, {"event": "action", "name": FORM}]
    return {event["name"]: event["value"] for event in checked({"slots": slots, "events": events, "latest_message": {"intent": {"name": "faq"}}}, knowledge, day)}


def test_second_interruption_in_a_row_ends_the_form_with_an_offer(knowledge, day):
    first = back(knowledge, day, {"gestellt": 1})
    assert first["requested_slot"] == "land"
    assert back(knowledge, day, first["rueckfrage"]) == {"rueckfrage": {"ende": "pruefung_pause"}, "requested_slot": None}


def test_an_answer_in_between_starts_the_count_anew(knowledge, day):
    result = call(knowledge, day, "beruf", {"rueckfrage": {"gestellt": 1, "gestoert": 1}}, {"beruf": "Arzt"}, text="Arzt")
    assert result["rueckfrage"] == {"gestellt": 2}


def test_goodbye_ends_the_form_at_once(knowledge, day):
    assert back(knowledge, day, {"gestellt": 1}, "gespraech/abschied")["requested_slot"] is None


@pytest.mark.parametrize(("requested", "text", "intent"), [
    ("beruf", "nein", "verneinen"), ("land", "nein", "verneinen"), ("aufenthalt", "nein danke", "verneinen"), ("beruf", "stopp!", "unsicher"), ("beruf", "Lass mich in Ruhe", "gemerkt_loeschen"),
    ("land", "hör bitte auf", "unsicher"), ("ort", "ich will nicht", "weiss_nicht"), ("beruf", "Abbrechen", "abbrechen"),
])
def test_clear_no_ends_the_form_and_keeps_nothing_of_it(knowledge, day, requested, text, intent):
    result = call(knowledge, day, requested, {"rueckfrage": {"gestellt": 1}}, {requested: text}, intent, text)
    assert result == {requested: None, "rueckfrage": {"ende": "abgebrochen"}, "requested_slot": None}


def test_no_to_living_in_germany_is_an_answer(knowledge, day):
    assert call(knowledge, day, "aufenthalt", {"beruf": "arzt", "land": "sy", "rueckfrage": {"gestellt": 1}}, {"aufenthalt": "ausland"}, "verneinen", "nein")["aufenthalt"] == "ausland"


def test_who_does_not_want_to_say_it_gets_the_general_path(knowledge, day):
    result = call(knowledge, day, "beruf", {"rueckfrage": {"gestellt": 1}}, {"beruf": "das sage ich nicht"}, "weiss_nicht", "das sage ich nicht")
    assert (result["beruf"], result["requested_slot"]) == ("unbekannt", None)


def test_bare_place_is_an_answer_whatever_the_model_sees_in_it(knowledge, day):
    message = {"intent": {"name": "gespraech"}, "text": "in fulda", "entities": [{"entity": "ort", "start": 3, "end": 8}]}
    slots = {"beruf": "arzt", "land": "sy", "ort": "fulda", "rueckfrage": {"gestellt": 1}, "requested_slot": "aufenthalt"}
    events = [{"event": "user", "text": "in fulda"}, {"event": "action", "name": FORM}, {"event": "slot", "name": "ort", "value": "fulda"}]
    result = {event["name"]: event.get("value") for event in checked({"slots": slots, "events": events, "latest_message": message}, knowledge, day)}
    assert (result["ort"], result["requested_slot"]) == ("Fulda", None)


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
