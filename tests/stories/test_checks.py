"""Thirty people have their recognition checked: the right person is understood, with few questions and never more than two."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.training.conversations import run_check, talk

PEOPLE = yaml.safe_load((Path(__file__).parent / "pruefungen.yml").read_text(encoding="utf-8"))
MOST, MEAN = 2, 1.2

pytestmark = pytest.mark.slow


def test_thirty_checks_need_few_questions(lotse, record_property):
    counts = []
    for person in PEOPLE:
        asked, custom = run_check(person, talk(lotse.url))
        assert custom.get("typ") == "pruefung", (person, custom)
        assert asked <= MOST, person
        for key, value in person["ist"].items():
            assert custom[key] == value, (person, key, custom[key])
        counts.append(asked)
    mean = sum(counts) / len(counts)
    record_property("fragen_im_mittel", round(mean, 2))
    print(f"Fragen im Mittel von {len(counts)} Gesprächen: {mean:.2f}")
    assert len(counts) >= 30 and mean <= MEAN
