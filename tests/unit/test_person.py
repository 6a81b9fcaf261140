"""What a person told: which answer fits the occupation, what is remembered, and how it is shown."""

from __future__ import annotations

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.person import Person, render_introduction, render_remembered, variant_for
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


def test_introduction_names_what_was_heard_and_the_rule_for_the_occupation(knowledge: Knowledge, nurse: Person, day) -> None:
    reply = render_introduction(knowledge, nurse, False, day)
    assert reply.text.startswith(f"Danke, ich habe mir gemerkt: Beruf: {nurse.beruf.name}; Land: Ukraine; Ort: Kassel.\n\n{nurse.beruf.hinweis}")
    assert (reply.custom["typ"], reply.custom["faq"], reply.custom["beruf"]) == ("faq", nurse.beruf.faq, "pflegefachkraft")
    assert reply.buttons[0].payload == "Beratung in Kassel"


def test_introduction_uses_easy_german_on_wish(knowledge: Knowledge, nurse: Person, day) -> None:
    assert render_introduction(knowledge, nurse, True, day).custom["stufe"] == "einfach"


def test_introduction_without_an_occupation_asks_for_it(knowledge: Knowledge, day) -> None:
    reply = render_introduction(knowledge, Person(land=knowledge.laender["ua"]), False, day)
    assert reply.text == "Danke, ich habe mir gemerkt: Land: Ukraine. " + knowledge.texte["beruf_frage"].text


def test_introduction_without_anything_only_asks(knowledge: Knowledge, day) -> None:
    assert render_introduction(knowledge, Person(), False, day).text == knowledge.texte["beruf_frage"].text


def test_every_occupation_can_introduce_itself(knowledge: Knowledge, day) -> None:
    for beruf in knowledge.berufe.values():
        reply = render_introduction(knowledge, Person(beruf=beruf), False, day)
        assert beruf.hinweis in reply.text
        assert "{" not in reply.text


def test_remembered_facts_are_listed_with_a_button_to_forget(knowledge: Knowledge, nurse: Person) -> None:
    reply = render_remembered(knowledge, nurse)
    assert "; ".join(nurse.words()) in reply.text
    assert [b.payload for b in reply.buttons] == ["Vergiss meine Angaben"]


def test_nothing_remembered_is_said(knowledge: Knowledge) -> None:
    assert render_remembered(knowledge, Person()).text == knowledge.texte["gemerkt_nichts"].text
