"""Which office for whom: competence first (`data/routing.yml`), then the Kreis, then the distance.

To change who is named: the row of the need in `data/routing.yml`. A new need is a new row there.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.knowledge.angebote import Angebot
from bot.knowledge.berufe import GRUPPEN, Beruf
from bot.knowledge.errors import ContentError
from bot.knowledge.offices import BASIS, Office
from bot.knowledge.places import Place, distance_km, fold
from bot.knowledge.yamlfile import Record, read_yaml

DEFAULT_GROUP = "standard"
GROUPS = (DEFAULT_GROUP, *GRUPPEN)
SEEKER, EMPLOYER = "ratsuchend", "arbeitgeber"
ROLES = (SEEKER, EMPLOYER)
ADVICE = "beratung"
COMPANY = ("fuer arbeitgeber", "als arbeitgeber", "wir als betrieb", "als betrieb", "fuer betrieb", "mein betrieb", "unser betrieb", "unsere firma", "meine firma", "unternehmen",
           "fuer unsere mitarbeiter", "wir suchen", "wir moechten einstellen", "als firma", "fuer firmen")
LAST = "allgemein"  # the last row of the table
MOST = 3

Rows = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Need:
    """What a person needs, with the offers per group, best first; `zuletzt` are offers for when nobody else can be reached,
    `woerter` beginnings of words (folded) by which the need is told."""

    id: str
    titel: str
    gruppen: Rows
    arbeitgeber: Rows = field(default_factory=dict)
    zuletzt: tuple[str, ...] = ()
    woerter: tuple[str, ...] = ()

    def offers(self, group: str, role: str = SEEKER) -> tuple[str, ...]:
        """Returns the offers for a group in a role, or those for everybody in this role."""
        rows = self.arbeitgeber if role == EMPLOYER and self.arbeitgeber else self.gruppen
        return rows.get(group) or rows[DEFAULT_GROUP]


@dataclass(frozen=True)
class Route:
    """One office for one person; `km` is the distance as the crow flies, None when it is unknown or says nothing."""

    office: Office
    km: float | None


def load_routing(path: Path, angebote: tuple[str, ...], errors: list[ContentError]) -> dict[str, Need]:
    """Reads the rule table; unknown offers, groups and offers named twice go to `errors`."""
    record = Record(read_yaml(path), path, errors)
    needs = {}
    for key, entry in record.entries():
        titel = entry.take_text("titel")
        needs[key] = Need(key, titel, _rows(entry, "gruppen", True, angebote), _rows(entry, "arbeitgeber", False, angebote),
                          woerter=tuple(fold(w) for w in entry.take_texts("woerter", required=False)))
    last = needs[LAST].gruppen.get(DEFAULT_GROUP, ()) if LAST in needs else ()
    return {key: replace(need, zuletzt=last) for key, need in needs.items()}


def need_of(needs: dict[str, Need], text: str) -> str:
    """Returns the need that `text` names, in the order of the table; `beratung` when it names none."""
    said = f" {fold(text)}"
    return next((need.id for need in needs.values() if any(f" {word}" in said for word in need.woerter)), ADVICE)


def role_of(text: str) -> str:
    """Returns `arbeitgeber` when a company asks, else `ratsuchend`."""
    said = f" {fold(text)}"
    return EMPLOYER if any(f" {word}" in said for word in COMPANY) else SEEKER


def _rows(entry: Record, name: str, required: bool, angebote: tuple[str, ...]) -> Rows:
    record = entry.take_record(name, required)
    if record is None:
        return {}
    rows = {group: record.take_texts(group, required=group == DEFAULT_GROUP) for group in GROUPS}
    record.finish()
    for group, offers in rows.items():
        for offer in offers:
            if offer not in angebote:
                record.fault("", f"Das Angebot „{offer}“ gibt es nicht.", "Kennung aus data/angebote.yml verwenden.")
        if len(set(offers)) < len(offers):
            record.fault(group, "Ein Angebot steht zweimal in der Zeile.", "Eines davon entfernen.")
    return {group: offers for group, offers in rows.items() if offers}


def check_table(needs: dict[str, Need], angebote: dict[str, Angebot], folder: Path, errors: list[ContentError]) -> None:
    """Notes a missing last row, offers without a reason that the table names, and reasons that nobody asks for."""
    if LAST not in needs:
        errors.append(ContentError(folder / "routing.yml", 0, LAST, "Die letzte Zeile der Tabelle fehlt.", "Den Bedarf „allgemein“ mit Koordination, Hotline und Portal ergänzen."))
    named = {offer for need in needs.values() for rows in (need.gruppen, need.arbeitgeber) for offers in rows.values() for offer in offers}
    keys = {EMPLOYER, *GROUPS, *needs}
    for angebot in angebote.values():
        if angebot.id in named and DEFAULT_GROUP not in angebot.warum:
            errors.append(ContentError(folder / "angebote.yml", 0, f"{angebot.id}.warum.standard", "Der Satz fehlt, obwohl routing.yml das Angebot nennt.", "Einen Satz ergänzen: für wen ist das Angebot da?"))
        errors.extend(ContentError(folder / "angebote.yml", 0, f"{angebot.id}.warum.{key}", "Das ist weder eine Gruppe noch ein Bedarf.", f"Eines von: {', '.join(sorted(keys))}.")
                      for key in angebot.warum if key not in keys)


def group_of(beruf: Beruf | None) -> str:
    """Returns the group that counts for an occupation; one whose authority is not known gets what everybody gets."""
    return beruf.gruppe if beruf and beruf.stellen else DEFAULT_GROUP


def competent(offices: dict[str, Office], angebote: dict[str, Angebot], beruf: Beruf | None) -> dict[str, Office]:
    """Returns the offices without the authorities that decide on other occupations than this one."""
    if beruf is None or not beruf.stellen:
        return offices
    return {i: o for i, o in offices.items() if i in beruf.stellen or not angebote[o.angebot].entscheidet}


def find_offices(need: Need, place: Place, offices: dict[str, Office], day: dt.date, group: str = DEFAULT_GROUP, role: str = SEEKER) -> list[Route]:
    """Returns up to three offices, one per offer, in the order of the rule table; among offices of one offer the Kreis goes before the distance."""
    shown = [o for o in offices.values() if o.serves(place.kreis) and o.is_offered(day)]
    routes: list[Route] = []
    for offer in need.offers(group, role):
        routes += _best(offer, place, shown)
        if len(routes) == MOST:
            break
    if not any(route.office.is_reachable() for route in routes):
        rest = [route for offer in need.zuletzt for route in _best(offer, place, shown) if route.office.is_reachable() and route not in routes]
        routes = routes[: MOST - 1] + rest[:1]
    return routes


def reason(angebote: dict[str, Angebot], office: Office, need: str, group: str, role: str = SEEKER) -> str:
    """Returns one sentence that says why this office comes first, or what it is for when there is no such sentence."""
    angebot = angebote[office.angebot]
    keys = [key for key in (role, group, need) if key != DEFAULT_GROUP] + [DEFAULT_GROUP]
    return next((angebot.warum[key] for key in keys if key in angebot.warum), angebot.zweck)


def _best(offer: str, place: Place, shown: list[Office]) -> list[Route]:
    """Returns the office of one offer that fits best, as a list of one or none."""
    routes = [Route(o, _km(o, place)) for o in shown if o.angebot == offer]
    return sorted(routes, key=lambda r: _rank(r, place.kreis))[:1]


def _rank(route: Route, kreis: str) -> tuple[int, int, float, str]:
    """Orders: this Kreis, the whole Land, all of Germany; named before supposed competence; near before far."""
    office = route.office
    area = 0 if office.is_local(kreis) else 2 if office.is_nationwide() else 1
    return area, BASIS.index(office.zustaendig_laut), route.km if route.km is not None else 9999.0, office.id


def _km(office: Office, place: Place) -> float | None:
    if office.lat is None or office.lon is None or office.is_nationwide():
        return None
    return distance_km((place.lat, place.lon), (office.lat, office.lon))
