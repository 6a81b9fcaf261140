"""The conflict radar on all phrasings, with the real encoder: planted conflicts are found, and changes keep it exact."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.editor.radar import Radar
from bot.knowledge.base import DATA, ROOT
from bot.knowledge.nlu_files import Example, read_examples

pytestmark = pytest.mark.slow
PLANTED = [  # written for this test; says the same as a phrasing of another intent
    ("Wie hoch sind die Gebühren bei der IHK FOSA?", "faq/ihk-fosa", "faq/kosten-ihk-fosa"),
    ("was heisst h+ in anabin", "faq/zab-zeugnisbewertung", "faq/anabin"),
    ("Was kostet das denn?", "faq/kosten-ueberblick", "anschluss/kosten"),
    ("ich will mit einem menschen reden", "gespraech/gruss", "mensch"),
]


@pytest.fixture(scope="module")
def radar() -> Radar:
    return Radar(read_examples(DATA / "nlu"), ROOT / "var" / "cache" / "vectors.db")


@pytest.mark.parametrize(("text", "intent", "other"), PLANTED, ids=[p[1] for p in PLANTED])
def test_planted_conflict_is_found(radar: Radar, text: str, intent: str, other: str) -> None:
    seen = radar.check(text, intent)
    assert seen.verdict == "konflikt" and other in {near.intent for near in seen.conflicts}, seen
    assert radar.check(text, other).verdict != "konflikt"


@pytest.mark.parametrize(("text", "intent", "verdict", "exact"), [
    ("zsba", "faq/anabin", "konflikt", True), ("ZSBA?", "faq/anabin", "konflikt", True), ("Zsba.", "faq/zsba", "doppelt", True),
    ("wie lange ich muss warten", "anschluss/dauer", "doppelt", False), ("", "faq/anabin", "gut", False), ("?!", "faq/anabin", "gut", False), ("😀", "faq/anabin", "gut", False),
])
def test_copies_by_word_and_by_meaning(radar: Radar, text: str, intent: str, verdict: str, exact: bool) -> None:
    seen = radar.check(text, intent)
    assert (seen.verdict, seen.exact) == (verdict, exact), seen


def test_sentence_that_stands_there_already_does_not_count_against_itself(radar: Radar) -> None:
    example = next(e for e in read_examples(DATA / "nlu") if e.intent == "faq/anabin")
    seen = radar.check(example.text, example.intent)
    assert not seen.exact and seen.intents[0][0] == "faq/anabin"


def test_harm_is_what_adding_the_sentence_really_does(radar: Radar) -> None:
    """Adds the sentence and counts anew whose nearest phrasing it has become."""
    text, intent = "wie teuer ist das bei der kammer", "faq/zsba"
    examples = list(read_examples(DATA / "nlu"))
    seen = radar.check(text, intent)
    vectors = np.vstack([radar._vectors, radar._encode(text)[None, :]])
    similar = vectors[:-1] @ vectors.T
    np.fill_diagonal(similar, -1.0)
    nearest = similar.argmax(axis=1)
    was = similar[:, :-1].argmax(axis=1)
    turned = sum(nearest[n] == len(examples) and e.intent != intent and examples[was[n]].intent != intent for n, e in enumerate(examples))
    assert seen.harm == turned > 0 and len(seen.closer) > 0


def test_update_equals_comparing_everything_again() -> None:
    examples = list(read_examples(DATA / "nlu"))[:1500]
    radar = Radar(examples[:1450], ROOT / "var" / "cache" / "vectors.db")
    changed = [e for n, e in enumerate(examples) if n % 50] + [Example("ein ganz neuer satz zur anerkennung", "faq/neu-und-anders", Path("x"), 1)]
    radar.refresh(changed)
    own, foreign, of = radar._own.copy(), radar._foreign.copy(), radar._foreign_of.copy()
    radar._compare(np.arange(len(radar)))
    assert len(radar) == len(changed)
    assert np.allclose(own, radar._own, atol=1e-5) and np.allclose(foreign, radar._foreign, atol=1e-5) and (of == radar._foreign_of).mean() > 0.99


def test_held_out_questions_are_never_shown(radar: Radar) -> None:
    from bot.training.heldout import load_sets

    secret = {q.text for questions in load_sets().values() for q in questions}
    assert not secret & {near.text for text, intent, _ in PLANTED for near in (*radar.check(text, intent).conflicts, *radar.check(text, intent).closer)}
