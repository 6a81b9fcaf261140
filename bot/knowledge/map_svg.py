"""Map of Hessen as one static SVG: PLZ points, towns, the person's place, her offices. No tiles, no scripts, nothing from outside.

Colours are `currentColor` and the CSS variables `--karte-akzent` and `--karte-grund`, so that the page decides on light and dark.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from html import escape
from typing import Iterable, NamedTuple

from bot.knowledge.base import Knowledge
from bot.knowledge.map_labels import Box, around, find_room
from bot.knowledge.office_text import STATEWIDE, distance_text
from bot.knowledge.places import Place
from bot.knowledge.routing import Route

NORTH, SOUTH, WEST, EAST = 51.71, 49.33, 7.72, 10.30  # degrees WGS84; Hessen with a margin
STRETCH = math.cos(math.radians(50.6))  # length of a degree of longitude in degrees of latitude, in the middle of Hessen
WIDTH = 380  # units of the picture; all sizes below are in these units
SCALE = WIDTH / ((EAST - WEST) * STRETCH)  # units per degree of latitude
HEIGHT = round((NORTH - SOUTH) * SCALE)
FRAME = Box(0, 0, WIDTH, HEIGHT)
ACCENT, GROUND = "var(--karte-akzent, #d0402f)", "var(--karte-grund, Canvas)"
MARKER = 9  # radius
APART = 2 * MARKER + 1
# Where a marker goes when its place is taken, nearest first: below, left, right, above, then in between and further out.
STEPS = [(0, 0), *((round(r * math.cos(a)), round(r * math.sin(a))) for r in (APART, 1.5 * APART, 2 * APART) for a in map(math.radians, (90, 180, 0, 270, 135, 45, 225, 315)))]
HOLLOW = "Leerer Kreis: Ortsmitte, nicht die Adresse"
SOURCE = "© OpenStreetMap-Mitwirkende, GeoNames"
# Seats of the Kreise and kreisfreie Städte, names as in gemeinden.csv. Kassel is the seat of both Kreise of that name;
# Darmstadt-Dieburg is shown by Dieburg, because its seat Darmstadt is a city of its own.
TOWNS = frozenset((
    "Kassel", "Homberg (Efze)", "Korbach", "Eschwege", "Bad Hersfeld", "Fulda", "Lauterbach (Hessen)", "Marburg", "Gießen", "Wetzlar", "Limburg a. d. Lahn",
    "Friedberg (Hessen)", "Gelnhausen", "Bad Homburg v. d. Höhe", "Frankfurt am Main", "Offenbach am Main", "Hanau", "Dietzenbach", "Hofheim am Taunus",
    "Wiesbaden", "Bad Schwalbach", "Groß-Gerau", "Darmstadt", "Dieburg", "Heppenheim (Bergstraße)", "Erbach",
))


class Marker(NamedTuple):
    """The numbered disc of an office: the point where it lies, and the centre of the disc, moved aside when others lie there, too."""

    number: int
    point: tuple[float, float]
    x: float
    y: float
    is_exact: bool


def render_map(knowledge: Knowledge, place: Place, routes: list[Route], day: dt.date) -> str:
    """Returns the picture as XML text; its `<desc>` lists the place and the offices in words.

    Args:
        knowledge: all content.
        place: the person's municipality or Kreis; „Hessen“ highlights nothing.
        routes: her offices in the order of their numbers. One without a point, or beyond the edge, is only listed.
        day: no distance is told to an address that is too old to print on this day.
    """
    home = "" if place.name == STATEWIDE else place.label()
    title = f"Karte von Hessen: {home or 'Beratungsstellen'}"
    listed = [f"Ihr Ort: {home}."] if home else []
    listed += [f"{number}. {_describe(route, place, day)}." for number, route in enumerate(routes, start=1)]
    markers = _place_markers(routes)
    towns = [p for p in knowledge.places.municipalities.values() if p.name in TOWNS and p.name != place.name]
    taken = [Box(WIDTH / 2, HEIGHT - 26, WIDTH, HEIGHT), *(around(m.x, m.y, MARKER + 1) for m in markers)]
    dots = [around(*project(p.lat, p.lon), 2) for p in towns]
    drawn_home = _home(knowledge, place, taken, dots) if home else ""  # finds room first, is drawn above the towns
    return "".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="system-ui, sans-serif" font-size="11" fill="currentColor">',
        f"<title>{escape(title)}</title><desc>{escape(' '.join(listed))}</desc>",
        _outline(knowledge), _towns(knowledge, towns, taken + dots), drawn_home, _discs(markers), _foot(markers), "</svg>",
    ])


def project(lat: float, lon: float) -> tuple[float, float]:
    """Returns x and y in the picture for degrees WGS84: equirectangular, true to scale at 50.6° north."""
    return round((lon - WEST) * STRETCH * SCALE, 1), round((NORTH - lat) * SCALE, 1)


def short_name(name: str) -> str:
    """Returns a municipality's name without what follows „am“, „im“, „a. d.“, „v. d.“ or a bracket."""
    return re.split(r" (?:am |im |a\. |v\. |\()", name)[0]


def _describe(route: Route, place: Place, day: dt.date) -> str:
    where = distance_text(route, place, day) or route.office.ort
    return ", ".join(part for part in (route.office.name, where, "" if _point(route) else "nicht auf der Karte") if part)


