"""Thirty people have their recognition checked: the right person is understood, with few questions and never more than two."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

PEOPLE = yaml.safe_load((Path(__file__).parent / "pruefungen.yml").read_text(encoding="utf-8"))
MOST, MEAN = 2, 1.2

pytestmark = pytest.mark.slow


def run(lotse, person) -> tuple[int, dict]:
    """Plays one conversation; returns the number of questions and the data of the last answer."""
    talk, asked = lotse.talk(), 0
    answer = talk.say(person["sagt"])
    while answer.custom.get("typ") == "pruefung_frage" and asked <= MOST:
        asked += 1
        answer = talk.say(str(person.get(answer.custom["frage"], "weiß nicht")))
    return asked, answer.custom


def test_thirty_checks_need_few_questions(lotse, record_property):
    counts = []
    for person in PEOPLE:
        asked, custom = run(lotse, person)
        assert custom.get("typ") == "pruefung", (person, custom)
        assert asked <= MOST, person
        for key, value in person["ist"].items():
            assert custom[key] == value, (person, key, custom[key])
        counts.append(asked)
    mean = sum(counts) / len(counts)
    record_property("fragen_im_mittel", round(mean, 2))
    print(f"Fragen im Mittel von {len(counts)} Gesprächen: {mean:.2f}")
    assert len(counts) >= 30 and mean <= MEAN
