"""Offices → message: why this one, what each is for, how far, how to reach it, how old the data is. Unknown contact data is said to be unknown."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import quote, urlsplit

from bot.knowledge.base import Knowledge
from bot.knowledge.berufe import Beruf
from bot.knowledge.contact import HOTLINE, hotline_text
from bot.knowledge.offices import Office, by_former_name, german_partial
from bot.knowledge.opening_hours import status
from bot.knowledge.places import Place, Resolution
from bot.knowledge.reply import Button, Reply
from bot.knowledge.routing import SEEKER, Route, competent, find_offices, reason

FINDER = "www.anerkennung-in-deutschland.de"
PORTAL = "portal"
STATEWIDE = "Hessen"
MAP = "https://www.openstreetmap.org/search?query="


def render_routes(knowledge: Knowledge, place: Place, need: str, group: str, day: dt.date, role: str = SEEKER, beruf: Beruf | None = None, said: str = "",
                  now: dt.datetime | None = None) -> Reply:
    """Returns up to three offices for a place, best first, and the nationwide contacts.

    Args:
        role: `ratsuchend` or `arbeitgeber`.
        beruf: the occupation when it is known: authorities that decide on others are left out.
        said: what the person wrote; an old name of an office in it is explained first.
        now: a point in time with a time zone; without it nothing is said about open or closed.
    """
    rule = knowledge.needs[need]
    routes = find_offices(rule, place, competent(knowledge.offices, knowledge.angebote, beruf), day, group, role)
    why = [reason(knowledge.angebote, route.office, need, group, role) for route in routes]
    where = "ganz Hessen" if place.name == STATEWIDE else place.label()
    head = f"{rule.titel} – **{where}**:" if routes else f"Für **{where}** kenne ich keine Stelle mit gesicherten Angaben."
    offices = [_office(knowledge, number, route, place, day, why[number - 1], now) for number, route in enumerate(routes, start=1)]
    parts = [former_name_line(knowledge, said, place.kreis, day), head, *offices, _last_resort(knowledge, routes, now)]
    buttons = (Button("Anderer Ort", "Beratung an einem anderen Ort"), Button("Was kostet die Beratung?", "Ist die Beratung kostenlos?"))
    cards = [office_card(knowledge, route, place, day, sentence, now) for route, sentence in zip(routes, why, strict=True)]
    return Reply("\n\n".join(part for part in parts if part), buttons, {"typ": "stellen", "ort": place.name, "kreis": "" if place.name == STATEWIDE else place.kreis, "bedarf": need, "stellen": cards})


def former_name_line(knowledge: Knowledge, text: str, kreis: str, day: dt.date) -> str:
    """Returns who is there today for an old name in `text` („Sie suchen „InFA“? …“), or "" without one."""
    found = by_former_name(knowledge.offices, text)
    if not found:
        return ""
    old = max((name for name, _ in found), key=len)
    offices = [office for name, office in found if name == old]
    today = [office for office in offices if office.is_offered(day)]
    if not today:
        return f"Sie suchen „{old}“? Zuletzt hieß das Angebot: {offices[0].name}. {offices[0].hinweis}".strip()
    here = [office.name for office in today if office.serves(kreis)]
    return f"Sie suchen „{old}“? Heute ist dafür da: {'; '.join(here or [knowledge.angebote[today[0].angebot].titel])}."


def render_outside(knowledge: Knowledge, found: Resolution, day: dt.date, now: dt.datetime | None = None) -> Reply:
    """Returns the contact for a place that is not in Hessen, without any distance."""
    name = found.said
    land = f" ({found.land})" if found.land else ""
    parts = [f"**{name}**{land} liegt nicht in Hessen. Ich kenne nur die Beratungsstellen in Hessen genau."]
    offices = [o for o in knowledge.offices.values() if o.angebot == "anderes-land" and found.land in o.zustaendig_fuer and o.is_offered(day)]
    for office in offices[:1]:
        parts.append("\n".join(line for line in (f"**{office.name}**", *contact_lines(office, day, now), office.hinweis, age_line(office, day)) if line))
    parts.append(_last_resort(knowledge, [], now))
    return Reply("\n\n".join(parts), (), {"typ": "stellen", "ort": name, "stellen": []})


def _office(knowledge: Knowledge, number: int, route: Route, place: Place, day: dt.date, why: str, now: dt.datetime | None) -> str:
    """Returns one office of the list; the first says why it is the first and what to bring."""
    office, angebot, first = route.office, knowledge.angebote[route.office.angebot], number == 1
    carrier = f" (Träger: {office.traeger})" if office.traeger and office.traeger not in office.name else ""
    where = ", ".join(part for part in (_area(office, place), distance_text(route, place, day)) if part)
    lines = [f"{number}. **{office.name}**{carrier}", why if first else angebot.zweck, f"Zuständig: {where}", *contact_lines(office, day, now), *_days(office), office.hinweis]
    bring = f"Mitbringen, was Sie haben: {', '.join(angebot.mitbringen)}" if first and angebot.mitbringen else ""
    return "\n".join(line for line in (*lines, bring, age_line(office, day)) if line)


def _days(office: Office) -> list[str]:
    """Returns the places where the office is there for people; a rhythm that the opening hours tell already is not repeated."""
    return [f"Sprechtage: {d.ort} ({d.rhythmus})" if d.rhythmus else f"Vor Ort: {d.ort}" for d in office.sprechtage if not (d.rhythmus and d.rhythmus in office.sprechzeiten)]


def _area(office: Office, place: Place) -> str:
    if not office.is_local(place.kreis):
        return "bundesweit" if "bundesweit" in office.zustaendig_fuer else "ganz Hessen"
    return f"wahrscheinlich {place.kreis}" if office.zustaendig_laut == "vermutet" else place.kreis


def distance_text(route: Route, place: Place, day: dt.date) -> str:
    """Returns the distance in words; a statewide office without an address is reached by phone or web, not by train."""
    office = route.office
    if route.km is None or place.name == STATEWIDE:
        return ""
    if office.lage == "ortsmitte":
        if not office.is_local(place.kreis):
            return ""
        return f"etwa {round(route.km)} km Luftlinie bis zur Ortsmitte von {office.ort}" if route.km >= 3 else f"in {office.ort}"
    return f"etwa {max(1, round(route.km))} km Luftlinie" if office.address(day) else ""


def contact_line(office: Office, day: dt.date) -> str:
    """Returns name and contact of an office in one line, for texts in which it is one of several things."""
    address = office.address(day)
    known = [f"Telefon {office.telefon}" if office.telefon else "", f"E-Mail {office.email}" if office.email else "", office.website]
    contact = ", ".join(part for part in known if part) or (f"Adresse {address}" if address else "Kontakt nicht bekannt")
    stand = f"Stand {german_partial(office.stand)}" if office.stand else "ohne Datum"
    return f"**{office.name}**: {contact} ({stand}{'' if office.is_fresh(day) else ', bitte vorher prüfen'})"


def contact_lines(office: Office, day: dt.date, now: dt.datetime | None = None) -> list[str]:
    """Returns all that is known of an office's contact, one item a line, and what is not known."""
    address, open_now = office.address(day), _open_now(office, now)
    check = "" if office.adresse_stand else " (bitte vorher prüfen)"
    known = [f"Adresse: {address}{check}" if address else "", f"Karte: {map_link(address)}" if address else "", f"Telefon: {office.telefon}" if office.telefon else "", f"E-Mail: {office.email}" if office.email else "",
             f"Sprechzeiten: {office.sprechzeiten}" if office.sprechzeiten else "", f"Nach diesen Zeiten: {open_now}" if open_now else "",
             f"Webseite: {office.website}" if office.website else ""]
    missing = _missing(office, address)
    return [line for line in known if line] + ([f"Nicht bekannt: {', '.join(name.title() for name in missing)}"] if missing else [])


