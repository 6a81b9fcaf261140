"""Fixed texts and buttons: filled completely, polite, and short enough for a phone."""

from __future__ import annotations

import re

import pytest

from bot.knowledge.base import DATA, ROOT, Knowledge
from bot.knowledge.texte import Text
from bot.knowledge.yamlfile import read_yaml

NAMES = tuple(read_yaml(DATA / "texte.yml").value)
# Text → the places that the caller fills.
PLACES = {
    "mensch": {"hotline"}, "panne": {"hotline"}, "stellen_nicht_erreichbar": {"hotline"}, "zu_lang": {"laenge", "grenze"}, "kein_mehr": {"quelle"},
    "ort_mehrdeutig": {"gesagt"}, "ort_bestaetigen": {"gesagt", "vorschlag"}, "ort_plz_unbekannt": {"gesagt"}, "gemerkt_liste": {"liste"},
    "pruefung_beruf_vorschlag": {"gesagt"}, "pruefung_kopf": {"angaben"},
}
NEEDED = ("leer", "zu_lang", "kein_text", "panne", "stellen_nicht_erreichbar", "fremd", "notfall", "mensch", "unsicher", "unsicher_ohne", "default", "ort_frage", "ort_mehrdeutig", "ort_bestaetigen",
          "ort_plz_unbekannt", "ort_unbekannt", "beruf_frage", "pruefung_beruf_vorschlag", "pruefung_beruf_unbekannt", "pruefung_land", "pruefung_aufenthalt", "pruefung_aufenthalt_ort", "pruefung_ort", "pruefung_kopf",
          "pruefung_kopf_ohne", "merkzettel_ohne", "merkzettel_fuss", "abgebrochen", "gemerkt_liste", "gemerkt_nichts", "kein_mehr", "nichts_zu_wiederholen", "einfach_ab_jetzt", "klar_ab_jetzt")


@pytest.fixture(params=NAMES)
def text(request, knowledge: Knowledge) -> Text:
    """Returns one fixed text after the other."""
    return knowledge.texte[request.param]


def test_only_known_places_are_filled(text: Text) -> None:
    for version in (text.text, text.einfach):
        assert set(re.findall(r"\{(\w*)\}", version)) <= PLACES.get(text.id, set())
        assert version.count("{") == version.count("}") == len(re.findall(r"\{\w+\}", version))


def test_text_is_polite_and_ends_properly(text: Text) -> None:
    for version in (text.text, text.einfach):
        assert not re.search(r"\b([Dd]u|[Dd]ich|[Dd]ir|[Dd]ein\w*)\b", version)
        assert version.endswith((".", "?", "!", "}"))
        assert not re.search(r"TODO|XXX|Prüfhinweis|  ", version)


def test_buttons_are_few_and_short(text: Text) -> None:
    assert len(text.knoepfe) <= 3
    assert all(0 < len(b.title) <= 48 and b.payload and not b.payload.startswith("/") for b in text.knoepfe)


@pytest.mark.parametrize("name", NEEDED)
def test_text_that_the_code_needs_is_there(knowledge: Knowledge, name: str) -> None:
    assert knowledge.texte[name].text


def test_emergency_names_the_numbers_in_every_language(knowledge: Knowledge) -> None:
    assert all(number in knowledge.texte["notfall"].text for number in ("112", "110", "116 117"))
    assert [s.id for s in knowledge.sprachen.values() if s.zeilen and "112" not in s.zeilen["notfall"]] == []


def test_texts_that_refuse_name_another_help(knowledge: Knowledge) -> None:
    for name in ("panne", "stellen_nicht_erreichbar"):
        assert "{hotline}" in knowledge.texte[name].text
        assert "anerkennung-in-deutschland.de" in knowledge.texte[name].text


def test_rules_utter_only_what_has_a_text(knowledge: Knowledge) -> None:
    rules = (DATA / "stories" / "rules.yml").read_text(encoding="utf-8")
    domain = (ROOT / "domain.yml").read_text(encoding="utf-8")
    uttered = set(re.findall(r"action: utter_([\w/]+)", rules))
    assert uttered
    assert sorted(n for n in uttered if n not in knowledge.texte and f"utter_{n}" not in domain) == []
