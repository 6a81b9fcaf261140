"""The map: well-formed, small, self-contained, the same in words, and everything where it belongs."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.map_svg import APART, HEIGHT, TOWNS, WIDTH, project, render_map, short_name
from bot.knowledge.places import Place
from bot.knowledge.routing import Route, find_offices

SVG = "{http://www.w3.org/2000/svg}"
ANYWHERE = Place("Hessen", "Hessen", 50.6, 9.0)


def read(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)


def words(svg: ElementTree.Element, tag: str) -> str:
    return svg.findtext(SVG + tag) or ""


def texts(svg: ElementTree.Element) -> dict[str, tuple[float, float]]:
    """Returns every text in the picture with its point."""
    return {t.text or "": (float(t.get("x", "nan")), float(t.get("y", "nan"))) for t in svg.iter(SVG + "text")}


@pytest.fixture(scope="session")
def marburg(knowledge: Knowledge) -> Place:
    """Returns the town of Marburg."""
    return knowledge.places.resolve("35037").places[0]


@pytest.fixture(scope="session")
def somewhere(knowledge: Knowledge):
    """Returns a function that makes a route to an office at a point."""
    office = next(o for o in knowledge.offices.values() if o.angebot == "aqb")

    def _somewhere(lat: float | None, lon: float | None, km: float | None = 12.0, **change) -> Route:
        return Route(replace(office, **{"lat": lat, "lon": lon, "lage": "plz", "name": "AQB", "strasse": "Weg 1", "plz": "34117", "ort": "Kassel", "adresse_stand": "2026-11-01", **change}), km)

    return _somewhere


def test_every_place_gives_a_small_whole_picture_with_its_name(knowledge: Knowledge, day) -> None:
    for place in [*knowledge.places.municipalities.values(), *knowledge.places.kreise.values(), ANYWHERE]:
        text = render_map(knowledge, place, find_offices(knowledge.needs["beratung"], place, knowledge.offices, day), day)
        svg = read(text)
        assert len(text.encode()) <= 25_000
        assert (svg.tag, svg.get("role"), svg.get("viewBox")) == (SVG + "svg", "img", f"0 0 {WIDTH} {HEIGHT}")
        assert place is ANYWHERE or (place.name if place.is_kreis else short_name(place.name)) in texts(svg), place


def test_picture_needs_nothing_from_outside(knowledge: Knowledge, marburg: Place, somewhere, day) -> None:
    text = render_map(knowledge, marburg, [somewhere(51.3, 9.5)], day)
    assert {e.tag.removeprefix(SVG) for e in read(text).iter()} <= {"svg", "title", "desc", "g", "path", "circle", "text"}
    assert not re.search(r"href|url\(|style|script|\son\w+=|https?://(?!www\.w3\.org/2000/svg)", text)
    assert "currentColor" in text
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', text))
    assert colours <= {"none", "currentColor", "var(--karte-akzent, #d0402f)", "var(--karte-grund, Canvas)"}


def test_all_plz_are_drawn(knowledge: Knowledge, day) -> None:
    paths = [p.get("d", "") for p in read(render_map(knowledge, ANYWHERE, [], day)).iter(SVG + "path")]
    assert [p.count("h0") for p in paths] == [len(knowledge.places.points)] * 2


def test_everything_lies_within_the_frame(knowledge: Knowledge) -> None:
    points = [project(*point) for point in knowledge.places.points.values()]
    assert all(10 < x < WIDTH - 10 and 10 < y < HEIGHT - 10 for x, y in points)


def test_kassel_is_up_and_darmstadt_down(knowledge: Knowledge, day) -> None:
    at = texts(read(render_map(knowledge, ANYWHERE, [], day)))
    assert at["Kassel"][1] < HEIGHT / 4 < at["Marburg"][1] < at["Frankfurt"][1] < HEIGHT * 3 / 4 < at["Darmstadt"][1]
    assert at["Wiesbaden"][0] < WIDTH / 4 < at["Frankfurt"][0] < WIDTH / 2 < at["Fulda"][0]


def test_a_kilometre_is_as_long_in_both_directions() -> None:
    (x, y), (east, _), (_, south) = project(50.6, 9.0), project(50.6, 9.0 + 10 / (111.195 * math.cos(math.radians(50.6)))), project(50.6 - 10 / 111.195, 9.0)
    assert east - x == pytest.approx(south - y, abs=0.2)


def test_towns_stand_for_every_kreis_and_all_have_their_name(knowledge: Knowledge, day) -> None:
    towns = [p for p in knowledge.places.municipalities.values() if p.name in TOWNS]
    assert sorted(p.name for p in towns) == sorted(TOWNS)
    assert {p.kreis for p in towns} | {"Kassel (Landkreis)"} == set(knowledge.places.kreise)
    assert {short_name(name) for name in TOWNS} <= set(texts(read(render_map(knowledge, ANYWHERE, [], day))))


def test_only_the_six_cities_are_bold(knowledge: Knowledge, day) -> None:
    svg = read(render_map(knowledge, ANYWHERE, [], day))
    assert {t.text for t in svg.iter(SVG + "text") if t.get("font-weight")} == {"Kassel", "Wiesbaden", "Frankfurt", "Offenbach", "Hanau", "Darmstadt"}


def test_marker_lies_where_the_office_is(knowledge: Knowledge, marburg: Place, somewhere, day) -> None:
    svg = read(render_map(knowledge, marburg, [somewhere(51.31, 9.49), somewhere(49.87, 8.65)], day))
    assert texts(svg)["1"] == pytest.approx(project(51.31, 9.49), abs=5)
    assert texts(svg)["2"] == pytest.approx(project(49.87, 8.65), abs=5)


def test_offices_at_one_point_stand_side_by_side(knowledge: Knowledge, marburg: Place, somewhere, day) -> None:
    at = texts(read(render_map(knowledge, marburg, [somewhere(50.11, 8.68)] * 3, day)))
    points = [at[n] for n in "123"]
    assert all(math.dist(a, b) >= APART - 1 for a in points for b in points if a is not b)
    assert all(math.dist(points[0], p) < 2 * APART for p in points)


def test_middle_of_a_town_is_a_hollow_circle_and_explained(knowledge: Knowledge, marburg: Place, somewhere, day) -> None:
    note = "Leerer Kreis: Ortsmitte, nicht die Adresse"
    assert note in texts(read(render_map(knowledge, marburg, [somewhere(51.31, 9.49, lage="ortsmitte")], day)))
    assert note not in texts(read(render_map(knowledge, marburg, [somewhere(51.31, 9.49)], day)))


@pytest.mark.parametrize(("lat", "lon"), [(None, None), (52.52, 13.4), (50.72, 7.1)], ids=["unknown", "Berlin", "Bonn"])
def test_office_without_a_place_in_the_picture_is_only_listed(knowledge: Knowledge, marburg: Place, somewhere, lat: float | None, lon: float | None, day) -> None:
    svg = read(render_map(knowledge, marburg, [somewhere(lat, lon, None, ort="")], day))
    assert "1" not in texts(svg)
    assert words(svg, "desc").endswith("1. AQB, nicht auf der Karte.")


def test_place_and_offices_are_told_in_words(knowledge: Knowledge, marburg: Place, somewhere, day) -> None:
    svg = read(render_map(knowledge, marburg, [somewhere(51.31, 9.49, 75.4), somewhere(50.11, 8.68, name="QualiFi", km=3.2)], day))
    assert words(svg, "title") == f"Karte von Hessen: {marburg.label()}"
    assert words(svg, "desc") == f"Ihr Ort: {marburg.label()}. 1. AQB, etwa 75 km Luftlinie. 2. QualiFi, etwa 3 km Luftlinie."


def test_no_distance_to_an_address_that_is_too_old_to_print(knowledge: Knowledge, marburg: Place, somewhere, day) -> None:
    assert words(read(render_map(knowledge, marburg, [somewhere(51.31, 9.49, 75.4, adresse_stand="2021")], day)), "desc").endswith("1. AQB, Kassel.")


def test_whole_of_hessen_highlights_nothing(knowledge: Knowledge, somewhere, day) -> None:
    text = render_map(knowledge, ANYWHERE, [], day)
    assert "--karte-akzent" not in text
    assert words(read(text), "title") == "Karte von Hessen: Beratungsstellen"


def test_plz_of_the_place_are_highlighted(knowledge: Knowledge, marburg: Place, day) -> None:
    def highlighted(place: Place) -> int:
        return next(p.get("d", "").count("h0") for p in read(render_map(knowledge, place, [], day)).iter(SVG + "path") if "akzent" in p.get("stroke", ""))

    kreis = knowledge.places.kreise["Marburg-Biedenkopf"]
    assert 1 <= highlighted(marburg) < highlighted(kreis) < 40


def test_district_of_a_city_is_named(knowledge: Knowledge, marburg: Place, day) -> None:
    assert "Cappel" in texts(read(render_map(knowledge, replace(marburg, part="Cappel"), [], day)))


def test_all_texts_are_escaped(knowledge: Knowledge, marburg: Place, somewhere, day) -> None:
    evil = '</desc><script>alert("1")</script> & \'x\''
    svg = read(render_map(knowledge, replace(marburg, name=evil, part=evil), [somewhere(51.31, 9.49, None, name=evil, ort=evil)], day))
    assert not list(svg.iter(SVG + "script"))
    assert words(svg, "desc").count(evil) == 4
    assert evil in words(svg, "title")
