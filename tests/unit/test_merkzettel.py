"""The note to copy or print."""

from __future__ import annotations

import pytest

from bot.knowledge.merkzettel import render_note
from bot.knowledge.person import Person


@pytest.fixture
def nurse(knowledge) -> Person:
    return Person.from_slots({"beruf": "pflegefachkraft", "land": "ph", "ort": "Fulda"}, knowledge)


def test_note_has_everything_and_no_markup(knowledge, nurse, day):
    note = render_note(knowledge, nurse, day, False)
    for part in ("Mein Merkzettel, 25.11.2026", "Beruf: Pflegefachfrau", "Land: Philippinen", "Ort: Fulda", "1. Anerkennung nötig?", "5. Beratung für Fulda:", "Stelle: HLfGP", "+49 611 3259-1000",
                 "Unterlagen: ", "Stand:", "gespeichert wird er nicht"):
        assert part in note.text
    assert "**" not in note.text
    assert note.custom["typ"] == "merkzettel" and note.custom["datum"] == "2026-11-25" and "hlfgp-pflege" in note.custom["stellen"]


def test_every_office_is_listed_once(knowledge, nurse, day):
    text = render_note(knowledge, nurse, day, False).text
    stations = [line for line in text.splitlines() if line.startswith("Stelle: ")]
    assert len(stations) == len(set(stations)) == 2


def test_easy_note_is_easy(knowledge, nurse, day):
    assert "Sie dürfen wählen." in render_note(knowledge, nurse, day, True).text


def test_without_occupation_it_says_what_is_missing(knowledge, day):
    note = render_note(knowledge, Person(), day, False)
    assert note.custom["text"] == "merkzettel_ohne" and note.buttons
