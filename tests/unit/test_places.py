"""Every municipality, PLZ and Kreis of Hessen is found; namesakes are asked about, typos confirmed, nonsense is not guessed."""

from __future__ import annotations

import pytest

from bot.knowledge.places import Places, distance_km, fold, fold_plain


def names(found) -> list[str]:
    return [place.label() for place in found.places]


def test_all_421_municipalities_and_27_kreise_are_read(places) -> None:
    assert (len(places.municipalities), len(places.kreise)) == (421, 27)


def test_every_municipality_is_found_by_its_label(places) -> None:
    lost = [p.label() for p in places.municipalities.values() if places.resolve(p.label(), expected=True).places != (p,)]
    assert lost == []


def test_every_municipality_is_found_or_asked_about_by_its_name(places) -> None:
    kinds = {p.name: places.resolve(p.name, expected=True) for p in places.municipalities.values()}
    lost = [name for name, found in kinds.items() if name not in [p.name for p in found.places]]
    assert lost == []
    assert {name for name, found in kinds.items() if found.kind != "gefunden"} == {"Griesheim", "Kalbach", "Linden"}


@pytest.mark.parametrize("spell", [str.lower, str.upper, fold, fold_plain, lambda name: f"  {name}!"], ids=["klein", "gross", "ae-oe-ue", "a-o-u", "zeichen"])
def test_every_municipality_is_found_in_other_spellings(places, spell) -> None:
    lost = [p.name for p in places.municipalities.values() if p not in places.resolve(spell(p.name), expected=True).places]
    assert lost == []


def test_unique_name_leads_back_to_the_same_municipality(places) -> None:
    lost = [p.name for p in places.municipalities.values() if places.resolve(places.unique_name(p), expected=True).places != (p,)]
    assert lost == []


def test_every_plz_names_exactly_its_municipalities(places) -> None:
    for plz, members in places.by_plz.items():
        found = places.resolve(plz)
        assert sorted(p.name for p in found.places) == sorted(places.municipalities[ags].name for ags in members), plz
        assert found.kind == ("gefunden" if len(members) == 1 else "mehrdeutig"), plz


def test_every_municipality_has_a_plz(places) -> None:
    assert set(places.municipalities) == {ags for members in places.by_plz.values() for ags in members}


def test_every_kreis_is_found_by_its_name(places) -> None:
    lost = [kreis for kreis in places.kreise if [p.kreis for p in places.resolve(kreis, expected=True).places] != [kreis]]
    assert lost == []


@pytest.mark.parametrize("said", ["Kreis Fulda", "landkreis fulda", "LK Fulda", "Fulda Kreis"])
def test_kreis_is_told_from_its_town(places, said: str) -> None:
    assert [p.is_kreis for p in places.resolve(said).places] == [True]


@pytest.mark.parametrize(("said", "expected"), {
    "Höchst": ["Höchst i. Odw. (Odenwaldkreis)", "Höchst (Frankfurt am Main)"],
    "griesheim": ["Griesheim (Kreis Darmstadt-Dieburg)", "Griesheim (Frankfurt am Main)"],
    "Westend": ["Westend (Frankfurt am Main)", "Westend (Wiesbaden)"],
    "Homberg": ["Homberg (Ohm), Vogelsbergkreis", "Homberg (Efze), Schwalm-Eder-Kreis"],
    "Lautertal": ["Lautertal (Odenwald), Kreis Bergstraße", "Lautertal (Vogelsberg), Vogelsbergkreis"],
}.items())
def test_namesakes_are_asked_about(places, said: str, expected: list[str]) -> None:
    found = places.resolve(said)
    assert (found.kind, found.said, sorted(names(found))) == ("mehrdeutig", said, sorted(expected))


def test_every_choice_between_namesakes_is_understood(places) -> None:
    loops = [p.label() for choices in places._names.values() if len(choices) > 1 for p in choices if places.resolve(p.label(), expected=True).places != (p,)]
    assert loops == []


@pytest.mark.parametrize(("said", "land"), [("Münster", "Nordrhein-Westfalen"), ("Linden", "Niedersachsen")])
def test_namesake_outside_is_offered_and_understood(places, said: str, land: str) -> None:
    assert land in places.resolve(said, expected=True).lands
    chosen = places.resolve(f"{said} {land}", expected=True)
    assert (chosen.kind, chosen.land) == ("ausserhalb", land)