def _point(route: Route) -> tuple[float, float] | None:
    """Returns where the office lies in the picture, or None without a known point or beyond the edge."""
    lat, lon = route.office.lat, route.office.lon
    if lat is None or lon is None or not (SOUTH < lat < NORTH and WEST < lon < EAST):
        return None
    return project(lat, lon)


def _place_markers(routes: list[Route]) -> list[Marker]:
    markers: list[Marker] = []
    for number, route in enumerate(routes, start=1):
        point = _point(route)
        if point is None:
            continue
        places = [(point[0] + dx, point[1] + dy) for dx, dy in STEPS]
        x, y = next((p for p in places if all(math.dist(p, (m.x, m.y)) >= APART - 1 for m in markers)), point)
        markers.append(Marker(number, point, x, y, route.office.lage == "plz"))
    return markers


def _dots(points: Iterable[tuple[float, float]]) -> str:
    """Returns path data: one dot per (lat, lon), drawn by round line caps."""
    return "".join(f"M{x:g} {y:g}h0" for x, y in (project(lat, lon) for lat, lon in points))


def _outline(knowledge: Knowledge) -> str:
    dots = _dots(knowledge.places.points.values())
    return (f'<g stroke="currentColor" stroke-linecap="round"><path d="{dots}" stroke-width="27" stroke-opacity=".09"/>'
            f'<path d="{dots}" stroke-width="2" stroke-opacity=".3"/></g>')


def _home(knowledge: Knowledge, place: Place, taken: list[Box], dots: list[Box]) -> str:
    """Draws the PLZ points of the person's place, a ring, and its name, if need be over the dots of towns; adds what it covers to `taken`."""
    places = knowledge.places
    mine = {ags for ags, p in places.municipalities.items() if p.kreis == place.kreis and (place.is_kreis or p.name == place.name)}
    area = _dots(point for plz, point in places.points.items() if mine.intersection(places.by_plz[plz]))
    x, y = project(place.lat, place.lon)
    name = place.part or (place.name if place.is_kreis else short_name(place.name))
    room = find_room(len(name) * 8.6, x, y, (15, 22), taken + dots, FRAME) or find_room(len(name) * 8.6, x, y, (15, 22, 30), taken, FRAME)
    label = ""
    if room:
        taken.append(room.box)
        label = (f'<text x="{room.x:g}" y="{room.y:g}" text-anchor="{room.anchor}" font-size="13" font-weight="700" fill="{ACCENT}" stroke="{GROUND}" stroke-width="4" '
                 f'stroke-linejoin="round" paint-order="stroke">{escape(name)}</text>')
    taken.append(around(x, y, 12))
    return (f'<path d="{area}" stroke="{ACCENT}" stroke-width="5" stroke-linecap="round" stroke-opacity=".6"/><circle cx="{x:g}" cy="{y:g}" r="3" fill="{ACCENT}"/>'
            f'<circle cx="{x:g}" cy="{y:g}" r="12" fill="none" stroke="{ACCENT}" stroke-width="2.5"/>{label}')


def _towns(knowledge: Knowledge, towns: list[Place], taken: list[Box]) -> str:
    """Draws the towns, cities first; a name that finds no room is left out."""
    cities = {p.name for p in towns if not knowledge.places.kreise[p.kreis].is_kreis}
    drawn = []
    for town in sorted(towns, key=lambda p: p.name not in cities):
        (x, y), name = project(town.lat, town.lon), short_name(town.name)
        radius, letter, weight = (3, 7.3, ' font-weight="600"') if town.name in cities else (2, 6.6, "")
        drawn.append(f'<circle cx="{x:g}" cy="{y:g}" r="{radius}"/>')
        room = find_room(len(name) * letter, x, y, (5, 12), taken, FRAME)
        if room:
            taken.append(room.box)
            drawn.append(f'<text x="{room.x:g}" y="{room.y:g}" text-anchor="{room.anchor}"{weight}>{escape(name)}</text>')
    return "".join(drawn)


def _discs(markers: list[Marker]) -> str:
    """Draws full discs, hollow ones where only the middle of the town is known, and lines to the points of those that had to move."""
    moved = "".join(f"M{m.point[0]:g} {m.point[1]:g}L{m.x:g} {m.y:g}" for m in markers if (m.x, m.y) != m.point)
    drawn = [f'<path d="{moved}" stroke="{ACCENT}" stroke-width="2"/>' if moved else ""]
    for marker in markers:
        disc, digit = (ACCENT, GROUND) if marker.is_exact else (GROUND, ACCENT)
        drawn.append(f'<circle cx="{marker.x:g}" cy="{marker.y:g}" r="{MARKER}" fill="{disc}" stroke="{ACCENT}" stroke-width="2"/>'
                     f'<text x="{marker.x:g}" y="{marker.y + 4.5:g}" text-anchor="middle" font-size="13" font-weight="700" fill="{digit}">{marker.number}</text>')
    return "".join(drawn)


def _foot(markers: list[Marker]) -> str:
    hollow = "" if all(m.is_exact for m in markers) else f'<text x="{WIDTH - 4}" y="{HEIGHT - 17}">{HOLLOW}</text>'
    return f'<g text-anchor="end" font-size="9" opacity=".8">{hollow}<text x="{WIDTH - 4}" y="{HEIGHT - 5}">{SOURCE}</text></g>'
