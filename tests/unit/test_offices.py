"""Broken office files, and the rules that keep old or ended offices from being shown."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.knowledge.errors import ContentError
from bot.knowledge.offices import Office, by_former_name, first_day, german_partial, load_offices

GOOD = """name: AQB Marburg
traeger: involas
angebot: aqb
zielgruppen: [ratsuchende]
region: Mittelhessen
strasse: Biegenstraße 44
plz: '35037'
ort: Marburg
telefon: +49 6421 9854-89
email: aqb@involas.com
website: https://www.involas.com
zustaendig_fuer: [Marburg-Biedenkopf]
zustaendig_laut: genannt
lat: 50.80276
lon: 8.75164
lage: plz
status: aktiv
sicher: geprueft
stand: '2026-10-01'
adresse_stand: '2026'
gueltig_bis: 2027-12-31
quellen: ['https://www.involas.com/aqb']
"""
DAY = dt.date(2026, 11, 25)
TOMORROW = (dt.date.today() + dt.timedelta(days=1)).isoformat()
FAULTS: dict[str, tuple[str, str, str, int, str]] = {
    # name: old text, new text, field, line, part of the message
    "no-name": ("name: AQB Marburg\n", "", "name", 1, "fehlt"),
    "unknown-offer": ("angebot: aqb", "angebot: abq", "angebot", 3, "nicht erlaubt"),
    "unknown-group": ("[ratsuchende]", "[alle]", "zielgruppen", 4, "„alle“ gibt es nicht"),
    "no-group": ("[ratsuchende]", "[]", "zielgruppen", 4, "leer"),
    "plz-four-digits": ("'35037'", "'3503'", "plz", 7, "keine Postleitzahl"),
    "plz-without-quotes": ("'35037'", "35037", "plz", 7, "Text erwartet"),
    "plz-lost-zero": ("'35037'", "01067", "plz", 7, "Text erwartet"),
    "phone-without-country": ("+49 6421 9854-89", "06421 985489", "telefon", 9, "hat nicht die Form"),
    "phone-in-words": ("+49 6421 9854-89", "auf Anfrage", "telefon", 9, "hat nicht die Form"),
    "mail-without-at": ("aqb@involas.com", "aqb.involas.com", "email", 10, "keine E-Mail-Adresse"),
    "mail-with-blank": ("aqb@involas.com", "aqb @involas.com", "email", 10, "keine E-Mail-Adresse"),
    "website-without-https": ("https://www.involas.com\n", "www.involas.com\n", "website", 11, "keine Adresse im Internet"),
    "website-with-login": ("https://www.involas.com\n", "https://a:b@involas.com\n", "website", 11, "keine Adresse im Internet"),
    "unknown-kreis": ("[Marburg-Biedenkopf]", "[Marburg]", "zustaendig_fuer", 12, "kein Kreis in Hessen"),
    "unknown-basis": ("laut: genannt", "laut: sicher", "zustaendig_laut", 13, "nicht erlaubt"),
    "swapped-coordinates": ("lat: 50.80276\nlon: 8.75164", "lat: 8.75164\nlon: 50.80276", "lat", 14, "liegt nicht in Deutschland"),
    "outside-germany": ("lat: 50.80276", "lat: 40.4", "lat", 14, "liegt nicht in Deutschland"),
    "half-a-point": ("lon: 8.75164\n", "", "lat", 14, "gehören zusammen"),
    "comma-as-point": ("lat: 50.80276", "lat: '50,80276'", "lat", 14, "keine Zahl"),
    "unknown-status": ("status: aktiv", "status: offen", "status", 17, "nicht erlaubt"),
    "future-date": ("'2026-10-01'", f"'{TOMORROW}'", "stand", 19, "liegt in der Zukunft"),
    "german-date": ("'2026-10-01'", "'01.10.2026'", "stand", 19, "kein Datum"),
    "thirteenth-month": ("'2026-10-01'", "'2025-13'", "stand", 19, "kein Datum"),
    "no-such-day": ("adresse_stand: '2026'", "adresse_stand: '2026-02-30'", "adresse_stand", 20, "kein Datum"),
    "last-day-in-words": ("2027-12-31", "Ende 2027", "gueltig_bis", 21, "kein Datum"),
    "no-sources": ("['https://www.involas.com/aqb']", "[]", "quellen", 22, "leer"),
    "unknown-field": ("traeger:", "fax: '1'\ntraeger:", "fax", 2, "Dieses Feld gibt es nicht"),
    "long-hint": ("quellen:", f"hinweis: {'x' * 200}.\nquellen:", "hinweis", 22, "erlaubt sind 200"),
    "hint-without-point": ("quellen:", "hinweis: Nur online\nquellen:", "hinweis", 22, "endet nicht mit einem Punkt"),
    "day-without-place": ("quellen:", "sprechtage: [{rhythmus: montags}]\nquellen:", "sprechtage[1].ort", 22, "fehlt"),
    "unknown-part-of-day": ("quellen:", "sprechtage: [{ort: Rathaus, zeit: 9 Uhr}]\nquellen:", "sprechtage[1].zeit", 22, "Dieses Feld gibt es nicht"),
    "short-former-name": ("quellen:", "frueher: [IB]\nquellen:", "frueher", 22, "zu kurz"),
    "overlapping-hours": ("plz: '35037'", "sprechzeiten: Mo 9–12 und Mo 11–13\nplz: '35037'", "sprechzeiten", 7, "überschneiden sich"),
    "formula": ("AQB Marburg", "'=1+1'", "name", 1, "Formel"),
    "html": ("AQB Marburg", "<a href='x'>AQB</a>", "name", 1, "HTML"),
}


def load(write, content: str) -> tuple[Office, list[ContentError]]:
    path = write("offices/aqb.yml", content)
    errors: list[ContentError] = []
    return load_offices(path.parent, ("aqb",), frozenset({"Marburg-Biedenkopf"}), errors)["aqb"], errors


def office(write, old: str = "", new: str = "") -> Office:
    assert old in GOOD
    found, errors = load(write, GOOD.replace(old, new))
    assert not errors
    return found


@pytest.mark.parametrize(("old", "new", "field", "line", "message"), FAULTS.values(), ids=FAULTS)
def test_fault_is_named_with_field_and_line(write, old: str, new: str, field: str, line: int, message: str) -> None:
    assert old in GOOD
    _, errors = load(write, GOOD.replace(old, new, 1))
    found = [e for e in errors if (e.field, e.line) == (field, line) and message in e.problem]
    assert found, [str(e) for e in errors]
    assert found[0].remedy


def test_broken_yaml_is_one_fault(write) -> None:
    path = write("offices/aqb.yml", "name: [\n")
    errors: list[ContentError] = []
    assert (load_offices(path.parent, ("aqb",), frozenset(), errors), len(errors)) == ({}, 1)


@pytest.mark.parametrize(("old", "new"), [
    ("status: aktiv", "status: beendet"), ("status: aktiv", "status: abgeloest"), ("sicher: geprueft", "sicher: veraltet"), ("sicher: geprueft", "sicher: unbekannt"),
    ("2027-12-31", "2026-11-24"),
], ids=["beendet", "abgeloest", "veraltet", "unbekannt", "gestern-abgelaufen"])
def test_office_that_is_gone_is_not_offered(write, old: str, new: str) -> None:
    assert not office(write, old, new).is_offered(DAY)


def test_office_is_offered_on_its_last_day(write) -> None:
    assert office(write, "2027-12-31", "2026-11-25").is_offered(DAY)


def test_whole_recent_address_is_printed(write) -> None:
    assert office(write).address(DAY) == "Biegenstraße 44, 35037 Marburg"


@pytest.mark.parametrize("line", ["strasse: Biegenstraße 44\n", "plz: '35037'\n", "ort: Marburg\n"])
def test_incomplete_address_is_not_printed(write, line: str) -> None:
    assert office(write, line, "").address(DAY) == ""


@pytest.mark.parametrize(("stand", "printed"), [("2021", False), ("2023-11", False), ("2023-12", True), ("2025-06-30", True)])
def test_address_from_an_old_source_is_not_printed(write, stand: str, printed: bool) -> None:
    assert bool(office(write, "adresse_stand: '2026'", f"adresse_stand: '{stand}'").address(DAY)) is printed


@pytest.mark.parametrize(("sicher", "stand", "fresh"), [
    ("geprueft", "2026-06-01", True), ("geprueft", "2026-05-01", False), ("wahrscheinlich", "2026-09-01", True), ("wahrscheinlich", "2026-08-01", False), ("veraltet", "2026-11-24", False),
])
def test_freshness_depends_on_certainty_and_age(write, sicher: str, stand: str, fresh: bool) -> None:
    content = GOOD.replace("sicher: geprueft", f"sicher: {sicher}").replace("2026-10-01", stand)
    assert load(write, content)[0].is_fresh(DAY) is fresh


@pytest.mark.parametrize(("kreis", "serves", "local"), [("Marburg-Biedenkopf", True, True), ("Kassel", False, False)])
def test_office_serves_its_kreis_only(write, kreis: str, serves: bool, local: bool) -> None:
    found = office(write)
    assert (found.serves(kreis), found.is_local(kreis)) == (serves, local)


@pytest.mark.parametrize("area", ["Hessen", "bundesweit"])
def test_statewide_office_serves_every_kreis_but_is_local_to_none(write, area: str) -> None:
    found = office(write, "[Marburg-Biedenkopf]", f"[{area}]")
    assert (found.serves("Kassel"), found.is_local("Kassel")) == (True, False)


@pytest.mark.parametrize(("text", "day", "german"), [
    ("2024", (2024, 1, 1), "2024"), ("2024-12", (2024, 12, 1), "12/2024"), ("2024-12-08", (2024, 12, 8), "08.12.2024"),
])
def test_partial_date_is_understood_and_written(text: str, day: tuple[int, int, int], german: str) -> None:
    assert (first_day(text), german_partial(text)) == (dt.date(*day), german)


@pytest.mark.parametrize(("text", "found"), [
    ("Wo ist MoAB?", ["MoAB"]), ("MOAB!", ["MoAB"]), ("die mobile anerkennungsberatung in Marburg", ["Mobile Anerkennungsberatung"]), ("Moabit", []), ("", []), ("Anerkennungsberatung", []),
])
def test_former_name_is_found_as_whole_words(write, text: str, found: list[str]) -> None:
    offices = {"aqb": office(write, "quellen:", "frueher: [MoAB, Mobile Anerkennungsberatung]\nquellen:")}
    assert [name for name, _ in by_former_name(offices, text)] == found


@pytest.mark.parametrize(("line", "reachable"), [("telefon", True), ("email", True), ("website", True), ("strasse", False)])
def test_office_is_reachable_by_phone_mail_or_website(write, line: str, reachable: bool) -> None:
    kept = "\n".join(row for row in GOOD.splitlines() if row.split(":")[0] == line or row.split(":")[0] not in ("telefon", "email", "website"))
    assert load(write, kept + "\n")[0].is_reachable() is reachable
