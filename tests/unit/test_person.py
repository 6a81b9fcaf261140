"""What a person told: which answer fits the occupation, what is remembered, and how it is shown."""

from __future__ import annotations

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.person import Person, render_remembered, variant_for
from bot.knowledge.themen import DEFAULT


@pytest.fixture(scope="module")
def nurse(knowledge: Knowledge) -> Person:
    """Returns a nurse from Ukraine who lives in Kassel."""
    return Person.from_slots({"beruf": "pflegefachkraft", "land": "ua", "ort": "Kassel"}, knowledge)


def test_slots_become_a_person(nurse: Person) -> None:
    assert nurse.words() == [f"Beruf: {nurse.beruf.name}", "Land: Ukraine", "Ort: Kassel"]


@pytest.mark.parametrize("slots", [{}, {"beruf": None, "land": None, "ort": None}, {"beruf": "gibt-es-nicht", "land": "zz"}, {"beruf": "", "land": "", "ort": ""}], ids=str)
def test_unknown_or_empty_slots_leave_the_person_unknown(knowledge: Knowledge, slots) -> None:
    assert Person.from_slots(slots, knowledge) == Person()


def test_general_question_is_answered_for_the_occupation(knowledge: Knowledge, nurse: Person) -> None:
    general = knowledge.faqs[knowledge.themen[DEFAULT].aspekte["kosten"]]
    target, lead = variant_for(knowledge, general, nurse)
    assert target.id == nurse.beruf.aspekte["kosten"] != general.id
    assert lead == f"Für Ihren Beruf ({nurse.beruf.name}):"


def test_general_question_stays_general_without_an_occupation(knowledge: Knowledge) -> None:
    general = knowledge.faqs[knowledge.themen[DEFAULT].aspekte["kosten"]]
    assert variant_for(knowledge, general, Person()) == (general, "")


def test_special_question_is_not_replaced(knowledge: Knowledge, nurse: Person) -> None:
    assert variant_for(knowledge, knowledge.faqs["anabin"], nurse) == (knowledge.faqs["anabin"], "")


def test_remembered_facts_are_listed_with_a_button_to_forget(knowledge: Knowledge, nurse: Person) -> None:
    reply = render_remembered(knowledge, nurse)
    assert "; ".join(nurse.words()) in reply.text
    assert [b.payload for b in reply.buttons] == ["Vergiss meine Angaben"]


def test_nothing_remembered_is_said(knowledge: Knowledge) -> None:
    assert render_remembered(knowledge, Person()).text == knowledge.texte["gemerkt_nichts"].text


def person(knowledge, **slots: str) -> Person:
    return Person.from_slots(slots, knowledge)


def test_ids_are_read(knowledge):
    found = person(knowledge, beruf="koch", land="pl", ort="Fulda", aufenthalt="ausland")
    assert (found.beruf.id, found.land.id, found.gruppe, found.ort, found.aufenthalt) == ("koch", "pl", "eu", "Fulda", "ausland")


def test_what_was_written_is_understood(knowledge):
    found = person(knowledge, beruf="ich bin Krankenshwester", land="aus den Philipinen", aufenthalt="noch in Manila")
    assert (found.beruf.id, found.land.id, found.gruppe, found.aufenthalt) == ("pflegefachkraft", "ph", "drittstaat", "ausland")


def test_group_of_countries_counts_without_a_country(knowledge):
    found = person(knowledge, land="eu")
    assert found.land is None and found.gruppe == "eu" and found.words() == ["Land: EU"]


def test_place_means_germany(knowledge):
    assert person(knowledge, ort="Fulda").aufenthalt == "deutschland"


def test_case_has_place_or_the_other_land(knowledge):
    assert person(knowledge, ort="34117").case(knowledge).place.name == "Kassel"
    outside = person(knowledge, ort="Mainz (Rheinland-Pfalz)").case(knowledge)
    assert (outside.place, outside.outside, outside.other_land) == (None, "Mainz", "Rheinland-Pfalz")
    assert person(knowledge, ort="Hessen").case(knowledge).place is None
