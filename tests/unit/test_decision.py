"""Answer, offer or decline: the decision at and around the thresholds."""

from __future__ import annotations

import pytest

from bot.nlu.decision import UNSURE, Decision, Thresholds, decide, wants_office
from bot.nlu.hybrid import OUT_OF_SCOPE, Prediction

LIMITS = Thresholds(answer_from=0.4, decline_below=2.0, answer_margin=3.0, answer_margin_foreign=6.0)


def prediction(label: str = "faq/anabin", confidence: float = 0.9, margin: float = 9.0, exact: bool = False, language: str = "de") -> Prediction:
    return Prediction([(label, confidence), ("faq/aqb", 1 - confidence)], margin, language, "", [], exact)


@pytest.mark.parametrize(("confidence", "decision"), [(1.0, Decision.ANSWER), (0.4, Decision.ANSWER), (0.39, Decision.OFFER), (0.0, Decision.OFFER)])
def test_confidence_decides_between_answer_and_offer(confidence: float, decision: Decision) -> None:
    assert decide(prediction(confidence=confidence), LIMITS) is decision


@pytest.mark.parametrize(("margin", "decision"), [(3.0, Decision.ANSWER), (2.9, Decision.OFFER), (2.0, Decision.OFFER), (1.9, Decision.DECLINE), (-5.0, Decision.DECLINE)])
def test_margin_decides_between_answer_offer_and_decline(margin: float, decision: Decision) -> None:
    assert decide(prediction(margin=margin), LIMITS) is decision


@pytest.mark.parametrize(("language", "decision"), [("de", Decision.ANSWER), ("uk", Decision.OFFER), ("xx", Decision.OFFER)])
def test_other_languages_need_a_wider_margin(language: str, decision: Decision) -> None:
    assert decide(prediction(margin=5.0, language=language), LIMITS) is decision


def test_small_talk_near_the_border_is_still_answered() -> None:
    assert decide(prediction("gespraech/gruss", margin=2.5), LIMITS) is Decision.ANSWER


def test_off_topic_is_declined_however_sure() -> None:
    assert decide(prediction(OUT_OF_SCOPE, 1.0, 99.0), LIMITS) is Decision.DECLINE


def test_training_sentence_is_answered_even_below_the_thresholds() -> None:
    assert decide(prediction(confidence=0.1, margin=-9.0, exact=True), LIMITS) is Decision.ANSWER


def test_off_topic_training_sentence_is_declined() -> None:
    assert decide(prediction(OUT_OF_SCOPE, exact=True), LIMITS) is Decision.DECLINE


@pytest.mark.parametrize(("decision", "label", "intent"), [
    (Decision.ANSWER, "faq/anabin", "faq"), (Decision.ANSWER, "mensch", "mensch"), (Decision.OFFER, "faq/anabin", UNSURE), (Decision.DECLINE, "faq/anabin", OUT_OF_SCOPE),
], ids=["faq", "ohne-schraegstrich", "vorschlag", "ablehnung"])
def test_decision_becomes_an_intent(decision: Decision, label: str, intent: str) -> None:
    assert decision.intent(label) == intent


@pytest.mark.parametrize(("text", "place", "decision", "label", "office"), [
    ("bin Koch, wohne in Hanau, brauche Beratung", True, Decision.OFFER, "faq/aqb", True), ("wer hilft in 34117", True, Decision.DECLINE, "faq/aqb", True),
    ("Ist die Beratung in Kassel kostenlos?", True, Decision.ANSWER, "faq/aqb", False), ("brauche Beratung", False, Decision.OFFER, "faq/aqb", False),
    ("ich wohne in Hanau", True, Decision.OFFER, "faq/anabin", False), ("Kassel'de kime başvurabilirim", True, Decision.OFFER, "faq/zustaendige-stelle-finden", True),
    ("kime başvurabilirim", False, Decision.OFFER, "faq/zustaendige-stelle-finden", False), ("Kassel", True, Decision.DECLINE, "anschluss/zustaendig", False),
])
def test_unclear_message_with_place_and_wish_for_advice_is_a_search_for_an_office(text, place, decision, label, office):
    assert wants_office(text, place, decision, label) is office


def test_two_questions_in_one_are_offered_not_answered_by_half() -> None:
    two = Prediction([("faq/anabin", 0.45), ("faq/aqb", 0.45)], 9.0, "de", "", two=True)
    assert decide(two, LIMITS) is Decision.OFFER
