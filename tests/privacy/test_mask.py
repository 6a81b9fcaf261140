"""Masking one text: what goes, what stays, and that a second pass changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.privacy.mask import mask, mask_echo
from bot.privacy.spans import KINDS

PIECES = st.sampled_from(["Ich heiße", "Frau", "Ali", "Hassan", "0611 1234567", "geb.", "12.03.1985", "Goethestraße 5", "<NAME>", "<TELEFON>", "34117 Kassel", "§ 18g Abs. 1", "a@b.de", "MfG", "\n", ",", "DE02 1203 0000 0000 2020 51",
                          "AZR", "1234567-423", "my name is", "меня зовут", "Иван", "اسمي", "Dr.", "und", "\ud800", "\x00"])


def test_kinds_and_text_are_told() -> None:
    masked = mask("Ich heiße Ali Hassan, Telefon 0611 1234567, mail ali@beispiel.example")
    assert masked.text == "Ich heiße <NAME>, Telefon <TELEFON>, mail <E-MAIL>"
    assert masked.kinds == ("e-mail", "name", "telefon")


def test_text_without_personal_data_is_unchanged() -> None:
    text = "Was kostet die Anerkennung als Köchin nach § 4 BQFG in 34117 Kassel, 600 Euro?"
    assert mask(text).text == text
    assert mask(text).kinds == ()


@pytest.mark.parametrize("kind", KINDS)
def test_placeholder_stays_and_is_counted(kind: str) -> None:
    masked = mask(f"Ich heiße <{kind}> und mehr")
    assert masked.text == f"Ich heiße <{kind}> und mehr"
    assert masked.kinds == (kind.lower(),)


@pytest.mark.parametrize("text", ["", " ", "\n", "a", "<", ">", "@", "+", "0" * 5000, "1 " * 5000, "Herr ", "ich heiße", "ich heiße ", "\ud800", "a" * 50_000, "Am " * 400, "e-" * 900, "(" * 900])
def test_odd_text_is_no_trouble(text: str) -> None:
    assert isinstance(mask(text).text, str)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map(" ".join)))
def test_second_pass_changes_nothing(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once


def test_echo_loses_what_the_person_said_and_keeps_what_the_assistant_knows() -> None:
    said = mask("Ich heiße Ali Hassan, 0611 1234567")
    reply = [{"text": "Guten Tag Ali Hassan! Rufen Sie an: 0561 7892180.", "custom": {"orte": ["Ali Hassan", 5, None]}}]
    assert mask_echo(reply, said) == [{"text": "Guten Tag <NAME>! Rufen Sie an: 0561 7892180.", "custom": {"orte": ["<NAME>", 5, None]}}]


def test_echo_is_found_in_other_letters_but_not_inside_words() -> None:
    said = mask("ich heiße ali")
    assert mask_echo("Guten Tag, Ali! Die Qualifikation zählt.", said) == "Guten Tag, <NAME>! Die Qualifikation zählt."
