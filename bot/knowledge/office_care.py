"""What keeps office data true: which fields are unknown, and whom to call first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from bot.knowledge.offices import Office, german_partial

WANTED = ("strasse", "plz", "ort", "telefon", "email", "website", "sprechzeiten", "sprachen", "lat", "stand")
NEVER = dt.date.min  # due since ever: there is no date at all


@dataclass(frozen=True, order=True)
class Reason:
    """Why somebody has to call. `rank` orders by what people who look for advice lose; `due` is the day on which it counts."""

    rank: int
    due: dt.date
    text: str


def is_kept(office: Office) -> bool:
    """Tells whether the office still exists, so that its data needs care."""
    return office.status not in ("beendet", "abgeloest") and office.angebot != "beendet"


def missing_fields(office: Office) -> list[str]:
    """Returns the fields that would help people and are unknown."""
    missing = [field for field in WANTED if not getattr(office, field)]
    return missing + (["adresse_stand"] if office.strasse and not office.adresse_stand else [])


def call_reasons(office: Office, day: dt.date, ahead: int) -> list[Reason]:
    """Returns why the office has to be called by `ahead` days after `day`, the most urgent first."""
    if not is_kept(office):
        return []
    until = day + dt.timedelta(days=ahead)
    found = []
    if office.gueltig_bis and office.gueltig_bis <= until:
        verb = "galt" if office.gueltig_bis < day else "gilt"
        found.append(Reason(0, office.gueltig_bis, f"{verb} nur bis {office.gueltig_bis:%d.%m.%Y}, wird danach nicht mehr genannt"))
    if office.sicher in ("veraltet", "unbekannt"):
        found.append(Reason(1, office.fresh_until(), f"Angaben sind „{office.sicher}“, wird nicht genannt"))
    elif office.fresh_until() < until:
        found.append(Reason(2, office.fresh_until(), f"Stand {german_partial(office.stand)}, frisch bis {office.fresh_until():%d.%m.%Y}" if office.stand else "ohne Stand"))
    if office.strasse and office.address_until() < until:
        found.append(Reason(3, office.address_until(), f"Adresse von {german_partial(office.adresse_stand)}, gezeigt bis {office.address_until():%d.%m.%Y}"))
    if not office.telefon and not office.email:
        found.append(Reason(4, NEVER, "weder Telefon noch E-Mail bekannt"))
    return sorted(found)


def calls(offices: list[Office], day: dt.date, ahead: int) -> list[tuple[Office, list[Reason]]]:
    """Returns every office to call with its reasons, the most urgent first."""
    found = [(office, call_reasons(office, day, ahead)) for office in offices]
    return sorted(((office, reasons) for office, reasons in found if reasons), key=lambda call: (call[1][0], call[0].id))
