"""Every office: reachable or honestly unknown, in the right place, with sources."""

from __future__ import annotations

import datetime as dt
import re
from typing import Callable

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.offices import Office
from bot.knowledge.places import Places, distance_km, fold

IDS = sorted(path.stem for path in (DATA / "offices").glob("*.yml"))
DAY = dt.date(2026, 11, 25)
WEB_ADDRESS = re.compile(r"https?://[\w.-]+\.[a-z]{2,}(/\S*)?")


def shown(office: Office) -> tuple[str, ...]:
    return office.name, office.traeger, office.strasse, office.ort, office.sprechzeiten


RULES: dict[str, Callable[[Office], bool]] = {
    "the file name is an id": lambda o: bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", o.id)),
    "sources are addresses of the internet": lambda o: bool(o.quellen) and all(WEB_ADDRESS.fullmatch(q) for q in o.quellen),
    "the kind of point fits the point": lambda o: (o.lage == "keine") is (o.lat is None),
    "someone is served": lambda o: bool(o.zustaendig_fuer) or o.zustaendig_laut == "keine",
    "an ended office is never offered": lambda o: not (o.angebot == "beendet" or o.status in ("beendet", "abgeloest")) or not o.is_offered(DAY),
    "text is clean": lambda o: all(v == " ".join(v.split()) and not re.search(r"TODO|XXX|\?\?", v) for v in shown(o)),
}


@pytest.mark.parametrize("office_id", IDS)
def test_office_keeps_every_rule(knowledge: Knowledge, office_id: str) -> None:
    office = knowledge.offices[office_id]
    assert [rule for rule, holds in RULES.items() if not holds(office)] == []


@pytest.mark.parametrize("office_id", IDS)
def test_plz_town_and_point_fit_together(knowledge: Knowledge, office_id: str) -> None:
    office, places = knowledge.offices[office_id], knowledge.places
    towns = [places.municipalities[ags] for ags in places.by_plz.get(office.plz, ())]
    assert not office.plz or towns or office.plz in places.other_plz
    if towns and office.ort:
        assert fold(office.ort).split()[0] in " ".join(fold(t.name) for t in towns)
    assert near(office, towns or list(places.resolve(office.ort, expected=True).places))


def near(office: Office, towns: list) -> bool:
    """Tells whether the point lies at most 15 km from one of the towns, as far as both are known."""
    if office.lat is None or office.lon is None or not towns:
        return True
    return min(distance_km((t.lat, t.lon), (office.lat, office.lon)) for t in towns) < 15


def test_names_are_told_apart(knowledge: Knowledge) -> None:
    names = [o.name for o in knowledge.offices.values()]
    assert sorted({n for n in names if names.count(n) > 1}) == []


def test_every_row_of_the_rule_table_has_an_offer_that_is_alive(knowledge: Knowledge) -> None:
    alive = {o.angebot for o in knowledge.offices.values() if o.is_offered(DAY)}
    rows = [(need.id, group, offers) for need in knowledge.needs.values() for group, offers in need.gruppen.items()]
    assert rows
    assert [(need, group) for need, group, offers in rows if not alive & set(offers)] == []


def test_every_other_land_has_its_entry(knowledge: Knowledge) -> None:
    served = {land for o in knowledge.offices.values() if o.angebot == "anderes-land" for land in o.zustaendig_fuer}
    assert other_lands(knowledge.places) - served == set()


def other_lands(places: Places) -> set[str]:
    return set(places.other_plz.values()) - {"Hessen"}
