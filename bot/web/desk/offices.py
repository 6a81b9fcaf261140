"""`/stellen` and `/stellen/<id>`: the right office for a place, or all of them by Kreis; unknown contact data is said to be unknown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as Path

from bot.knowledge.angebote import Angebot
from bot.knowledge.base import Knowledge
from bot.knowledge.berufe import Beruf
from bot.knowledge.map_svg import render_map
from bot.knowledge.office_text import STATEWIDE, office_card
from bot.knowledge.offices import Office
from bot.knowledge.opening_hours import BERLIN
from bot.knowledge.places import Place, distance_km
from bot.knowledge.routing import ADVICE, Route, competent, find_offices, group_of, reason
from bot.web.desk.state import knowledge_of, today
from bot.web.templating import page

LANGUAGES = {"prs": "Dari", "sw": "Swahili"}
LEVELS = {"geprueft": "an der Quelle geprüft", "wahrscheinlich": "wahrscheinlich richtig", "veraltet": "veraltet", "unbekannt": "nicht bekannt, ob es die Stelle so noch gibt"}
WHOLE = Place(STATEWIDE, STATEWIDE, 50.6, 9.0)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; `bedarf` is a row of `data/routing.yml`, the rest "" when not given."""

    ort: str
    bedarf: str
    beruf: str
    kreis: str
    angebot: str

    def url(self, **changed: str) -> str:
        """Returns the address with some parameters changed."""
        values = vars(self) | changed
        query = urlencode({k: v for k, v in values.items() if v and not (k == "bedarf" and v == ADVICE)})
        return f"/stellen?{query}" if query else "/stellen"


def _asked(request: Request, knowledge: Knowledge) -> Asked:
    def text(name: str, allowed: Any = None) -> str:
        value = " ".join(request.query_params.get(name, "").split())[:100]
        return value if allowed is None or value in allowed else ""

    return Asked(text("ort"), text("bedarf", knowledge.needs) or ADVICE, text("beruf"), text("kreis", knowledge.places.kreise), text("angebot", knowledge.angebote))


async def browse(request: Request) -> Response:
    """The form, and the offices for the place or all by Kreis."""
    knowledge, now = knowledge_of(request), dt.datetime.now(BERLIN)
    asked = _asked(request, knowledge)
    found = knowledge.places.resolve(asked.ort, expected=True) if asked.ort else None
    beruf = knowledge.beruf_finder.find(asked.beruf).beruf if asked.beruf else None
    shared: dict[str, Any] = {"gefragt": asked, "bedarfe": knowledge.needs, "kreise": sorted(knowledge.places.kreise), "angebote": _offered(knowledge, now.date()), "gefunden": found, "beruf": beruf, "sprachname": sprachname(knowledge)}
    if found and found.kind == "gefunden":
        return page(request, "desk/stellen.html", **shared, **_for_place(knowledge, asked, found.places[0], beruf, now))
    outside = [office_card(knowledge, Route(o, None), WHOLE, now.date(), "", now) | {"fuer": ", ".join(o.zustaendig_fuer)} for o in knowledge.offices.values()
               if found and found.kind == "ausserhalb" and o.angebot == "anderes-land" and found.land in o.zustaendig_fuer and o.is_offered(now.date())]
    choices = [(p.label(), asked.url(ort=p.label())) for p in found.places] + [(f"{found.said} in {land}", asked.url(ort=f"{found.said} {land}")) for land in found.lands] if found else []
    groups = [] if found else _by_kreis(knowledge, asked, now)
    return page(request, "desk/stellen.html", **shared, ort=None, karten=[], weitere=[], karte="", auswahl=choices, ausserhalb=outside, gruppen=groups)


def _for_place(knowledge: Knowledge, asked: Asked, place: Place, beruf: Beruf | None, now: dt.datetime) -> dict[str, Any]:
    day, group = now.date(), group_of(beruf)
    routes = find_offices(knowledge.needs[asked.bedarf], place, competent(knowledge.offices, knowledge.angebote, beruf), day, group)
    cards = [_card(knowledge, r, place, now, reason(knowledge.angebote, r.office, asked.bedarf, group)) for r in routes]
    named = {r.office.id for r in routes}
    others = sorted((Route(o, _km(o, place)) for o in knowledge.offices.values() if o.id not in named and o.serves(place.kreis) and o.is_offered(day)
                     and asked.angebot in ("", o.angebot)), key=lambda r: (not r.office.is_local(place.kreis), r.km if r.km is not None else 9999, r.office.name))
    return {"ort": place, "karten": cards, "weitere": [_card(knowledge, r, place, now, "") for r in others], "karte": _map(knowledge, place, routes, day), "auswahl": [], "ausserhalb": [], "gruppen": []}


