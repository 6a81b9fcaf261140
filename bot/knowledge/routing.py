"""Which office for whom: competence first (`data/routing.yml`), then the Kreis, then the distance."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.errors import ContentError
from bot.knowledge.offices import Office
from bot.knowledge.places import Place, distance_km
from bot.knowledge.yamlfile import Record, read_yaml

DEFAULT_GROUP = "standard"
GROUPS = (DEFAULT_GROUP, "pflege", "paedagogik", "arbeitgeber")
MOST = 3


@dataclass(frozen=True)
class Need:
    """What a person needs, with the offers per group, best first."""

    id: str
    titel: str
    gruppen: dict[str, tuple[str, ...]]

    def offers(self, group: str) -> tuple[str, ...]:
        """Returns the offers for a group, or those for everybody."""
        return self.gruppen.get(group) or self.gruppen[DEFAULT_GROUP]


@dataclass(frozen=True)
class Route:
    """One office for one person; `km` is the distance as the crow flies, None when unknown."""

    office: Office
    km: float | None


def load_routing(path: Path, angebote: tuple[str, ...], errors: list[ContentError]) -> dict[str, Need]:
    """Reads the rule table; unknown offers and groups go to `errors`."""
    record = Record(read_yaml(path), path, errors)
    needs = {}
    for key, entry in record.entries():
        titel = entry.take_text("titel")
        groups = entry.take_record("gruppen")
        rows: dict[str, tuple[str, ...]] = {}
        if groups is not None:
            rows = {g: groups.take_texts(g, required=g == DEFAULT_GROUP) for g in GROUPS}
            groups.finish()
            for offers in rows.values():
                for offer in offers:
                    if offer not in angebote:
                        groups.fault("", f"Das Angebot „{offer}“ gibt es nicht.", "Kennung aus data/angebote.yml verwenden.")
        needs[key] = Need(key, titel, {g: o for g, o in rows.items() if o})
    return needs


def find_offices(need: Need, place: Place, offices: dict[str, Office], day: dt.date, group: str = DEFAULT_GROUP) -> list[Route]:
    """Returns up to three offices: in the order of the rule table, one per offer, local and near ones first."""
    routes: list[Route] = []
    for offer in need.offers(group):
        found = [_route(o, place) for o in offices.values() if o.angebot == offer and o.is_offered(day) and o.serves(place.kreis)]
        found.sort(key=lambda r: (not r.office.is_local(place.kreis), r.office.zustaendig_laut != "genannt", r.km if r.km is not None else 9999.0, r.office.id))
        routes.extend(found[:1])
        if len(routes) == MOST:
            break
    return routes


def _route(office: Office, place: Place) -> Route:
    if office.lat is None or office.lon is None:
        return Route(office, None)
    return Route(office, distance_km((place.lat, place.lon), (office.lat, office.lon)))
