"""The actions: validation of the place for every kind of answer, naming offices, forgetting a person."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.find_office import ActionFindOffice
from actions.forget_person import ActionForgetPerson
from actions.validate_beratung_form import ASK_AGAIN_AT_MOST, ValidateBeratungForm
from bot.knowledge.contact import HOTLINE
from bot.knowledge.office_text import STATEWIDE


def tracker(slots: dict[str, Any] | None = None, intent: str = "ort_angeben") -> Tracker:
    return Tracker("test", slots or {}, {"intent": {"name": intent}}, [], False, None, {}, None)


def validate(value: Any, again: dict[str, Any] | None = None, intent: str = "ort_angeben") -> dict[str, Any]:
    return ValidateBeratungForm().validate_ort(value, CollectingDispatcher(), tracker({"rueckfrage": again}, intent), {})


@pytest.mark.parametrize(("said", "ort"), [
    ("Kassel", "Kassel"), ("34117", "Kassel"), ("ich wohne in giessen", "Gießen"), ("Bockenheim", "Frankfurt am Main"), ("Landkreis Fulda", "Fulda (Landkreis)"),
    ("Griesheim (Kreis Darmstadt-Dieburg)", "Griesheim (Kreis Darmstadt-Dieburg)"), ("Griesheim (Frankfurt am Main)", "Frankfurt am Main"),
])
def test_clear_place_fills_the_slot(said: str, ort: str) -> None:
    assert validate(said) == {"ort": ort, "rueckfrage": None}


@pytest.mark.parametrize(("said", "ort"), [("Köln", "Köln (Nordrhein-Westfalen)"), ("ich wohne in Mainz", "Mainz (Rheinland-Pfalz)"), ("80331", "80331 (Bayern)"), ("Linden Niedersachsen", "Linden (Niedersachsen)")])
def test_place_outside_hessen_fills_the_slot_with_its_land(said: str, ort: str) -> None:
    assert validate(said) == {"ort": ort, "rueckfrage": None}


@pytest.mark.parametrize("said", ["egal", "Egal!", "Weiß nicht", "keine Ahnung", "Hessen", "ganz Hessen", "überall"])
def test_no_place_means_all_of_hessen(said: str) -> None:
    assert validate(said) == {"ort": STATEWIDE, "rueckfrage": None}


@pytest.mark.parametrize(("said", "art"), [("Höchst", "mehrdeutig"), ("Münster", "mehrdeutig"), ("Frankfrut", "bestaetigen"), ("00000", "plz_unbekannt"), ("asdfgh", "unbekannt"), ("", "unbekannt"), (None, "unbekannt")])
def test_unclear_answer_is_asked_again_with_its_reason(said: Any, art: str) -> None:
    found = validate(said)
    assert (found["ort"], found["rueckfrage"]["art"], found["rueckfrage"]["mal"]) == (None, art, 1)


def test_yes_confirms_the_suggestion() -> None:
    again = validate("Frankfrut")["rueckfrage"]
    assert validate("ja genau", again, "bestaetigen") == {"ort": "Frankfurt am Main", "rueckfrage": None}


@pytest.mark.parametrize("said", ["nein", "Stopp", "lass mich in Ruhe", "nein danke"])
def test_clear_no_ends_the_search_without_a_place(said: str) -> None:
    assert validate(said, None, "verneinen") == {"ort": None, "rueckfrage": {"ende": "abgebrochen"}, "requested_slot": None}


def test_question_is_no_place() -> None:
    assert validate("Was bedeutet das in dem Brief?", None, "unsicher") == {"ort": None, "rueckfrage": {"ende": "unsicher_ohne"}, "requested_slot": None}
    assert validate("Klein-Posemuckel", None, "unsicher")["rueckfrage"]["art"] == "unbekannt"


async def after_an_answer(again: dict[str, Any]) -> dict[str, Any]:
    events = [{"event": "user", "text": "Was kostet das?"}, {"event": "bot", "data": {"custom": {"text": "kosten"}}}, {"event": "action", "name": "beratung_form"}]
    state = Tracker("test", {"requested_slot": "ort", "rueckfrage": again}, {"intent": {"name": "faq"}}, events, False, None, {"name": "beratung_form"}, "utter_faq")
    return {event["name"]: event["value"] for event in await ValidateBeratungForm().run(CollectingDispatcher(), state, {})}


def test_second_interruption_in_a_row_ends_the_search() -> None:
    first = asyncio.run(after_an_answer({}))
    assert first["requested_slot"] == "ort"
    assert asyncio.run(after_an_answer(first["rueckfrage"])) == {"rueckfrage": {"ende": "ort_pause"}, "requested_slot": None}


def test_search_that_ended_without_a_place_names_no_offices() -> None:
    sent, state = CollectingDispatcher(), tracker({"rueckfrage": {"ende": "ort_pause"}})
    assert ActionFindOffice().run(sent, state, {}) == [SlotSet("rueckfrage", None)]
    assert [message["custom"]["text"] for message in sent.messages] == ["ort_pause"]


def test_earlier_end_of_a_form_does_not_hide_the_offices_of_a_known_place() -> None:
    sent = CollectingDispatcher()
    ActionFindOffice().run(sent, tracker({"rueckfrage": {"ende": "pruefung_pause"}, "ort": "Kassel"}), {})
    assert [message["custom"]["typ"] for message in sent.messages] == ["stellen"]


def test_no_to_the_suggestion_asks_again() -> None:
    again = validate("Frankfrut")["rueckfrage"]
    found = validate("Nein, anderer Ort", again, "verneinen")
    assert (found["ort"], found["rueckfrage"]["art"], found["rueckfrage"]["mal"]) == (None, "unbekannt", 2)


def test_yes_without_a_suggestion_is_no_place() -> None:
    assert validate("ja", None, "bestaetigen")["rueckfrage"]["art"] == "unbekannt"


def test_asking_ends_after_a_few_times() -> None:
    again = None
    for _ in range(ASK_AGAIN_AT_MOST):
        again = validate("asdfgh", again)["rueckfrage"]
    assert validate("asdfgh", again) == {"ort": STATEWIDE, "rueckfrage": None}


def find(**slots: Any) -> tuple[dict[str, Any], list]:
    dispatcher = CollectingDispatcher()
    events = ActionFindOffice().run(dispatcher, tracker(slots), {})
    [message] = dispatcher.messages
    return message, events


@pytest.mark.parametrize(("ort", "named"), [("Kassel", "Kassel"), ("Frankfurt am Main", "Frankfurt am Main"), ("Marburg", "Marburg (Kreis Marburg-Biedenkopf)"), (STATEWIDE, "ganz Hessen"), ("unlesbar", "ganz Hessen"), (None, "ganz Hessen")])
def test_offices_are_named_for_the_place(ort: str | None, named: str) -> None:
    message, _ = find(ort=ort)
    assert message["text"].startswith(f"Beratung zur Anerkennung – **{named}**:")
    assert message["custom"]["stellen"]


def test_stored_namesake_leads_to_its_own_kreis() -> None:
    assert find(ort=validate("Griesheim (Kreis Darmstadt-Dieburg)")["ort"])[0]["text"].startswith("Beratung zur Anerkennung – **Griesheim (Kreis Darmstadt-Dieburg)**:")


def test_place_outside_hessen_is_told_without_offices_of_hessen() -> None:
    message, _ = find(ort=validate("ich wohne in München")["ort"])
    assert message["text"].startswith("**München** (Bayern) liegt nicht in Hessen.")
    assert message["custom"]["stellen"] == []


def test_every_answer_names_the_hotline(knowledge) -> None:
    assert all(knowledge.offices[HOTLINE].telefon in find(ort=ort)[0]["text"] for ort in ("Kassel", "Köln", STATEWIDE))


def test_nurse_is_sent_to_the_care_centre(knowledge) -> None:
    offers = [knowledge.offices[card["id"]].angebot for card in find(ort="Kassel", beruf="pflegefachkraft")[0]["custom"]["stellen"]]
    assert offers[0] == "pqz"
    assert "pqz" not in [knowledge.offices[card["id"]].angebot for card in find(ort="Kassel", beruf="koch")[0]["custom"]["stellen"]]


def test_reason_to_ask_again_is_cleared() -> None:
    assert [(e["name"], e["value"]) for e in find(ort="Kassel")[1]] == [("rueckfrage", None)]


def test_forgetting_clears_everything_about_the_person() -> None:
    events = ActionForgetPerson().run(CollectingDispatcher(), tracker({"beruf": "koch", "land": "ua", "ort": "Kassel"}), {})
    assert {(e["name"], e["value"]) for e in events} == {("beruf", None), ("land", None), ("ort", None), ("aufenthalt", None), ("rueckfrage", None)}


@pytest.mark.parametrize("action", [ActionFindOffice, ActionForgetPerson, ValidateBeratungForm])
def test_action_is_listed_in_the_domain(action) -> None:
    from bot.knowledge.base import ROOT

    assert f"- {action().name()}\n" in (ROOT / "domain.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("events", "first"), [
    ([{"event": "user", "text": "Дармштадт", "metadata": {"sprache": "uk"}}], "uk"),
    ([{"event": "user", "text": "Я вчителька з України", "parse_data": {"lotse": {"sprache": "uk"}}}, {"event": "user", "text": "Darmstadt", "parse_data": {"lotse": {"sprache": "de"}}}], "uk"),
    ([{"event": "user", "text": "Beratung in Darmstadt", "parse_data": {"lotse": {"sprache": "de"}}}], "de"),
])
def test_list_of_offices_begins_with_a_line_in_the_persons_language(events: list[dict[str, Any]], first: str) -> None:
    sent = CollectingDispatcher()
    ActionFindOffice().run(sent, Tracker("test", {"ort": "Darmstadt"}, {}, events, False, None, {}, None), {})
    assert sent.messages[0]["custom"].get("absaetze", ["de"])[:2] == ([first, "de"] if first != "de" else ["de"])
