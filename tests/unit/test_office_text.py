"""Offices → message: nothing is invented, unknown data is said to be unknown, old addresses are never printed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.contact import HOTLINE, hotline_text
from bot.knowledge.office_text import render_outside, render_routes
from bot.knowledge.places import Place, fold
from bot.knowledge.routing import GROUPS

KREISE = sorted({line.split(",")[2] for line in (DATA / "orte" / "gemeinden.csv").read_text(encoding="utf-8").splitlines()[1:]})
PHONE = re.compile(r"\+\d[\d -]+\d")
MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]+")


def known(knowledge: Knowledge, field: str) -> set[str]:
    return {getattr(office, field) for office in knowledge.offices.values() if getattr(office, field)}


@pytest.mark.parametrize("kreis", KREISE, ids=fold)
def test_only_data_of_the_offices_is_printed(knowledge: Knowledge, day, kreis: str) -> None:
    place = knowledge.places.kreise[kreis]
    for need in knowledge.needs:
        for group in GROUPS:
            text = render_routes(knowledge, place, need, group, day).text
            assert set(PHONE.findall(text)) <= known(knowledge, "telefon")
            assert set(MAIL.findall(text)) <= known(knowledge, "email")
            assert set(re.findall(r"Webseite: (\S+)", text)) <= known(knowledge, "website")
            assert set(re.findall(r"Sprechzeiten: (.+)", text)) <= known(knowledge, "sprechzeiten")
            printed = {line.removesuffix(" (bitte vorher prüfen)") for line in re.findall(r"Adresse: (.+)", text)}
            assert printed <= {o.address(day) for o in knowledge.offices.values()}
            assert "None" not in text


@pytest.mark.parametrize("kreis", KREISE, ids=fold)
def test_every_office_has_a_date_and_a_source(knowledge: Knowledge, day, kreis: str) -> None:
    reply = render_routes(knowledge, knowledge.places.kreise[kreis], "beratung", "standard", day)
    assert len(re.findall(r"^Stand: .+, Quelle: .+\.", reply.text, re.MULTILINE)) == len(reply.custom["stellen"]) >= 1


@pytest.fixture
def show(knowledge: Knowledge, day):
    """Returns a function that renders one changed office for Marburg."""
    place = knowledge.places.resolve("Marburg").places[0]
    base = replace(
        next(o for o in knowledge.offices.values() if o.angebot == "aqb"), name="AQB", traeger="", strasse="Weg 1", plz="35037", ort="Marburg", telefon="+49 6421 1", email="a@b.de",
        website="https://a.de", sprechzeiten="", zustaendig_fuer=(place.kreis,), zustaendig_laut="genannt", lat=place.lat, lon=place.lon, lage="plz", status="aktiv", sicher="geprueft",
        stand="2026-11-01", adresse_stand="2026-11-01", gueltig_bis=None, quellen=("https://www.a.de/x",))

    def _show(where: Place = place, **change) -> str:
        only = replace(knowledge, offices={"a": replace(base, **change), HOTLINE: knowledge.offices[HOTLINE]})
        return render_routes(only, where, "beratung", "standard", day).text

    return _show


def test_whole_office_has_nothing_unknown(show) -> None:
    text = show()
    assert "Adresse: Weg 1, 35037 Marburg\nTelefon: +49 6421 1\nE-Mail: a@b.de\nWebseite: https://a.de\nStand: 01.11.2026, Quelle: a.de." in text
    assert "Nicht bekannt" not in text


@pytest.mark.parametrize(("change", "line"), [
    ({"telefon": ""}, "Nicht bekannt: Telefon"), ({"strasse": ""}, "Nicht bekannt: Adresse"), ({"website": "", "telefon": ""}, "Nicht bekannt: Telefon, Webseite"),
    ({"adresse_stand": "2021"}, "Nicht bekannt: Adresse"),
], ids=["telefon", "adresse", "beides", "alte-adresse"])
def test_unknown_data_is_said_to_be_unknown(show, change, line: str) -> None:
    assert line in show(**change).splitlines()


def test_old_address_is_not_printed(show) -> None:
    assert "Weg 1" not in show(adresse_stand="2021")


def test_address_without_a_date_asks_to_check(show) -> None:
    assert "Adresse: Weg 1, 35037 Marburg (bitte vorher prüfen)" in show(adresse_stand="")


@pytest.mark.parametrize(("change", "warns"), [({}, False), ({"stand": "2025"}, True), ({"stand": ""}, True), ({"sicher": "wahrscheinlich", "stand": "2026-08"}, True)])
def test_stale_data_warns(show, change, warns: bool) -> None:
    assert ("Bitte vorher prüfen." in show(**change)) is warns


def test_supposed_competence_is_marked(show) -> None:
    assert "Zuständig: wahrscheinlich Marburg-Biedenkopf" in show(zustaendig_laut="vermutet")


def test_carrier_is_named_once(show) -> None:
    assert "1. **AQB** (Träger: involas)" in show(traeger="involas")
    assert "Träger" not in show(traeger="AQB")


def test_distance_to_an_exact_address_is_told(show, knowledge: Knowledge) -> None:
    kirchhain = knowledge.places.resolve("Kirchhain").places[0]
    assert re.search(r"etwa 1\d km Luftlinie$", show(kirchhain).splitlines()[4])


def test_distance_to_a_town_centre_says_so(show, knowledge: Knowledge) -> None:
    assert "km Luftlinie bis zur Ortsmitte von Marburg" in show(knowledge.places.resolve("Kirchhain").places[0], lage="ortsmitte")


def test_no_distance_without_coordinates(show) -> None:
    assert "Luftlinie" not in show(lat=None, lon=None)


def test_no_office_is_told_honestly_with_the_hotline(show, knowledge: Knowledge) -> None:
    text = show(status="beendet")
    assert "kenne ich keine Stelle mit gesicherten Angaben" in text
    assert knowledge.offices[HOTLINE].telefon in text


def test_other_land_gets_its_own_contact_and_no_distance(knowledge: Knowledge, day) -> None:
    text = render_outside(knowledge, knowledge.places.resolve("München"), day).text
    assert text.startswith("**München** (Bayern) liegt nicht in Hessen.")
    assert next(o.name for o in knowledge.offices.values() if o.angebot == "anderes-land" and "Bayern" in o.zustaendig_fuer) in text
    assert "Luftlinie" not in text


def test_every_other_land_gets_the_nationwide_contact(knowledge: Knowledge, day) -> None:
    for land in sorted(set(knowledge.places.other_plz.values())):
        plz = next(p for p, name in knowledge.places.other_plz.items() if name == land)
        text = render_outside(knowledge, knowledge.places.resolve(plz), day).text
        assert f"({land}) liegt nicht in Hessen" in text
        assert knowledge.offices[HOTLINE].telefon in text


def test_hotline_without_a_number_names_the_website(knowledge: Knowledge) -> None:
    office = knowledge.offices[HOTLINE]
    assert hotline_text({}) == "www.make-it-in-germany.com"
    assert hotline_text({HOTLINE: replace(office, telefon="", website="https://x.de", stand="")}) == "https://x.de"
    assert hotline_text({HOTLINE: replace(office, telefon="+49 1", stand="2026-01-02")}) == "+49 1 (Stand 02.01.2026)"


def test_ended_offer_is_never_printed(knowledge: Knowledge) -> None:
    gone = [o.name for o in knowledge.offices.values() if not o.is_offered(dt.date(2026, 11, 25))]
    texts = [render_routes(knowledge, place, need, group, dt.date(2026, 11, 25)).text for place in knowledge.places.kreise.values() for need in knowledge.needs for group in GROUPS]
    assert gone
    assert not [name for name in gone if any(f"**{name}**" in text for text in texts)]
