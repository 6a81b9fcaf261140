"""Latin letters back into Cyrillic: usual spellings, both languages, anything else unharmed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.transliteration import CYRILLIC, to_cyrillic


@pytest.mark.parametrize(("text", "language", "expected"), [
    ("gde moy diplom", "ru", "где мой диплом"),
    ("Zhena i muzh", "ru", "жена и муж"),
    ("khochu rabotu", "ru", "хочу работу"),
    ("russkiy yazyk", "ru", "русский язык"),
    ("priznaniyu", "ru", "признанию"),
    ("dyplom likarya", "uk", "диплом лікаря"),
    ("yizhak", "uk", "їжак"),
    ("treba b2, 24", "uk", "треба b2, 24"),
], ids=["end-of-word", "zh", "kh", "iy-and-y", "iyu", "ukrainian-y-and-i", "yi", "digits-stay"])
def test_usual_spellings_become_cyrillic(text: str, language: str, expected: str) -> None:
    assert to_cyrillic(text, language) == expected


@given(st.text(st.characters()), st.sampled_from(CYRILLIC))
def test_any_text_is_taken_and_no_latin_letter_stays(text: str, language: str) -> None:
    assert not re.search(r"(?<![\d_\w])[a-z]+(?![\d_\w])", to_cyrillic(text, language))
