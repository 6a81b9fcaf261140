"""Offices: one file per office below `data/offices/`.

To add an office: one file there; the file name is its id. Contact fields may be missing: then they are unknown.
Old names of an office or offer go into its `frueher`; `by_former_name` finds them in what people write.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.angebote import MOST_LETTERS
from bot.knowledge.errors import ContentError
from bot.knowledge.hours_text import hour_faults
from bot.knowledge.opening_hours import Span, take_hours
from bot.knowledge.places import fold
from bot.knowledge.yamlfile import Record, read_records

STATUS = ("dauerhaft", "aktiv", "fortsetzung-angekuendigt", "unbestaetigt", "beendet", "abgeloest")
SICHER = ("geprueft", "wahrscheinlich", "veraltet", "unbekannt")
BASIS = ("genannt", "vermutet", "landesweit", "keine")
LAGE = ("adresse", "plz", "ortsmitte", "keine")
ZIELGRUPPEN = ("ratsuchende", "arbeitgeber", "gesundheit", "pflege", "paedagogik", "gruendende", "ratsuchende-ausland", "bildungstraeger", "behoerden")
PARTIAL_DATE = re.compile(r"(20\d{2})(?:-(\d{2}))?(?:-(\d{2}))?")
ADDRESS_YEARS = 3
FRESH_DAYS = {"geprueft": 180, "wahrscheinlich": 90}
SHORTEST_NAME = 4  # letters of a former name
FORMULA = ("=", "+", "-", "@")  # a spreadsheet runs a cell that begins so
BOX = (47.2, 55.1, 5.8, 15.1)  # Germany: south, north, west, east


@dataclass(frozen=True)
class Sprechtag:
    """A place where an office is there for people; `rhythmus` in words, "" when unknown."""

    ort: str
    rhythmus: str


@dataclass(frozen=True)
class Office:
    """One office. Empty strings are unknown, never to be guessed; `stand` may be a year or a month only."""

    id: str
    name: str
    traeger: str
    angebot: str
    zielgruppen: tuple[str, ...]
    region: str
    strasse: str
    plz: str
    ort: str
    telefon: str
    email: str
    website: str
    sprechzeiten: str
    oeffnung: tuple[Span, ...]
    sprachen: tuple[str, ...]
    zustaendig_fuer: tuple[str, ...]
    zustaendig_laut: str
    lat: float | None
    lon: float | None
    lage: str
    status: str
    sicher: str
    stand: str
    adresse_stand: str
    gueltig_bis: dt.date | None
    quellen: tuple[str, ...]
    hinweis: str = ""
    sprechtage: tuple[Sprechtag, ...] = ()
    frueher: tuple[str, ...] = ()

    def is_offered(self, day: dt.date) -> bool:
        """Tells whether the office may be shown on `day`: not ended, not stale, not past its last day."""
        if self.status in ("beendet", "abgeloest") or self.sicher in ("veraltet", "unbekannt"):
            return False
        return self.gueltig_bis is None or day <= self.gueltig_bis

    def serves(self, kreis: str) -> bool:
        """Tells whether the office is there for a Kreis of Hessen."""
        return kreis in self.zustaendig_fuer or "Hessen" in self.zustaendig_fuer or "bundesweit" in self.zustaendig_fuer

    def is_local(self, kreis: str) -> bool:
        """Tells whether the office names this Kreis itself, not the whole Land."""
        return kreis in self.zustaendig_fuer

    def is_nationwide(self) -> bool:
        """Tells whether the office is there for all of Germany: its distance says nothing then."""
        return "bundesweit" in self.zustaendig_fuer

    def is_reachable(self) -> bool:
        """Tells whether there is a phone number, an e-mail address or a website to turn to."""
        return bool(self.telefon or self.email or self.website)

    def is_hessian(self) -> bool:
        """Tells whether the office is there for Hessen or a part of it, not only for another Land or all of Germany."""
        return any(area == "Hessen" or area not in LAENDER for area in self.zustaendig_fuer)

    def address(self, day: dt.date) -> str:
        """Returns a printable address, or "" when it is incomplete or its source is older than three years."""
        if not (self.strasse and self.plz and self.ort):
            return ""
        if self.address_until() < day:
            return ""
        return f"{self.strasse}, {self.plz} {self.ort}"

    def address_until(self) -> dt.date:
        """Returns the last day on which the address may be printed; an address without a date has no last day."""
        return first_day(self.adresse_stand) + dt.timedelta(days=365 * ADDRESS_YEARS) if self.adresse_stand else dt.date.max

    def is_fresh(self, day: dt.date) -> bool:
        """Tells whether the data is young enough to show without asking people to check first."""
        return day <= self.fresh_until()

    def fresh_until(self) -> dt.date:
        """Returns the last day on which the data counts as young; the first day of the calendar when it has no date."""
        return first_day(self.stand) + dt.timedelta(days=FRESH_DAYS.get(self.sicher, 0)) if self.stand else dt.date.min


def first_day(text: str) -> dt.date:
    """Returns the first day of „2024“, „2024-12“ or „2024-12-08“."""
    match = PARTIAL_DATE.fullmatch(text)
    if not match:
        raise ValueError(text)
    return dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))


def _is_partial_date(text: str) -> bool:
    try:
        return first_day(text) is not None
    except ValueError:
        return False


def german_partial(text: str) -> str:
    """Returns „2024-12-08“ as „08.12.2024“, „2024-12“ as „12/2024“, „2024“ as it is."""
    year, month, day = (text.split("-") + ["", ""])[:3]
    if day:
        return f"{day}.{month}.{year}"
    return f"{month}/{year}" if month else year


def by_former_name(offices: dict[str, Office], text: str) -> list[tuple[str, Office]]:
    """Returns each former name that `text` contains as whole words, with the office of today."""
    said = f" {fold(text)} "
    return [(name, office) for office in offices.values() for name in office.frueher if f" {fold(name)} " in said]


def load_offices(folder: Path, angebote: tuple[str, ...], kreise: frozenset[str], errors: list[ContentError]) -> dict[str, Office]:
    """Reads every office below `folder`; faults go to `errors`."""
    offices = {}
    for path, record in read_records(folder, errors):
        offices[path.stem] = build_office(path.stem, record, angebote, kreise)
    return offices


def build_office(office_id: str, record: Record, angebote: tuple[str, ...], kreise: frozenset[str]) -> Office:
    """Returns the office that `record` describes; faults are noted there."""
    lat, lon = record.take_number("lat", required=False), record.take_number("lon", required=False)
    office = Office(
        id=office_id,
        name=record.take_text("name", limit=200),
        traeger=record.take_text("traeger", required=False, limit=250),
        angebot=record.take_choice("angebot", angebote),
        zielgruppen=record.take_texts("zielgruppen"),
        region=record.take_text("region"),
        strasse=record.take_text("strasse", required=False),
        plz=record.take_text("plz", required=False),
        ort=record.take_text("ort", required=False),
        telefon=record.take_text("telefon", required=False),
        email=record.take_text("email", required=False),
        website=record.take_text("website", required=False),
        sprechzeiten=record.take_text("sprechzeiten", required=False),
        oeffnung=take_hours(record),
        sprachen=record.take_texts("sprachen", required=False),
        zustaendig_fuer=record.take_texts("zustaendig_fuer", required=False),
        zustaendig_laut=record.take_choice("zustaendig_laut", BASIS),
        lat=lat,
        lon=lon,
        lage=record.take_choice("lage", LAGE),
        status=record.take_choice("status", STATUS),
        sicher=record.take_choice("sicher", SICHER),
        stand=record.take_text("stand", required=False),
        adresse_stand=record.take_text("adresse_stand", required=False),
        gueltig_bis=record.take_date("gueltig_bis", required=False),
        quellen=record.take_texts("quellen"),
        hinweis=record.take_text("hinweis", required=False, limit=MOST_LETTERS),
        sprechtage=record.take_records("sprechtage", False, lambda r: Sprechtag(r.take_text("ort"), r.take_text("rhythmus", required=False))),
        frueher=record.take_texts("frueher", required=False),
    )
    record.finish()
    _check(office, record, kreise)
    return office


def _check(office: Office, record: Record, kreise: frozenset[str]) -> None:
    if office.plz and not re.fullmatch(r"\d{5}", office.plz):
        record.fault("plz", f"„{office.plz}“ ist keine Postleitzahl.", "Fünf Ziffern, führende Null nicht vergessen; in YAML in Anführungszeichen.")
    if office.email and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", office.email):
        record.fault("email", f"„{office.email}“ ist keine E-Mail-Adresse.", "Schreibweise prüfen.")
    if office.telefon and not re.fullmatch(r"\+49 [\d ]+(-\d+)?[\d ]*", office.telefon):
        record.fault("telefon", f"„{office.telefon}“ hat nicht die Form +49 6421 9854-89.", "Mit +49 und Vorwahl schreiben.")
    if office.website and not re.match(r"https?://[^\s@]+$", office.website):
        record.fault("website", f"„{office.website}“ ist keine Adresse im Internet.", "Mit https:// beginnen.")
    if (office.lat is None) != (office.lon is None):
        record.fault("lat", "lat und lon gehören zusammen.", "Beide eintragen oder beide weglassen.")
    if office.lat is not None and office.lon is not None and not (BOX[0] <= office.lat <= BOX[1] and BOX[2] <= office.lon <= BOX[3]):
        record.fault("lat", f"{office.lat}/{office.lon} liegt nicht in Deutschland.", "Sind lat (Breite, um 50) und lon (Länge, um 9) vertauscht?")
    if office.oeffnung and not office.sprechzeiten:
        record.fault("oeffnung", "Die Zeiten stehen nicht als Text da.", "Dasselbe in sprechzeiten schreiben, mit Zusätzen wie „telefonisch“.")
    for key in ("stand", "adresse_stand"):
        value = getattr(office, key)
        if value and not _is_partial_date(value):
            record.fault(key, f"„{value}“ ist kein Datum.", "JJJJ, JJJJ-MM oder JJJJ-MM-TT schreiben.")
        elif value and first_day(value) > dt.date.today():
            record.fault(key, "Das Datum liegt in der Zukunft.", "Den Tag der Quelle eintragen.")
    if office.hinweis and not office.hinweis.endswith("."):
        record.fault("hinweis", "Der Hinweis endet nicht mit einem Punkt.", "Einen ganzen Satz schreiben.")
    for name in office.frueher:
        if len(fold(name)) < SHORTEST_NAME:
            record.fault("frueher", f"„{name}“ ist zu kurz, um es in einem Satz sicher zu erkennen.", f"Den Namen mit mindestens {SHORTEST_NAME} Zeichen schreiben.")
    for zielgruppe in office.zielgruppen:
        if zielgruppe not in ZIELGRUPPEN:
            record.fault("zielgruppen", f"„{zielgruppe}“ gibt es nicht.", f"Eines von: {', '.join(ZIELGRUPPEN)}.")
    for kreis in office.zustaendig_fuer:
        if kreis not in kreise and kreis not in LAENDER:
            record.fault("zustaendig_fuer", f"„{kreis}“ ist kein Kreis in Hessen und kein Land.", "Schreibweise aus data/orte/gemeinden.csv übernehmen.")
    for fault in hour_faults(office.sprechzeiten):
        record.fault("sprechzeiten", fault, "Tage und Zeiten berichtigen, zum Beispiel „Mo–Do 9–12 Uhr, Fr 10–13:30 Uhr“.")
    for field, value in vars(office).items():
        if field != "telefon" and any(isinstance(text, str) and text.startswith(FORMULA) for text in (value if isinstance(value, tuple) else (value,))):
            record.fault(field, "Der Text beginnt mit =, +, - oder @. Eine Tabelle führt so etwas als Formel aus.", "Das Zeichen entfernen.")


LAENDER = frozenset(
    "bundesweit Hessen Baden-Württemberg Bayern Berlin Brandenburg Bremen Hamburg Mecklenburg-Vorpommern Niedersachsen "
    "Nordrhein-Westfalen Rheinland-Pfalz Saarland Sachsen Sachsen-Anhalt Schleswig-Holstein Thüringen".split()
)
