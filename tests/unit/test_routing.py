"""Every need has a reachable contact in every Kreis, and nobody is sent to an office that is gone."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import replace

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.errors import ContentError
from bot.knowledge.offices import Office
from bot.knowledge.places import Place, fold
from bot.knowledge.routing import EMPLOYER, GROUPS, MOST, ROLES, SEEKER, Need, Route, competent, find_offices, group_of, load_routing, reason
from bot.knowledge.yamlfile import read_yaml

NEEDS = tuple(read_yaml(DATA / "routing.yml").value)
KREISE = sorted({line.split(",")[2] for line in (DATA / "orte" / "gemeinden.csv").read_text(encoding="utf-8").splitlines()[1:]})


@pytest.mark.parametrize("kreis", KREISE, ids=fold)
@pytest.mark.parametrize("need", NEEDS)
def test_every_need_has_a_reachable_contact_in_every_kreis(knowledge: Knowledge, day, need: str, kreis: str) -> None:
    for group, role in ((g, r) for g in GROUPS for r in ROLES):
        routes = find_offices(knowledge.needs[need], knowledge.places.kreise[kreis], knowledge.offices, day, group, role)
        offices = [route.office for route in routes]
        assert any(o.telefon or o.email or o.website for o in offices), (group, role)
        assert len(offices) <= MOST
        assert len({o.id for o in offices}) == len({o.angebot for o in offices}) == len(offices)
        for office in offices:
            assert office.status not in ("beendet", "abgeloest")
            assert office.sicher not in ("veraltet", "unbekannt")
            assert office.gueltig_bis is None or office.gueltig_bis >= day
            assert {kreis, "Hessen", "bundesweit"} & set(office.zustaendig_fuer)


def test_employers_are_sent_to_offices_for_employers_only(knowledge: Knowledge, day) -> None:
    for need, place, group in ((n, p, g) for n in knowledge.needs.values() if n.arbeitgeber or n.id == EMPLOYER for p in knowledge.places.kreise.values() for g in GROUPS):
        for route in find_offices(need, place, knowledge.offices, day, group, EMPLOYER):
            assert EMPLOYER in route.office.zielgruppen, (need.id, place.name, group, route.office.id)


def test_authority_of_the_occupation_comes_first(knowledge: Knowledge, day) -> None:
    """In every Kreis, for each of the occupations whose authority is known."""
    for beruf in (b for b in knowledge.berufe.values() if b.stellen):
        offices = competent(knowledge.offices, knowledge.angebote, beruf)
        for place in knowledge.places.kreise.values():
            named = [r.office for r in find_offices(knowledge.needs["entscheidung"], place, offices, day, group_of(beruf))]
            assert named[0].id in beruf.stellen, (beruf.id, place.name)
            assert not [o.id for o in named if knowledge.angebote[o.angebot].entscheidet and o.id not in beruf.stellen]


def test_occupation_without_a_known_authority_gets_the_finder_first(knowledge: Knowledge, day) -> None:
    unknown = [b for b in knowledge.berufe.values() if not b.stellen]
    assert unknown
    for beruf in unknown:
        routes = find_offices(knowledge.needs["entscheidung"], knowledge.places.kreise["Kassel"], competent(knowledge.offices, knowledge.angebote, beruf), day, group_of(beruf))
        assert routes[0].office.angebot == "portal"


def test_hanau_is_a_kreis_of_its_own(knowledge: Knowledge, day) -> None:
    assert knowledge.places.resolve("63450").places[0].kreis == "Hanau"
    assert not knowledge.offices["ba-hanau"].is_local("Kassel")
    only_main_kinzig = {"a": sample(knowledge, id="a", zustaendig_fuer=("Main-Kinzig-Kreis",))}
    assert find_offices(NEED, knowledge.places.kreise["Hanau"], only_main_kinzig, day) == []


def test_offices_of_other_laender_are_never_named_however_near(knowledge: Knowledge, day) -> None:
    place = knowledge.places.resolve("Lampertheim").places[0]
    next_door = sample(knowledge, id="a", zustaendig_fuer=("Rheinland-Pfalz",), lat=place.lat, lon=place.lon)
    assert find_offices(NEED, place, {"a": next_door}, day) == []


def test_nationwide_office_has_no_distance_and_comes_after_one_for_hessen(knowledge: Knowledge, fulda, day) -> None:
    nationwide = sample(knowledge, id="a", zustaendig_fuer=("bundesweit",), zustaendig_laut="genannt", lat=fulda.lat, lon=fulda.lon)
    statewide = sample(knowledge, id="b", zustaendig_fuer=("Hessen",), zustaendig_laut="landesweit", lat=49.5, lon=8.5)
    assert ids(find_offices(NEED, fulda, {"a": nationwide, "b": statewide}, day)) == ["b"]
    assert find_offices(NEED, fulda, {"a": nationwide}, day)[0].km is None


def test_last_row_helps_when_nobody_else_can_be_reached(knowledge: Knowledge, fulda, day) -> None:
    need = replace(NEED, zuletzt=("hotline", "portal"))
    mute = {"telefon": "", "email": "", "website": "", "zustaendig_fuer": ("Hessen",)}
    offices = {"a": sample(knowledge, id="a", **mute), "b": sample(knowledge, id="b", angebot="hotline", **mute), "c": sample(knowledge, id="c", **{**mute, "angebot": "portal", "website": "https://c.de"})}
    assert ids(find_offices(need, fulda, offices, day)) == ["a", "c"]
    assert ids(find_offices(NEED, fulda, offices, day)) == ["a"]


def test_employers_have_their_own_row_or_the_common_one(knowledge: Knowledge) -> None:
    own = replace(NEED, arbeitgeber={"standard": ("kmu-beratung",)})
    assert [n.offers("pflege", r) for n in (NEED, own) for r in (SEEKER, EMPLOYER)] == [("pqz", "aqb"), ("pqz", "aqb"), ("pqz", "aqb"), ("kmu-beratung",)]


@pytest.mark.parametrize(("key", "asked"), [
    ("arbeitgeber", ("beratung", "pflege", EMPLOYER)), ("pflege", ("beratung", "pflege", SEEKER)), ("beratung", ("beratung", "ihk", SEEKER)), ("standard", ("begleitung", "ihk", SEEKER)), ("standard", ("begleitung", "ihk", EMPLOYER)),
])
def test_reason_fits_role_then_group_then_need(knowledge: Knowledge, key: str, asked: tuple[str, str, str]) -> None:
    keys = ("standard", "pflege", "beratung") if key != "arbeitgeber" else ("standard", "pflege", "beratung", "arbeitgeber")
    angebot = replace(knowledge.angebote["aqb"], warum={k: f"Satz {k}." for k in keys})
    assert reason({"aqb": angebot}, sample(knowledge), *asked) == f"Satz {key}."


def test_every_first_office_has_a_reason_that_is_one_sentence(knowledge: Knowledge, day) -> None:
    for need, place, group, role in ((n, p, g, r) for n in knowledge.needs.values() for p in knowledge.places.kreise.values() for g in GROUPS for r in ROLES):
        first = find_offices(need, place, knowledge.offices, day, group, role)[0].office
        sentence = reason(knowledge.angebote, first, need.id, group, role)
        assert sentence.endswith("."), sentence
        assert ". " not in sentence, sentence


def test_routing_takes_at_most_5_ms_of_cpu(knowledge: Knowledge, day) -> None:
    asked: list[tuple[Need, Place, str]] = [(n, p, g) for n in knowledge.needs.values() for p in knowledge.places.kreise.values() for g in GROUPS]
    begin = time.process_time()
    for need, place, group in asked:
        find_offices(need, place, knowledge.offices, day, group)
    assert (time.process_time() - begin) / len(asked) < 0.005


def test_all_27_kreise_are_tested(knowledge: Knowledge) -> None:
    assert set(KREISE) == set(knowledge.places.kreise)


def sample(knowledge: Knowledge, **change) -> Office:
    """Returns a copy of a real office with other fields."""
    return replace(next(o for o in knowledge.offices.values() if o.angebot == "aqb"), **{"status": "aktiv", "sicher": "geprueft", "gueltig_bis": None, **change})


@pytest.fixture
def fulda(knowledge: Knowledge):
    """Returns the city of Fulda."""
    return knowledge.places.resolve("36037").places[0]


NEED = Need("beratung", "Beratung", {"standard": ("aqb", "koordination"), "pflege": ("pqz", "aqb")})


def ids(routes: list[Route]) -> list[str]:
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
    ("a:\n  titel: A\n  gruppen: {standard: [aqb, aqb]}\n", "a.gruppen.standard"),
    ("a:\n  titel: A\n  gruppen: {standard: [aqb]}\n  arbeitgeber: {pflege: [aqb]}\n", "a.arbeitgeber.standard"),
    ("a:\n  titel: A\n  gruppen: {standard: [aqb]}\n  betriebe: {standard: [aqb]}\n", "a.betriebe"),
], ids=["unbekanntes-angebot", "ohne-standard", "unbekannte-gruppe", "ohne-gruppen", "zweimal", "arbeitgeber-ohne-standard", "unbekannte-rolle"])
def test_fault_in_the_rule_table_is_named(write, text: str, field: str) -> None:
    errors: list[ContentError] = []
    load_routing(write("routing.yml", text), ("aqb",), errors)
    assert [e.field for e in errors] == [field]
