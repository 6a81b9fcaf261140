"""Cases checked by hand (`tests/routing_faelle.yml`): the expected offices come first, in this order. To add one: one line there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge.base import Knowledge
from bot.knowledge.routing import DEFAULT_GROUP, SEEKER, competent, find_offices, group_of

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parents[1] / "routing_faelle.yml").read_text(encoding="utf-8"))
KEYS = {"ort", "bedarf", "gruppe", "rolle", "beruf", "tag", "erwartet", "nie", "weil"}


def title(case: dict[str, Any]) -> str:
    """Returns a test id: place, need and who asks."""
    return "-".join(str(case[key]) for key in ("ort", "bedarf", "gruppe", "beruf", "rolle", "tag") if key in case)


def test_at_least_60_cases_are_complete(knowledge: Knowledge) -> None:
    assert len(CASES) >= 60
    assert not [case for case in CASES if set(case) - KEYS or not {"ort", "bedarf", "erwartet", "weil"} <= set(case)]
    assert not {office for case in CASES for office in (*case["erwartet"], *case.get("nie", ()))} - set(knowledge.offices)
    assert len({title(case) for case in CASES}) == len(CASES)


def test_cases_touch_every_need_but_the_last_row(knowledge: Knowledge) -> None:
    assert {case["bedarf"] for case in CASES} | {"allgemein"} == set(knowledge.needs)


@pytest.mark.parametrize("case", CASES, ids=title)
def test_right_office_comes_first(knowledge: Knowledge, day: dt.date, case: dict[str, Any]) -> None:
    found = knowledge.places.resolve(case["ort"], expected=True)
    assert found.kind == "gefunden", case["ort"]
    beruf = knowledge.berufe[case["beruf"]] if "beruf" in case else None
    group = group_of(beruf) if beruf else case.get("gruppe", DEFAULT_GROUP)
    offices = competent(knowledge.offices, knowledge.angebote, beruf)
    routes = find_offices(knowledge.needs[case["bedarf"]], found.places[0], offices, case.get("tag", day), group, case.get("rolle", SEEKER))
    named = [route.office.id for route in routes]
    assert named[: len(case["erwartet"])] == case["erwartet"], case["weil"]
    assert not set(named) & set(case.get("nie", ())), case["weil"]
