"""Spelling repair against the words of the training data: mends German typos, leaves foreign text alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.spelling import SpellingRepair, tidy

TEXTS = [
    "Was kostet die Anerkennung?", "Welche Unterlagen brauche ich für die Anerkennung?", "Wie lange dauert die Prüfung meiner Zeugnisse?",
    "Was kostet die Beglaubigung der Zeugnisse?", "Ich suche eine Beratung in meiner Nähe", "Ich bin Krankenschwester aus der Ukraine",
]
REPAIR = SpellingRepair(TEXTS)


@pytest.mark.parametrize(("wrong", "right"), [
    ("Was kostet die Anerkenung?", "Was kostet die Anerkennung?"),
    ("was kostet anerkennug", "was kostet anerkennung"),
    ("welche unterlangen brauche ich", "welche unterlagen brauche ich"),
    ("wie lange dauert die pruefung", "wie lange dauert die prüfung"),
    ("wie lange dauert die prufung", "wie lange dauert die prüfung"),
    ("Zeugnise und Beratnug", "Zeugnisse und Beratung"),
    ("ich bin kranknschwestr", "ich bin krankenschwester"),
], ids=["doppelbuchstabe", "fehlender-buchstabe", "zusatz", "ue", "u", "zwei-woerter", "zwei-fehler"])
def test_typo_is_mended(wrong: str, right: str) -> None:
    assert REPAIR.repair(wrong) == right


@pytest.mark.parametrize("text", [
    "", "   ", "?!", "🙂🙂", "12345", "el costet del documento", "What documents do I need?", "Ben hemşireyim, denklik istiyorum", "Скільки коштує визнання?", "كم تكلفة الاعتراف", "Quanto costa?", "a", "§ 18a AufenthG",
    "Was kostet die Anerkennung?", "WAS KOSTET DIE ANERKENNUNG",
])
def test_correct_and_foreign_text_stays(text: str) -> None:
    assert REPAIR.repair(text) == text


def test_capital_and_punctuation_are_kept() -> None:
    assert REPAIR.repair("  Anerkenung, bitte: was kostet die?  ") == "  Anerkennung, bitte: was kostet die?  "


def test_frequent_word_wins_a_tie() -> None:
    repair = SpellingRepair(["Haus Haus Haus Maus", "das ist ein"])
    assert repair.repair("das ist ein Zhaus") == "das ist ein Haus"


def test_short_word_is_not_guessed() -> None:
    assert REPAIR.repair("was kost die Anerkennung") == "was kost die Anerkennung"


def test_word_too_far_away_is_not_guessed() -> None:
    assert REPAIR.repair("was kostet die Anmeldung?") == "was kostet die Anmeldung?"


def test_restored_counts_repair_the_same() -> None:
    copy = SpellingRepair([])
    copy.restore(dict(REPAIR.counts))
    assert copy.repair("was kostet anerkennug") == "was kostet anerkennung"


def test_second_question_is_answered_like_the_first() -> None:
    assert REPAIR.repair("was kostet anerkennug") == REPAIR.repair("was kostet anerkennug")


@pytest.mark.parametrize("text", ["", "123", "?!"])
def test_text_without_words_counts_as_known(text: str) -> None:
    assert REPAIR.known_share(text) == 1.0


def test_name_of_an_occupation_is_a_usual_word() -> None:
    repair = SpellingRepair(["Was kostet die Anerkennung?"], ["schornsteinfeger"])
    assert repair.known_share("Schornsteinfeger") == 1.0
    assert repair.repair("was kostet schornsteinfger") == "was kostet schornsteinfeger"


def test_known_share_tells_german_from_other_text() -> None:
    repair = SpellingRepair(TEXTS * 3)
    assert repair.known_share("Was kostet die Anerkennung?") > 0.9
    assert repair.known_share("Ben hemşireyim denklik istiyorum") == 0.0


@given(st.text(st.characters()))
def test_any_text_is_repaired_without_an_error(text: str) -> None:
    assert isinstance(REPAIR.repair(text), str)
    assert 0.0 <= REPAIR.known_share(text) <= 1.0


@given(st.lists(st.text("abcdefgäöüß ", max_size=15), max_size=5), st.text("abcdefgäöüß ", max_size=30))
def test_any_vocabulary_can_repair(texts: list[str], text: str) -> None:
    assert len(SpellingRepair(texts).repair(text).split()) == len(text.split())


@pytest.mark.parametrize(("text", "plain"), [
    ("WAS KOSTET DIE ANERKENNUNG???", "was kostet die anerkennung???"), ("kosten 🙂 krankenschwester", "kosten krankenschwester"), ("❤️ danke", "danke"), ("IHK FOSA", "IHK FOSA"),
    ("Was macht die IHK FOSA?", "Was macht die IHK FOSA?"), ("§ 18a AufenthG", "§ 18a AufenthG"), ("🙂🙂", "🙂🙂"), ("", ""), ("ЩО РОБИТИ ДАЛІ", "що робити далі"), ("كم يكلف الاعتراف", "كم يكلف الاعتراف"),
])
def test_shouting_and_symbols_are_taken_out(text: str, plain: str) -> None:
    assert tidy(text) == plain


@given(st.text())
def test_tidying_never_empties_a_text(text: str) -> None:
    assert bool(tidy(text).strip()) == bool(text.strip())
