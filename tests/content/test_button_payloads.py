"""What a button sends is understood for sure: the question of an FAQ or a training sentence, letter for letter."""

from __future__ import annotations

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.nlu_files import read_examples
from bot.knowledge.places import fold

FROM_CODE = ("Mehr dazu", "Bitte einfacher erklären", "Bitte wieder in normalem Deutsch", "Wo ist die nächste Beratung?", "Ich möchte mit einem Menschen sprechen",
             "Was kostet das?", "Wie lange dauert das?", "Welche Unterlagen brauche ich?", "Beratung an einem anderen Ort", "Nein, anderer Ort", "Mein Merkzettel")


@pytest.fixture(scope="module")
def sure() -> set[str]:
    """Everything that the model answers without guessing."""
    return {fold(f.frage) for f in Knowledge.load().faqs.values()} | {fold(e.text) for e in read_examples(DATA / "nlu")}


@pytest.mark.parametrize("text", FROM_CODE)
def test_payload_in_code_is_understood_for_sure(sure, text):
    assert fold(text) in sure


def test_payloads_of_fixed_texts_are_understood_for_sure(sure):
    unsure = [(t.id, b.payload) for t in Knowledge.load().texte.values() for b in t.knoepfe if fold(b.payload) not in sure]
    assert unsure == []