def _missing(office: Office, address: str) -> list[str]:
    """Returns which of `adresse`, `telefon` and `webseite` are not known; a nationwide portal has no address."""
    wanted = {} if office.is_nationwide() and not office.ort else {"adresse": address, "telefon": office.telefon, "webseite": office.website}
    return [name for name, value in wanted.items() if not value]


def _open_now(office: Office, now: dt.datetime | None) -> str:
    return status(office, now) if now else ""


def age_line(office: Office, day: dt.date) -> str:
    """Returns date and source of an office's data."""
    source = urlsplit(office.quellen[0]).hostname or office.quellen[0]
    stand = german_partial(office.stand) if office.stand else "ohne Datum"
    warning = "" if office.is_fresh(day) else " Bitte vorher prüfen."
    return f"Stand: {stand}, Quelle: {source.removeprefix('www.')}.{warning}"


def map_link(address: str) -> str:
    """Returns a link that looks the address up on a map; only the office's address is in it."""
    return MAP + quote(address)


def _last_resort(knowledge: Knowledge, routes: list[Route], now: dt.datetime | None) -> str:
    """Returns how to get help by phone or online, without what the list names already."""
    hotline = knowledge.offices.get(HOTLINE)
    open_now = _open_now(hotline, now) if hotline else ""
    hours = f", nach ihren Sprechzeiten: {open_now}" if open_now else ""
    named = {route.office.id for route in routes}
    phone = "" if HOTLINE in named else f"am Telefon bei der Hotline „Arbeiten und Leben in Deutschland“: {hotline_text(knowledge.offices)}{hours}"
    online = "" if any(route.office.angebot == PORTAL for route in routes) else f"im Internet: {FINDER}"
    ways = "; ".join(way for way in (phone, online) if way)
    return f"Bundesweit finden Sie Hilfe {ways}" if ways else ""


def office_card(knowledge: Knowledge, route: Route, place: Place, day: dt.date, why: str, now: dt.datetime | None) -> dict[str, Any]:
    """Returns one office as a page shows it; `why` is the reason why it is named, `now` a point in time with a time zone."""
    office, angebot = route.office, knowledge.angebote[route.office.angebot]
    address = office.address(day)
    return {
        "id": office.id, "name": office.name, "traeger": office.traeger, "zweck": angebot.zweck, "warum": why, "hinweis": office.hinweis,
        "zustaendig": _area(office, place), "km": None if route.km is None else round(route.km), "entfernung": distance_text(route, place, day),
        "adresse": address, "karte": map_link(address) if address else "", "telefon": office.telefon, "email": office.email, "website": office.website,
        "unbekannt": _missing(office, address), "sprechzeiten": office.sprechzeiten, "geoeffnet": _open_now(office, now), "sprechtage": [{"ort": d.ort, "rhythmus": d.rhythmus} for d in office.sprechtage],
        "mitbringen": list(angebot.mitbringen),
        "sprachen": list(office.sprachen), "stand": office.stand, "aktuell": office.is_fresh(day), "quellen": list(office.quellen),
    }
