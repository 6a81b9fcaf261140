"""Topics, dated values and place tables: used, current, complete."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.faq import ASPEKTE
from bot.knowledge.themen import DEFAULT
from bot.knowledge.werte import PLACEHOLDER, Wert
from bot.knowledge.yamlfile import read_yaml

WERTE = tuple(read_yaml(DATA / "werte.yml").value)
DAY = dt.date(2026, 11, 25)


@pytest.fixture(params=WERTE)
def wert(request, knowledge: Knowledge) -> Wert:
    """Returns one dated value after the other."""
    return knowledge.werte[request.param]


def test_value_is_used_in_an_answer(wert: Wert, knowledge: Knowledge) -> None:
    assert any(f"{{werte.{wert.id}" in text for f in knowledge.faqs.values() for text in (f.antwort, f.antwort_einfach, f.mehr))


def test_value_was_checked_and_will_be_again(wert: Wert) -> None:
    assert wert.geprueft_am <= dt.date.today()
    assert wert.geprueft_am < wert.pruefen_bis


def test_value_that_ends_is_checked_until_then(wert: Wert) -> None:
    last = max((s.until for s in wert.stages if s.until), default=None)
    assert last is None or any(s.until is None for s in wert.stages) or wert.pruefen_bis <= last + dt.timedelta(days=31)


def test_value_of_the_day_reads_well(wert: Wert) -> None:
    assert wert.on(DAY) is not None
    assert re.fullmatch(r"[\d.]+(,\d\d)?( bis [\d.]+(,\d\d)?)?( (Euro|Prozent|Stunden))?|\d{1,2}\. [A-ZÄ][a-zä]+ \d{4}", wert.text(DAY))


def test_value_cites_its_law(wert: Wert) -> None:
    assert wert.norm
    assert wert.bezeichnung[0].isupper()


def test_values_of_a_year_are_known_where_an_answer_names_the_year(knowledge: Knowledge) -> None:
    wanted = {(m[1], int(m[2])) for f in knowledge.faqs.values() for t in (f.antwort, f.antwort_einfach, f.mehr) for m in PLACEHOLDER.finditer(t) if m[2]}
    assert [(w, y) for w, y in wanted if "nicht bekannt" in knowledge.werte[w].text(DAY, y)] == []


def test_default_topic_answers_every_follow_up(knowledge: Knowledge) -> None:
    assert set(knowledge.themen[DEFAULT].aspekte) == set(ASPEKTE)


def test_topics_have_different_titles(knowledge: Knowledge) -> None:
    titles = [t.titel for t in knowledge.themen.values()]
    assert len(set(titles)) == len(titles)


def test_place_tables_are_sorted_and_without_twins() -> None:
    for name, column in (("gemeinden.csv", 0), ("plz.csv", 0), ("plz_andere.csv", 0)):
        keys = [line.split(",")[column] for line in (DATA / "orte" / name).read_text(encoding="utf-8").splitlines()[1:]]
        assert keys == sorted(set(keys)), name


def test_no_plz_is_inside_and_outside(knowledge: Knowledge) -> None:
    assert set(knowledge.places.by_plz) & set(knowledge.places.other_plz) == set()


def test_every_plz_of_the_tables_names_known_municipalities(knowledge: Knowledge) -> None:
    rows = [line.split(",") for line in (DATA / "orte" / "plz.csv").read_text(encoding="utf-8").splitlines()[1:]]
    assert [row[0] for row in rows if not set(row[-1].split()) <= set(knowledge.places.municipalities)] == []


@pytest.mark.parametrize("city", ["Berlin", "Hamburg", "München", "Köln", "Stuttgart", "Düsseldorf", "Leipzig", "Dortmund", "Essen", "Bremen", "Dresden", "Hannover", "Nürnberg", "Mannheim", "Mainz", "Würzburg", "Göttingen"])
def test_big_city_elsewhere_is_known(knowledge: Knowledge, city: str) -> None:
    assert knowledge.places.resolve(city, expected=True).kind == "ausserhalb"
