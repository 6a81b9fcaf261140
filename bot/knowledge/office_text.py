"""Offices → message: what each is for, how far, how to reach it, how old the data is. Unknown contact data is said to be unknown."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from bot.knowledge.base import Knowledge
from bot.knowledge.contact import hotline_text
from bot.knowledge.offices import Office, german_partial
from bot.knowledge.places import Place, Resolution
from bot.knowledge.reply import Button, Reply
from bot.knowledge.routing import Route, find_offices

FINDER = "www.anerkennung-in-deutschland.de"
STATEWIDE = "Hessen"


def render_routes(knowledge: Knowledge, place: Place, need: str, group: str, day: dt.date) -> Reply:
    """Returns up to three offices for a place, best first, and the nationwide contacts."""
    routes = find_offices(knowledge.needs[need], place, knowledge.offices, day, group)
    where = "ganz Hessen" if place.name == STATEWIDE else place.label()
    head = f"Beratung für **{where}**:" if routes else f"Für **{where}** kenne ich keine Stelle mit gesicherten Angaben."
    parts = [head, *(_office(knowledge, number, route, place, day) for number, route in enumerate(routes, start=1)), _last_resort(knowledge)]
    buttons = (Button("Anderer Ort", "Beratung an einem anderen Ort"), Button("Was kostet die Beratung?", "Ist die Beratung kostenlos?"))
    return Reply("\n\n".join(parts), buttons, {"typ": "stellen", "ort": place.name, "stellen": [_card(knowledge, r, place, day) for r in routes]})


def render_outside(knowledge: Knowledge, found: Resolution, day: dt.date) -> Reply:
    """Returns the contact for a place that is not in Hessen, without any distance."""
    name = found.said
    land = f" ({found.land})" if found.land else ""
    parts = [f"**{name}**{land} liegt nicht in Hessen. Ich kenne nur die Beratungsstellen in Hessen genau."]
    offices = [o for o in knowledge.offices.values() if o.angebot == "anderes-land" and found.land in o.zustaendig_fuer and o.is_offered(day)]
    for office in offices[:1]:
        parts.append("\n".join([f"**{office.name}**", *_contact(office, day), _age(office, day)]))
    parts.append(_last_resort(knowledge))
    return Reply("\n\n".join(parts), (), {"typ": "stellen", "ort": name, "stellen": []})


def _office(knowledge: Knowledge, number: int, route: Route, place: Place, day: dt.date) -> str:
    office = route.office
    carrier = f" (Träger: {office.traeger})" if office.traeger and office.traeger not in office.name else ""
    where = ", ".join(part for part in (_area(office, place), _distance(route, place)) if part)
    lines = [f"{number}. **{office.name}**{carrier}", knowledge.angebote[office.angebot].zweck, f"Zuständig: {where}"]
    return "\n".join([*lines, *_contact(office, day), _age(office, day)])


def _area(office: Office, place: Place) -> str:
    if not office.is_local(place.kreis):
        return "bundesweit" if "bundesweit" in office.zustaendig_fuer else "ganz Hessen"
    return f"wahrscheinlich {place.kreis}" if office.zustaendig_laut == "vermutet" else place.kreis


def _distance(route: Route, place: Place) -> str:
    """Returns the distance in words; a statewide office without an address is reached by phone or web, not by train."""
    office = route.office
    if route.km is None or place.name == STATEWIDE:
        return ""
    if office.lage == "ortsmitte":
        if not office.is_local(place.kreis):
            return ""
        return f"etwa {round(route.km)} km Luftlinie bis zur Ortsmitte von {office.ort}" if route.km >= 3 else f"in {office.ort}"
    return f"etwa {max(1, round(route.km))} km Luftlinie"


def _contact(office: Office, day: dt.date) -> list[str]:
    address = office.address(day)
    check = "" if office.adresse_stand else " (bitte vorher prüfen)"
    known = [f"Adresse: {address}{check}" if address else "", f"Telefon: {office.telefon}" if office.telefon else "", f"E-Mail: {office.email}" if office.email else "",
             f"Sprechzeiten: {office.sprechzeiten}" if office.sprechzeiten else "", f"Webseite: {office.website}" if office.website else ""]
    missing = [name for name, value in (("Adresse", address), ("Telefon", office.telefon), ("Webseite", office.website)) if not value]
    return [line for line in known if line] + ([f"Nicht bekannt: {', '.join(missing)}"] if missing else [])


def _age(office: Office, day: dt.date) -> str:
    source = urlsplit(office.quellen[0]).hostname or office.quellen[0]
    stand = german_partial(office.stand) if office.stand else "ohne Datum"
    warning = "" if office.is_fresh(day) else " Bitte vorher prüfen."
    return f"Stand: {stand}, Quelle: {source.removeprefix('www.')}.{warning}"


def _last_resort(knowledge: Knowledge) -> str:
    return f"Bundesweit hilft die Hotline „Arbeiten und Leben in Deutschland“: {hotline_text(knowledge.offices)}. Weitere Beratungsstellen: {FINDER}"


def _card(knowledge: Knowledge, route: Route, place: Place, day: dt.date) -> dict[str, Any]:
    office = route.office
    return {
        "id": office.id, "name": office.name, "traeger": office.traeger, "zweck": knowledge.angebote[office.angebot].zweck,
        "zustaendig": _area(office, place), "km": None if route.km is None else round(route.km), "entfernung": _distance(route, place),
        "adresse": office.address(day), "telefon": office.telefon, "email": office.email, "website": office.website,
        "sprechzeiten": office.sprechzeiten, "sprachen": list(office.sprachen), "stand": office.stand, "aktuell": office.is_fresh(day),
        "quellen": list(office.quellen),
    }
