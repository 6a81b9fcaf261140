"""Offices, occupations, amounts and terms."""

from __future__ import annotations

import datetime as dt
from html import unescape

import pytest
from starlette.testclient import TestClient

from bot.knowledge.base import Knowledge
from bot.web.desk.values import rows


def text_of(reader: TestClient, path: str, **params: str) -> str:
    """Returns a page as a person reads it."""
    return unescape(reader.get(path, params=params).text)


def test_place_gives_offices_with_distance_map_and_what_is_unknown(reader: TestClient) -> None:
    text = text_of(reader, "/stellen", ort="34117")
    assert "Beratungsstellen für Kassel" in text and "km Luftlinie" in text and "Nicht bekannt" in text
    assert '<svg xmlns="http://www.w3.org/2000/svg" role="img"' in text and "<desc>Ihr Ort: Kassel." in text


@pytest.mark.parametrize("place", ["Allendorf", "Gemünden", "Homberg", "Lautertal", "Reichelsheim"])
def test_homonyms_are_asked_back(reader: TestClient, place: str) -> None:
    text = text_of(reader, "/stellen", ort=place)
    assert "gibt es mehrmals" in text and text.count("/stellen?ort=") >= 2


def test_choice_of_a_homonym_leads_to_offices(reader: TestClient) -> None:
    import re

    for link in re.findall(r'<li><a href="(/stellen\?ort=[^"]+)"', reader.get("/stellen", params={"ort": "Lautertal"}).text):
        assert "Beratungsstellen für Lautertal" in unescape(reader.get(unescape(link)).text)


@pytest.mark.parametrize("place, expected", [("Kasel", "Meinen Sie:"), ("München", "liegt nicht in Hessen"), ("99999", "gibt es in Hessen nicht"), ("123", "gibt es in Hessen nicht"), ("<b>", "gibt es in Hessen nicht")])
def test_other_places_are_explained(reader: TestClient, place: str, expected: str) -> None:
    assert expected in text_of(reader, "/stellen", ort=place)


def test_list_can_be_narrowed_by_kreis_and_offer(reader: TestClient) -> None:
    assert "Für Kassel" in text_of(reader, "/stellen", kreis="Kassel") and "Für Fulda" not in text_of(reader, "/stellen", kreis="Kassel")
    assert "Agentur für Arbeit Kassel" not in text_of(reader, "/stellen", angebot="hwk")


def test_ended_office_says_so(reader: TestClient, knowledge: Knowledge) -> None:
    ended = next(o for o in knowledge.offices.values() if o.status == "beendet")
    assert "wird nicht mehr genannt" in text_of(reader, f"/stellen/{ended.id}")


def test_occupation_by_exact_name_in_any_language_leads_to_its_page(reader: TestClient) -> None:
    for name in ("Krankenschwester", "nurse", "медсестра", "ممرضة"):
        assert reader.get("/berufe", params={"q": name}).headers["location"] == "/berufe/pflegefachkraft"


def test_occupation_page_names_authority_law_and_answers(reader: TestClient, knowledge: Knowledge) -> None:
    text = text_of(reader, "/berufe/pflegefachkraft")
    assert "reglementiert" in text and 'href="/stellen/hlfgp-pflege"' in text and "PflBG" in text
    assert all(f'href="/faq/{target}"' in text for target in knowledge.berufe["pflegefachkraft"].aspekte.values())


def test_occupation_without_a_sure_authority_says_so(reader: TestClient, knowledge: Knowledge) -> None:
    unsure = next(b for b in knowledge.berufe.values() if not b.stellen)
    assert "Nicht gesichert bekannt" in text_of(reader, f"/berufe/{unsure.id}")


def test_every_amount_has_validity_source_and_check(reader: TestClient, knowledge: Knowledge) -> None:
    text = text_of(reader, "/werte")
    for wert in knowledge.werte.values():
        assert wert.bezeichnung in text and wert.norm in text and wert.quelle in text and f"{wert.geprueft_am:%d.%m.%Y}" in text


def test_expired_amount_is_known_as_such(knowledge: Knowledge) -> None:
    later = {row.wert.id: row for row in rows(knowledge, dt.date(2027, 1, 1))}
    assert later["blaue-karte-regel"].jetzt is None and later["blaue-karte-regel"].is_overdue(dt.date(2027, 1, 1))


def test_terms_lead_to_their_answers(reader: TestClient, knowledge: Knowledge) -> None:
    text = text_of(reader, "/glossar")
    assert all(e.begriff in text and e.erklaerung in text and f'href="/faq/{e.faq}"' in text for e in knowledge.glossar.values())
