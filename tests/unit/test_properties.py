"""Whatever people type: folding and place search answer and never fail."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.base import DATA
from bot.knowledge.places import Places, fold, fold_plain
from bot.knowledge.plain import easy_faults, sentences, word_count

ANY = st.text(st.characters())
PIECES = st.sampled_from(["Kassel", "in", "höchst", "34117", "Frankfurt", "am Main", "Landkreis", "٣٤١١٧", "bei", "wohne", "(", "\u200b", "Münster", "plz", "123", "Giesn", "Bad", "\n", "ı", "ß", "ﬁ"])
KINDS = {"gefunden", "mehrdeutig", "bestaetigen", "ausserhalb", "plz_unbekannt", "unbekannt"}
PLACES = Places.load(DATA / "orte", [])


@given(ANY)
def test_folding_leaves_only_words_without_accents(text: str) -> None:
    for folded in (fold(text), fold_plain(text)):
        assert all(c.isalnum() or c in " _" for c in folded)
        assert not any(unicodedata.combining(c) for c in folded)


@given(ANY)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.one_of(ANY, st.lists(PIECES, max_size=12).map(" ".join)), st.booleans())
def test_any_text_gets_one_kind_of_answer(text: str, expected: bool) -> None:
    found = PLACES.resolve(text, expected)
    assert found.kind in KINDS
    assert bool(found.places) is (found.kind in ("gefunden", "mehrdeutig", "bestaetigen"))
    assert found.kind != "gefunden" or len(found.places) == 1


@settings(deadline=None, max_examples=30)
@given(st.sampled_from(sorted(PLACES.municipalities)))
def test_place_is_found_inside_a_sentence(ags: str) -> None:
    place = PLACES.municipalities[ags]
    assert place in PLACES.resolve(f"Ich suche Beratung in {place.name}", expected=True).places


def test_longest_allowed_message_is_searched_quickly() -> None:
    assert PLACES.resolve("in Giesn und " * 77, expected=True).kind in KINDS


@given(ANY)
def test_any_text_can_be_measured(text: str) -> None:
    assert word_count(text) >= 0
    assert len(sentences(text)) <= len(text)
    assert isinstance(easy_faults(text), list)
