"""What reaches Rasa: no control or invisible characters, no leading slash in any disguise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.input_text import INVISIBLE, clean

SLASHES = {"slash": "/", "fullwidth": "\uff0f", "fraction": "\u2044", "division": "\u2215"}
BEFORE = {
    "nothing": "", "blank": " ", "tab": "\t", "newline": "\n", "return": "\r\n", "nbsp": "\u00a0", "ideographic": "\u3000", "line-separator": "\u2028", "next-line": "\u0085",
    "zero-width": "\u200b", "non-joiner": "\u200c", "joiner": "\u200d", "bom": "\ufeff", "soft-hyphen": "\u00ad", "right-to-left": "\u202e", "isolate": "\u2066", "arabic-mark": "\u061c",
    "word-joiner": "\u2060", "nul": "\u0000", "escape": "\u001b", "delete": "\u007f", "tag": "\U000e0041", "another-slash": "/", "mixed": " \u200b/\ufeff\u00a0",
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
@pytest.mark.parametrize("slash", SLASHES.values(), ids=SLASHES)
def test_intent_syntax_is_taken_away(before: str, slash: str) -> None:
    assert clean(f'{before}{slash}faq{{"ort": "x"}}') == 'faq{"ort": "x"}'


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u200b", "\ufeff\u2060", "/", "//", " / / ", "\uff0f\u2044", "\u00ad", "\U000e0020\U000e007f", "\u202e\u202c"])
def test_text_without_content_becomes_empty(text: str) -> None:
    assert clean(text) == ""


@pytest.mark.parametrize(("text", "expected"), [
    ("Was kostet das?", "Was kostet das?"), ("  Was kostet das?\n", "Was kostet das?"), ("und/oder", "und/oder"), ("H+/-", "H+/-"), ("Zeile 1\nZeile 2", "Zeile 1\nZeile 2"),
    ("A\u200bner\u00adkennung", "Anerkennung"), ("a\u0000b", "ab"), ("Привіт", "Привіт"), ("شكرا", "شكرا"), ("🙂", "🙂"), ("fu\u0308r", "für"), ("a\ud800b", "a?b"), ("\udfff", "?"),
])
def test_other_text_stays(text: str, expected: str) -> None:
    assert clean(text) == expected


@given(st.text(st.characters()))
def test_any_text_is_cleaned_once_and_for_all(text: str) -> None:
    found = clean(text)
    assert clean(found) == found
    assert not found.startswith("/")
    assert not INVISIBLE.search(found)
    assert found == found.strip()
    found.encode("utf-8")


@given(st.lists(st.sampled_from([*SLASHES.values(), *BEFORE.values()]), max_size=12).map("".join))
def test_any_mix_of_slashes_and_invisible_characters_becomes_empty(text: str) -> None:
    assert clean(text) == ""