def _card(knowledge: Knowledge, route: Route, place: Place, now: dt.datetime, why: str) -> dict[str, Any]:
    return office_card(knowledge, route, place, now.date(), why, now) | {"fuer": ", ".join(route.office.zustaendig_fuer), "angebot": knowledge.angebote[route.office.angebot].titel}


def _km(office: Office, place: Place) -> float | None:
    if office.lat is None or office.lon is None or office.is_nationwide():
        return None
    return distance_km((place.lat, place.lon), (office.lat, office.lon))


def _by_kreis(knowledge: Knowledge, asked: Asked, now: dt.datetime) -> list[tuple[str, list[dict[str, Any]]]]:
    """Returns (heading, offices): the whole Land first, then each Kreis with its own offices, then all of Germany."""
    shown = [o for o in knowledge.offices.values() if o.is_offered(now.date()) and o.angebot != "anderes-land" and asked.angebot in ("", o.angebot)]
    areas = [asked.kreis] if asked.kreis else sorted(knowledge.places.kreise)
    groups = [(f"Für {area.replace(' (Landkreis)', ' (Kreis)')}", [o for o in shown if o.is_local(area)]) for area in areas]
    groups = [("Für ganz Hessen", [o for o in shown if "Hessen" in o.zustaendig_fuer]), *groups, ("Bundesweit", [o for o in shown if o.is_nationwide()])]
    return [(title, [{"id": o.id, "name": o.name, "angebot": knowledge.angebote[o.angebot].titel, "ort": o.ort, "telefon": o.telefon} for o in sorted(offices, key=lambda o: o.name)]) for title, offices in groups if offices]


def _offered(knowledge: Knowledge, day: dt.date) -> list[Angebot]:
    used = {o.angebot for o in knowledge.offices.values() if o.is_offered(day)}
    return [a for a in knowledge.angebote.values() if a.id in used]


def _map(knowledge: Knowledge, place: Place, routes: list[Route], day: dt.date) -> Markup:
    return _drawn(_Drawing(knowledge, place, tuple((r.office.id, r.km) for r in routes), day))


@dataclass(frozen=True)
class _Drawing:
    """What a map shows; equal when place, offices and day are."""

    knowledge: Knowledge
    place: Place
    routes: tuple[tuple[str, float | None], ...]
    day: dt.date

    def __hash__(self) -> int:
        return hash((id(self.knowledge), self.place, self.routes, self.day))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Drawing) and other.knowledge is self.knowledge and (other.place, other.routes, other.day) == (self.place, self.routes, self.day)


@lru_cache(maxsize=64)
def _drawn(drawing: _Drawing) -> Markup:
    routes = [Route(drawing.knowledge.offices[i], km) for i, km in drawing.routes]
    return Markup(render_map(drawing.knowledge, drawing.place, routes, drawing.day))  # noqa: S704 - render_map escapes all texts


def sprachname(knowledge: Knowledge) -> dict[str, str]:
    """Returns language code → German name."""
    return {code: s.name_deutsch for code, s in knowledge.sprachen.items()} | LANGUAGES


async def show(request: Request) -> Response:
    """One office; one that is not named any more says so."""
    knowledge, now = knowledge_of(request), dt.datetime.now(BERLIN)
    office = knowledge.offices.get(request.path_params["id"])
    if office is None:
        return page(request, "desk/unbekannte_stelle.html", status=404)
    berufe = sorted((b for b in knowledge.berufe.values() if office.id in b.stellen), key=lambda b: b.name)
    card = _card(knowledge, Route(office, None), WHOLE, now, "")
    return page(request, "desk/stelle.html", stelle=office, karte=card, angebot=knowledge.angebote[office.angebot], berufe=berufe, wird_genannt=office.is_offered(now.date()), stufe=LEVELS[office.sicher],
                sprachname=sprachname(knowledge), heute=today())


routes = [Path("/stellen", browse), Path("/stellen/{id}", show)]
