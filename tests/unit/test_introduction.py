"""What a message tells about a person, and whether it tells nothing else."""

from __future__ import annotations

import pytest

from bot.knowledge.introduction import Name, complete
from bot.knowledge.residence import answered_residence, stated_residence


def names(text: str, **found: str) -> list[Name]:
    """Returns entities for (entity, word in the text) pairs; the value is the word itself, or „word=value“."""
    result = []
    for entity, words in found.items():
        for part in words.split("|"):
            word, _, value = part.partition("=")
            start = text.index(word)
            result.append(Name(entity, value or word, start, start + len(word)))
    return result


def told(result: tuple[str, list[Name]]) -> dict[str, str]:
    return {n.entity: n.value for n in result[1]}


@pytest.mark.parametrize(("text", "found"), [
    ("Koch", {"beruf": "Koch=koch"}), ("nein, aus Polen", {"land": "Polen=pl"}), ("nein, ich bin Köchin", {"beruf": "Köchin=koch"}),
    ("Koch aus Philipinen", {"beruf": "Koch=koch"}), ("я медсестра з України", {"beruf": "медсестра=pflegefachkraft"}), ("Elektriker aus Bosnien", {"beruf": "Elektriker=e", "land": "Bosnien=ba"}), ("In der EU", {}), ("Nein, noch im Ausland", {}), ("Ja, in Deutschland", {}),
])
def test_names_alone_are_an_introduction(knowledge, text, found):
    assert complete(text, names(text, **found), "faq", False, knowledge)[0] == "vorstellung"


@pytest.mark.parametrize(("text", "found"), [
    ("und als Koch?", {"beruf": "Koch=koch"}), ("und als Koch", {"beruf": "Koch=koch"}), ("Was kostet das für Köche in Polen", {"land": "Polen=pl"}), ("Marburg?", {"ort": "Marburg"}), ("Kosten in Marburg", {"ort": "Marburg"}), ("Wie ist es in Marburg", {"ort": "Wie ist es in Marburg=Marburg"}),
    ("kosten pflege", {}), ("dauer", {}), ("ja", {}), ("nein", {}), ("", {}), ("???", {}),
])
def test_other_messages_keep_their_intent(knowledge, text, found):
    assert complete(text, names(text, **found), "faq", False, knowledge) == ("faq", names(text, **found))


@pytest.mark.parametrize(("text", "found"), [("Marburg", {"ort": "Marburg"}), ("in 34117 bitte", {"plz": "34117"}), ("bei Bad Hersfeld", {"ort": "bei Bad Hersfeld=Bad Hersfeld"})])
def test_place_alone_is_told(knowledge, text, found):
    assert complete(text, names(text, **found), "gespraech", False, knowledge)[0] == "ort_angeben"


def test_training_sentence_keeps_its_intent(knowledge):
    assert complete("Koch", names("Koch", beruf="Koch=koch"), "faq", True, knowledge)[0] == "faq"


@pytest.mark.parametrize(("text", "beruf"), [("Krankenshwester", "pflegefachkraft"), ("Ingineur aus Iran", "ingenieur")])
def test_misspelt_occupation_is_an_introduction(knowledge, text, beruf):
    found = names(text, land="Iran=ir") if "Iran" in text else []
    intent, completed = complete(text, found, "out_of_scope", False, knowledge)
    assert intent == "vorstellung"
    assert {n.entity: n.value for n in completed}["beruf"] == beruf


def test_misspelt_town_is_no_occupation(knowledge):
    assert complete("Giesen", [], "ort_angeben", False, knowledge)[0] == "ort_angeben"


@pytest.mark.parametrize(("text", "found", "land"), [
    ("Ich bin Arzt aus Syrien, lebe in der Türkei", {"beruf": "Arzt=arzt", "land": "Syrien=sy|Türkei=tr"}, "sy"),
    ("aus Rumänien, nicht aus Polen", {"land": "Rumänien=ro|Polen=pl"}, "ro"), ("nicht aus Polen sondern aus Rumänien", {"land": "Polen=pl|Rumänien=ro"}, "ro"),
    ("ich lebe noch in Indien", {"land": "Indien=in"}, "in"),
])
def test_land_is_the_one_of_training(knowledge, text, found, land):
    assert told(complete(text, names(text, **found), "vorstellung", False, knowledge))["land"] == land


@pytest.mark.parametrize(("text", "ort"), [("Ich bin Koch, wohne in Mainz", "Mainz"), ("nurse from India, I live in Frankfurt", "Frankfurt"), ("Ich war in Frankfurt Koch", None)])
def test_town_counts_where_the_person_lives(knowledge, text, ort):
    assert told(complete(text, [], "vorstellung", False, knowledge)).get("ort") == ort


@pytest.mark.parametrize(("text", "where"), [
    ("bin seit 2 jahre in deutschland, koch von beruf", "deutschland"), ("ich bin neu hier", "deutschland"), ("Wir sind schon in Deutschland", "deutschland"),
    ("ich bin noch nicht in Deutschland", "ausland"), ("Krankenschwester im Ausland", "ausland"), ("ich lebe noch in Indien", "ausland"),
    ("Brauche ich in Deutschland eine Anerkennung?", ""), ("Kann ich in Deutschland als Koch arbeiten?", ""), ("ich will als Koch nach Deutschland", ""),
])
def test_residence_is_read_from_sentences(knowledge, text, where):
    assert stated_residence(text, knowledge.land_finder) == where


@pytest.mark.parametrize(("text", "where"), [
    ("ja", "deutschland"), ("Kassel", "deutschland"), ("34117", "deutschland"), ("ja, in Fulda", "deutschland"), ("Marbrug", "deutschland"), ("Mainz", "deutschland"),
    ("seit 3 Jahren", "deutschland"), ("nein", "ausland"), ("noch in Manila", "ausland"), ("Indien", "ausland"), ("in meinem Land", "ausland"), ("nein, noch nicht", "ausland"),
    ("weiß nicht", "unbekannt"), ("egal", "unbekannt"), ("asdf", "unbekannt"), ("", "unbekannt"),
])
def test_answer_to_the_question_is_understood(knowledge, text, where):
    assert answered_residence(text, knowledge.land_finder, knowledge.places) == where
