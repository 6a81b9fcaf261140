"""Every need has a reachable contact in every Kreis, and nobody is sent to an office that is gone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.errors import ContentError
from bot.knowledge.places import fold
from bot.knowledge.routing import GROUPS, MOST, Need, find_offices, load_routing
from bot.knowledge.yamlfile import read_yaml

NEEDS = tuple(read_yaml(DATA / "routing.yml").value)
KREISE = sorted({line.split(",")[2] for line in (DATA / "orte" / "gemeinden.csv").read_text(encoding="utf-8").splitlines()[1:]})


@pytest.mark.parametrize("kreis", KREISE, ids=fold)
@pytest.mark.parametrize("need", NEEDS)
def test_every_need_has_a_reachable_contact_in_every_kreis(knowledge: Knowledge, day, need: str, kreis: str) -> None:
    for group in GROUPS:
        offices = [route.office for route in find_offices(knowledge.needs[need], knowledge.places.kreise[kreis], knowledge.offices, day, group)]
        assert any(o.telefon or o.email or o.website or o.address(day) for o in offices), group
        assert len(offices) <= MOST
        assert len({o.angebot for o in offices}) == len(offices)
        for office in offices:
            assert office.status not in ("beendet", "abgeloest")
            assert office.sicher not in ("veraltet", "unbekannt")
            assert office.gueltig_bis is None or office.gueltig_bis >= day
            assert office.serves(kreis)


def test_all_27_kreise_are_tested(knowledge: Knowledge) -> None:
    assert set(KREISE) == set(knowledge.places.kreise)


def sample(knowledge: Knowledge, **change):
    """Returns a copy of a real office with other fields."""
    return replace(next(o for o in knowledge.offices.values() if o.angebot == "aqb"), **{"status": "aktiv", "sicher": "geprueft", "gueltig_bis": None, **change})


@pytest.fixture
def fulda(knowledge: Knowledge):
    """Returns the city of Fulda."""
    return knowledge.places.resolve("36037").places[0]


NEED = Need("beratung", "Beratung", {"standard": ("aqb", "koordination"), "pflege": ("pqz", "aqb")})


def ids(routes) -> list[str]:
    return [route.office.id for route in routes]


def test_local_office_goes_before_a_nearer_statewide_one(knowledge: Knowledge, fulda, day) -> None:
    far = sample(knowledge, id="a", zustaendig_fuer=(fulda.kreis,), lat=49.5, lon=8.5)
    near = sample(knowledge, id="b", zustaendig_fuer=("Hessen",), lat=fulda.lat, lon=fulda.lon)
    assert ids(find_offices(NEED, fulda, {"b": near, "a": far}, day)) == ["a"]


def test_named_competence_goes_before_a_supposed_one(knowledge: Knowledge, fulda, day) -> None:
    supposed = sample(knowledge, id="a", zustaendig_fuer=(fulda.kreis,), zustaendig_laut="vermutet", lat=fulda.lat, lon=fulda.lon)
    named = sample(knowledge, id="b", zustaendig_fuer=(fulda.kreis,), zustaendig_laut="genannt", lat=49.5, lon=8.5)
    assert ids(find_offices(NEED, fulda, {"a": supposed, "b": named}, day)) == ["b"]


def test_nearer_of_two_equal_offices_is_named(knowledge: Knowledge, fulda, day) -> None:
    far = sample(knowledge, id="a", zustaendig_fuer=("Hessen",), zustaendig_laut="landesweit", lat=49.5, lon=8.5)
    near = sample(knowledge, id="b", zustaendig_fuer=("Hessen",), zustaendig_laut="landesweit", lat=50.6, lon=9.7)
    unknown = sample(knowledge, id="c", zustaendig_fuer=("Hessen",), zustaendig_laut="landesweit", lat=None, lon=None)
    routes = find_offices(NEED, fulda, {"c": unknown, "a": far, "b": near}, day)
    assert (ids(routes), routes[0].km is not None and routes[0].km < 10) == (["b"], True)


def test_office_of_another_kreis_is_not_named(knowledge: Knowledge, fulda, day) -> None:
    assert find_offices(NEED, fulda, {"a": sample(knowledge, id="a", zustaendig_fuer=("Kassel",))}, day) == []


@pytest.mark.parametrize("change", [{"status": "beendet"}, {"status": "abgeloest"}, {"sicher": "veraltet"}, {"sicher": "unbekannt"}, {"gueltig_bis": dt.date(2026, 11, 24)}], ids=str)
def test_office_that_is_gone_is_not_named(knowledge: Knowledge, fulda, day, change) -> None:
    assert find_offices(NEED, fulda, {"a": sample(knowledge, id="a", zustaendig_fuer=("Hessen",), **change)}, day) == []


def test_group_has_its_own_order(knowledge: Knowledge, fulda, day) -> None:
    offices = {i: sample(knowledge, id=i, angebot=i, zustaendig_fuer=("Hessen",)) for i in ("aqb", "pqz", "koordination")}
    assert [ids(find_offices(NEED, fulda, offices, day, g)) for g in ("standard", "pflege", "arbeitgeber")] == [["aqb", "koordination"], ["pqz", "aqb"], ["aqb", "koordination"]]


@pytest.mark.parametrize(("text", "field"), [
    ("a:\n  titel: A\n  gruppen: {standard: [abq]}\n", "a.gruppen."),
    ("a:\n  titel: A\n  gruppen: {pflege: [aqb]}\n", "a.gruppen.standard"),
    ("a:\n  titel: A\n  gruppen: {standard: [aqb], alle: [aqb]}\n", "a.gruppen.alle"),
    ("a:\n  titel: A\n", "a.gruppen"),
], ids=["unbekanntes-angebot", "ohne-standard", "unbekannte-gruppe", "ohne-gruppen"])
def test_fault_in_the_rule_table_is_named(write, text: str, field: str) -> None:
    errors: list[ContentError] = []
    load_routing(write("routing.yml", text), ("aqb",), errors)
    assert [e.field for e in errors] == [field]
