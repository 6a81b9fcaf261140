"""Offices → message: nothing is invented, unknown data is said to be unknown, old addresses are never printed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.contact import HOTLINE, hotline_text
from bot.knowledge.office_text import FINDER, former_name_line, render_outside, render_routes
from bot.knowledge.offices import Sprechtag
from bot.knowledge.places import Place, fold

KREISE = sorted({line.split(",")[2] for line in (DATA / "orte" / "gemeinden.csv").read_text(encoding="utf-8").splitlines()[1:]})
PHONE = re.compile(r"\+\d[\d -]+\d")
MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]+")


@pytest.fixture(scope="module")
def known(knowledge: Knowledge, day) -> dict[str, set[str]]:
    """Returns every contact detail of the offices."""
    offices = knowledge.offices.values()
    fields = {field: {getattr(office, field) for office in offices} for field in ("telefon", "email", "website", "sprechzeiten")}
    return {**fields, "adresse": {office.address(day) for office in offices}}


def all_texts(knowledge: Knowledge, kreis: str, day: dt.date) -> str:
    """Returns what is said in a Kreis for every row of the rule table."""
    place = knowledge.places.kreise[kreis]
    return "\n".join(render_routes(knowledge, place, need.id, group, day).text for need in knowledge.needs.values() for group in need.gruppen)


@pytest.mark.parametrize("kreis", KREISE, ids=fold)
def test_only_data_of_the_offices_is_printed(knowledge: Knowledge, known: dict[str, set[str]], day, kreis: str) -> None:
    text = all_texts(knowledge, kreis, day)
    assert set(PHONE.findall(text)) <= known["telefon"]
    assert set(MAIL.findall(text)) <= known["email"]
    assert set(re.findall(r"Webseite: (\S+)", text)) <= known["website"]
    assert set(re.findall(r"Sprechzeiten: (.+)", text)) <= known["sprechzeiten"]
    assert {line.removesuffix(" (bitte vorher prüfen)") for line in re.findall(r"Adresse: (.+)", text)} <= known["adresse"]
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
    assert "Adresse: Weg 1, 35037 Marburg\nKarte: https://www.openstreetmap.org/search?query=Weg%201%2C%2035037%20Marburg\nTelefon: +49 6421 1\nE-Mail: a@b.de\nWebseite: https://a.de\n" in text
    assert "\nStand: 01.11.2026, Quelle: a.de." in text
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


def test_no_distance_to_an_address_that_is_too_old_to_print(show) -> None:
    assert "Luftlinie" not in show(adresse_stand="2021")


def test_no_distance_without_coordinates(show) -> None:
    assert "Luftlinie" not in show(lat=None, lon=None)


def test_hotline_stands_in_when_nobody_else_can_be_reached(show, knowledge: Knowledge) -> None:
    text = show(status="beendet")
    assert f"1. **{knowledge.offices[HOTLINE].name}**" in text
    assert text.count(knowledge.offices[HOTLINE].telefon) == 1


def test_no_office_is_told_honestly(knowledge: Knowledge, day) -> None:
    text = render_routes(replace(knowledge, offices={}), knowledge.places.kreise["Kassel"], "beratung", "standard", day).text
    assert "kenne ich keine Stelle mit gesicherten Angaben" in text
    assert "www.make-it-in-germany.com" in text


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


def test_ended_offer_is_never_printed(knowledge: Knowledge, day) -> None:
    gone = [o.name for o in knowledge.offices.values() if not o.is_offered(day)]
    texts = "\n".join(all_texts(knowledge, kreis, day) for kreis in KREISE)
    assert gone
    assert [name for name in gone if f"**{name}**" in texts] == []


def test_first_office_says_why_and_what_to_bring(knowledge: Knowledge, day) -> None:
    text = render_routes(knowledge, knowledge.places.kreise["Darmstadt"], "beratung", "pflege", day).text
    first, second = text.split("\n\n")[1:3]
    pqz, aqb = knowledge.angebote["pqz"], knowledge.angebote["aqb"]
    assert pqz.warum["standard"] in first
    assert f"Mitbringen, was Sie haben: {', '.join(pqz.mitbringen)}" in first
    assert aqb.zweck in second
    assert "Mitbringen" not in second


def test_employers_get_their_own_offices_and_reason(knowledge: Knowledge, day) -> None:
    text = render_routes(knowledge, knowledge.places.kreise["Kassel"], "beratung", "pflege", day, role="arbeitgeber").text
    assert knowledge.angebote["pqz"].warum["arbeitgeber"] in text
    assert f"2. **{knowledge.offices['kmu-nordhessen-vsb'].name}**" in text


def test_authority_of_another_occupation_is_left_out(knowledge: Knowledge, day) -> None:
    beruf = knowledge.berufe["lehrkraft"]
    cards = render_routes(knowledge, knowledge.places.kreise["Kassel"], "entscheidung", beruf.gruppe, day, beruf=beruf).custom["stellen"]
    assert [card["id"] for card in cards][:2] == ["lehrkraefteakademie", "anerkennung-in-deutschland"]


def test_hint_is_shown(show) -> None:
    assert "\nNur mit Termin.\n" in show(hinweis="Nur mit Termin.")


@pytest.mark.parametrize(("day_out", "line"), [(Sprechtag("Rathaus", "montags"), "Sprechtage: Rathaus (montags)"), (Sprechtag("Rathaus", ""), "Vor Ort: Rathaus")])
def test_consultation_day_is_shown(show, day_out: Sprechtag, line: str) -> None:
    assert line in show(sprechtage=(day_out,)).splitlines()


def test_consultation_day_that_the_opening_hours_tell_is_not_repeated(show) -> None:
    assert "Rathaus" not in show(sprechzeiten="montags 9–12 Uhr, mit Termin", sprechtage=(Sprechtag("Rathaus", "montags 9–12 Uhr"),))


@pytest.mark.parametrize("change", [{"strasse": ""}, {"plz": ""}, {"adresse_stand": "2021"}], ids=["ohne-strasse", "ohne-plz", "alte-adresse"])
def test_map_needs_a_printable_address(show, change) -> None:
    assert "openstreetmap" in show()
    assert "openstreetmap" not in show(**change)


def test_office_in_the_internet_lacks_no_address(knowledge: Knowledge, day) -> None:
    text = render_routes(knowledge, knowledge.places.kreise["Kassel"], "entscheidung", "standard", day).text
    portal = text.split("\n\n")[1]
    assert FINDER in portal
    assert "Nicht bekannt" not in portal


def test_phone_and_internet_are_offered_once_each(knowledge: Knowledge, day) -> None:
    kassel = knowledge.places.kreise["Kassel"]
    advice, decision, abroad = (render_routes(knowledge, kassel, need, "standard", day).text.split("\n\n")[-1] for need in ("beratung", "entscheidung", "ausland"))
    phone = knowledge.offices[HOTLINE].telefon
    assert phone in advice
    assert FINDER in advice
    assert phone in decision
    assert FINDER not in decision
    assert not abroad.startswith("Bundesweit")


@pytest.mark.parametrize(("text", "kreis", "line"), [
    ("Wo finde ich MoAB?", "Darmstadt", "Sie suchen „MoAB“? Heute ist dafür da: AQB Südhessen – Anerkennungs- und Qualifizierungsberatung."),
    ("moab kassel", "Kassel", "Sie suchen „MoAB“? Heute ist dafür da: Anerkennungs- und Qualifizierungsberatung (AQB)."),
    ("Informationsstelle Fachkräfteeinwanderung", "Frankfurt am Main", "Sie suchen „Informationsstelle Fachkräfteeinwanderung“? Heute ist dafür da: IQ Servicestelle Fachkräfteeinwanderung Südhessen."),
    ("gibt es InFA noch", "Fulda (Landkreis)", "Sie suchen „InFA“? Heute ist dafür da: QualiFi Hessen – Qualifizierungsbegleitung für internationale Fachkräfte."),
    ("HLPUG", "Kassel", "Sie suchen „HLPUG“? Heute ist dafür da: HLfGP – Approbation und Berufserlaubnis (Ärzt*innen, Zahnärzt*innen, Apotheker*innen, Psychotherapeut*innen)."),
    ("Frankfurt UAS", "Kassel", "Sie suchen „Frankfurt UAS“? Heute ist dafür da: Hochschule RheinMain – Anerkennungsstelle für ausländische Bildungsabschlüsse."),
    ("Beratung in Kassel", "Kassel", ""),
])
def test_old_name_leads_to_the_office_of_today(knowledge: Knowledge, day, text: str, kreis: str, line: str) -> None:
    assert former_name_line(knowledge, text, kreis, day) == line


@pytest.mark.parametrize(("text", "today"), [("RP Darmstadt", ["hlfgp-gesundheitsfachberufe", "hlfgp-pflege"]), ("regierungspräsidium darmstadt", ["hlfgp-gesundheitsfachberufe", "hlfgp-pflege"])])
def test_old_authority_leads_to_all_its_heirs(knowledge: Knowledge, day, text: str, today: list[str]) -> None:
    line = former_name_line(knowledge, text, "Kassel", day)
    assert all(knowledge.offices[i].name in line for i in today)


@pytest.mark.parametrize(("text", "last"), [("Servicestelle Pflege", "qb-pflege-involas"), ("MAZAB", "maia-berlin"), ("Informationsstelle Mittelhessen", "kmu-mittelhessen")])
def test_old_name_of_an_offer_that_is_gone_says_so(knowledge: Knowledge, day, text: str, last: str) -> None:
    office = knowledge.offices[last]
    assert former_name_line(knowledge, text, "Kassel", day) == f"Sie suchen „{text}“? Zuletzt hieß das Angebot: {office.name}. {office.hinweis}"


def test_old_name_goes_before_the_offices(knowledge: Knowledge, day) -> None:
    text = render_routes(knowledge, knowledge.places.kreise["Darmstadt"], "beratung", "standard", day, said="MoAB in Darmstadt").text
    assert text.startswith("Sie suchen „MoAB“?")