@pytest.mark.parametrize(("said", "name"), [
    ("Giessen", "Gießen"), ("ruesselsheim", "Rüsselsheim am Main"), ("Russelsheim", "Rüsselsheim am Main"), ("FFM", "Frankfurt am Main"), ("Frankfurt/Main", "Frankfurt am Main"),
    ("marburg an der lahn", "Marburg"), ("Bad Homburg", "Bad Homburg v. d. Höhe"), ("hersfeld", "Bad Hersfeld"), ("Ich wohne in Kassel.", "Kassel"),
    ("Frankfurt Höchst", "Frankfurt am Main"), ("Bockenheim", "Frankfurt am Main"), ("biebrich", "Wiesbaden"), ("Arheilgen", "Darmstadt"), ("Offenbach", "Offenbach am Main"),
    ("wohne in 35037 Marburg", "Marburg"), ("D-34117", "Kassel"), ("٣٤١١٧", "Kassel"), ("۶۰۳۱۱", "Frankfurt am Main"), ("Gießen 35390", "Gießen"), ("Дармштадт", "Darmstadt"), ("دارمشتات", "Darmstadt"),
])
def test_other_names_districts_and_sentences_are_understood(places, said: str, name: str) -> None:
    found = places.resolve(said)
    assert (found.kind, [p.name for p in found.places]) == ("gefunden", [name])


@pytest.mark.parametrize(("said", "name"), [
    ("Frankfrut", "Frankfurt am Main"), ("Giesen", "Gießen"), ("Kasel", "Kassel"), ("Wiesbadn", "Wiesbaden"), ("Darmstat", "Darmstadt"),
    ("Marbug", "Marburg"), ("ich wohne in Wetzlarr", "Wetzlar"), ("Limbrug", "Limburg a. d. Lahn"), ("Offenbch", "Offenbach am Main"), ("Bad Hersfed", "Bad Hersfeld"),
])
def test_typo_is_confirmed_and_quoted_as_written(places, said: str, name: str) -> None:
    found = places.resolve(said, expected=True)
    assert (found.kind, found.places[0].name) == ("bestaetigen", name)
    assert found.said in said


@pytest.mark.parametrize(("said", "land"), [
    ("Köln", "Nordrhein-Westfalen"), ("koeln", "Nordrhein-Westfalen"), ("München", "Bayern"), ("Munich", "Bayern"), ("nurnberg", "Bayern"), ("Mainz", "Rheinland-Pfalz"),
    ("Berlin", "Berlin"), ("Ich wohne in Hannover", "Niedersachsen"), ("Frankfurt (Oder)", "Brandenburg"), ("10115", "Berlin"), ("80331 München", "Bayern"),
])
def test_place_outside_hessen_is_told_with_its_land(places, said: str, land: str) -> None:
    found = places.resolve(said, expected=True)
    assert (found.kind, found.land, found.places) == ("ausserhalb", land, ())


@pytest.mark.parametrize("said", ["3411", "341177", "00000", "99999", "plz 123"])
def test_wrong_plz_is_told(places, said: str) -> None:
    assert places.resolve(said, expected=True).kind == "plz_unbekannt"


@pytest.mark.parametrize("said", ["", "   ", "asdfgh", "🙂", "ja", "nein", "Nein, anderer Ort", "Hilfe", "Ukraine", "?!", "12", "§ 18a", "я живу далеко", "Egal", "Wie ist das Wetter?"])
def test_nonsense_is_no_place(places, said: str) -> None:
    assert places.resolve(said).kind == "unbekannt"


@pytest.mark.parametrize("said", ["Wie ist das Wetter heute?", "ich langen Text schreibe", "mein Hausen ist klein", "Wo finde ich Linden und Burg?"])
def test_everyday_word_inside_a_sentence_is_no_place(places, said: str) -> None:
    assert places.resolve(said).kind == "unbekannt"


def test_distance_is_that_of_the_great_circle(places) -> None:
    kassel, frankfurt = (places.resolve(n).places[0] for n in ("Kassel", "Frankfurt"))
    assert distance_km((kassel.lat, kassel.lon), (frankfurt.lat, frankfurt.lon)) == pytest.approx(145, abs=4)


def test_all_points_lie_in_hessen(places) -> None:
    assert all(49.3 < p.lat < 51.7 and 7.7 < p.lon < 10.3 for p in places.municipalities.values())


def test_town_goes_before_its_kreis_of_the_same_name(places: Places) -> None:
    assert [p.is_kreis for p in places.resolve("Groß-Gerau").places] == [False]
