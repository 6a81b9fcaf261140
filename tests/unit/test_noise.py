"""Noisy copies of training sentences: repeatable, never empty, near the original."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.nlu.noise import FUNCTION_WORDS, fold_umlauts, noisy, typo


@pytest.mark.parametrize(("plain", "expected"), [(False, "Uebermaessig gross, schoen"), (True, "Ubermassig gross, schon")], ids=["ae", "a"])
def test_umlauts_are_folded_in_both_ways(plain: bool, expected: str) -> None:
    assert fold_umlauts("Übermäßig groß, schön", plain) == expected


def test_capital_s_is_no_umlaut() -> None:
    assert fold_umlauts("MASSNAHME", plain=False) == "MASSNAHME"


@pytest.mark.parametrize("word", ["", "a", "ab", "abc"])
def test_short_word_has_no_typo(word: str) -> None:
    assert typo(word, random.Random(1)) == word


@pytest.mark.parametrize("seed", range(30))
def test_typo_is_one_edit_and_keeps_the_ends(seed: int) -> None:
    wrong = typo("Anerkennung", random.Random(seed))
    assert OSA.distance(wrong, "Anerkennung") <= 1
    assert (wrong[0], wrong[-1]) == ("A", "g") or OSA.distance(wrong[-2:], "ng") <= 1


def test_same_seed_gives_the_same_copy() -> None:
    text = "Welche Unterlagen brauche ich für den Antrag in Gießen?"
    assert [noisy(text, random.Random(7)) for _ in range(2)] == [noisy(text, random.Random(7))] * 2


def test_copies_differ_between_seeds() -> None:
    text = "Welche Unterlagen brauche ich für den Antrag in Gießen?"
    assert len({noisy(text, random.Random(seed)) for seed in range(40)}) > 20


def test_keyword_style_drops_function_words() -> None:
    text = "Wie kann ich das für meinen Beruf in Hessen beantragen"
    shortest = min((noisy(text, random.Random(seed)) for seed in range(60)), key=lambda copy: len(copy.split()))
    assert not {w.lower() for w in shortest.split()} & FUNCTION_WORDS


@pytest.mark.parametrize("text", ["ich", "der die das", "ist das so und wie", "?", "AQB"])
def test_copy_is_never_empty_unless_it_was_punctuation(text: str) -> None:
    copies = {noisy(text, random.Random(seed)) for seed in range(50)}
    assert all(copies) or not text.strip("?.! ")


@given(st.text(st.characters()), st.integers(0, 1000))
def test_any_text_has_a_noisy_copy(text: str, seed: int) -> None:
    copy = noisy(text, random.Random(seed))
    assert len(copy.split()) <= len(text.split())


@given(st.text(), st.booleans())
def test_folding_twice_changes_nothing(text: str, plain: bool) -> None:
    assert fold_umlauts(fold_umlauts(text, plain), plain) == fold_umlauts(text, plain)
