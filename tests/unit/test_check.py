"""The Anerkennungsprüfung for every occupation × group of countries × residence × place."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace

import pytest

from bot.knowledge.check import Case, best_faq, next_question, path
from bot.knowledge.check_rules import AUFENTHALT, UNKNOWN
from bot.knowledge.check_text import render_check
from bot.knowledge.merkzettel import render_note
from bot.knowledge.person import Person
from bot.knowledge.plain import easy_faults, word_count
from bot.knowledge.quality import CHECK_WORDS, content_findings, official_names

GROUPS = ("eu", "ewr-ch", "drittstaat", UNKNOWN)
# Occupations for which an FAQ tells EU and third countries apart (handwerk-eu-buerger, pflege-eu, aerzte-eignungspruefung-eu …).
TOLD_APART = {"pflegefachkraft", "arzt", "facharzt", "zahnarzt", "apotheker", "psychotherapeut", "hebamme", "tierarzt", "architekt", "rechtsanwalt", "berufskraftfahrer-lkw",
              "busfahrer"}


def place(knowledge, name: str):
    return next(p for p in knowledge.places.municipalities.values() if p.name == name)


@pytest.fixture(scope="module")
def cases(knowledge) -> list[Case]:
    """All occupations and none × groups × residence × no place, one per chamber and one in another Land."""
    places = [None, *(place(knowledge, n) for n in ("Fulda", "Wiesbaden", "Darmstadt"))]
    found = [Case(b, g, p, a) for b, g, p, a in itertools.product([*knowledge.berufe.values(), None], GROUPS, places, (*AUFENTHALT, UNKNOWN))]
    return found + [Case(b, "eu", None, "deutschland", "Mainz", "Rheinland-Pfalz") for b in [*knowledge.berufe.values(), None]]


@pytest.mark.parametrize("easy", [False, True], ids=["klar", "einfach"])
def test_every_path_is_short_and_whole(knowledge, cases, day, easy):
    for case in cases:
        steps = path(case, knowledge, day, easy)
        assert 1 <= len(steps) <= 5, case
        for step in steps:
            assert step.titel and step.text, case
            assert word_count(step.text) <= CHECK_WORDS, step.text
            assert not re.search(r"\{|\}|None|  ", f"{step.titel} {step.text}"), step
            assert step.faq in knowledge.faqs
            assert step.stelle is None or step.stelle.is_offered(day)
            assert not (easy and easy_faults(step.text, official_names())), step.text


def test_every_path_starts_with_the_need_and_ends_with_advice(knowledge, cases, day):
    for case in cases:
        titles = [step.titel for step in path(case, knowledge, day)]
        assert titles[0].startswith("Anerkennung nötig?")
        assert titles[1].startswith("Wer entscheidet?")
        assert titles[-1].startswith("Beratung")


def test_messages_never_show_an_empty_contact(knowledge, cases, day):
    for case in cases[::17]:
        person = Person(case.beruf, None, case.place.name if case.place else case.outside, case.gruppe, case.aufenthalt)
        for text in (render_check(knowledge, person, day, False).text, render_note(knowledge, person, day, False).text):
            assert not re.search(r"None|\{|(Adresse|Telefon|E-Mail|Webseite): *(,|\n|$)|(Telefon|E-Mail|Adresse) ,|: \(", text), text


def test_unknown_authority_is_said_to_be_unknown(knowledge, day):
    for beruf in (b for b in knowledge.berufe.values() if not b.stellen and b.gruppe != "verkehr" and b.id != "rechtsanwalt"):
        step = path(Case(beruf), knowledge, day)[1]
        assert step.stelle is None or beruf.id == "kinderpfleger"
        assert "nicht gesichert bekannt" in step.text


@pytest.mark.parametrize("kreis", ["Fulda (Landkreis)", "Wiesbaden", "Darmstadt", "Hanau", "Lahn-Dill-Kreis"])
def test_craft_has_the_chamber_of_the_kreis(knowledge, day, kreis):
    member = next(p for p in knowledge.places.municipalities.values() if p.kreis == kreis)
    stelle = path(Case(knowledge.berufe["maurer"], "drittstaat", member, "deutschland"), knowledge, day)[1].stelle
    assert stelle is not None and kreis in stelle.zustaendig_fuer


def test_every_kreis_has_exactly_one_chamber(knowledge):
    chambers = [knowledge.offices[i] for i in knowledge.berufe["maurer"].stellen]
    for kreis in knowledge.places.kreise:
        assert sum(kreis in chamber.zustaendig_fuer for chamber in chambers) == 1, kreis


def test_groups_of_countries_differ_only_where_an_faq_says_so(knowledge, day):
    for beruf in knowledge.berufe.values():
        here = {path(Case(beruf, group, None, "deutschland"), knowledge, day) for group in ("eu", "drittstaat")}
        allowed = beruf.id in TOLD_APART or beruf.faq in ("gesundheitsfachberufe-anerkennung", "zustaendig-lehrkraefte-hessen") \
            or (beruf.gruppe == "handwerk" and beruf.reglementiert == "teilweise")
        assert len(here) == 1 or allowed, beruf.id


@pytest.mark.parametrize("beruf", ["augenoptiker", "zahntechniker"])
def test_health_crafts_have_no_exemption_by_experience(knowledge, day, beruf):
    assert all("Ausnahmebewilligung" not in step.text for step in path(Case(knowledge.berufe[beruf], "eu", place(knowledge, "Fulda"), "deutschland"), knowledge, day))


def test_eu_nurse_hears_of_the_list_and_third_countries_of_the_exam(knowledge, day):
    nurse = Case(knowledge.berufe["pflegefachkraft"], "eu", None, "deutschland")
    steps = path(nurse, knowledge, day)
    assert "automatisch anerkannt" in steps[1].text and best_faq(nurse, steps, knowledge) == "pflege-eu"
    other = replace(nurse, gruppe="drittstaat")
    steps = path(other, knowledge, day)
    assert "Kenntnisprüfung" in steps[1].text and best_faq(other, steps, knowledge) == "pflegefachkraft-anerkennung"


def test_first_doctor_from_a_third_country_goes_to_the_pqz(knowledge, day):
    assert path(Case(knowledge.berufe["arzt"], "drittstaat"), knowledge, day)[1].stelle.id == "pqz-hessen"


def test_cook_abroad_hears_of_the_visa(knowledge, day):
    last = path(Case(knowledge.berufe["koch"], "drittstaat", None, "ausland"), knowledge, day)[-1]
    assert "Visum" in last.text and last.stelle.id == "zsba"


def test_ended_service_is_not_named(knowledge):
    last = path(Case(knowledge.berufe["koch"], "drittstaat", None, "ausland"), knowledge, dt.date(2027, 2, 1))[-1]
    assert last.stelle.id == "hotline-alid" and "ZSBA" not in last.text


def test_other_land_has_no_authority_of_hessen(knowledge, day):
    steps = path(Case(knowledge.berufe["pflegefachkraft"], "eu", None, "deutschland", "Mainz", "Rheinland-Pfalz"), knowledge, day)
    assert "Mainz liegt nicht in Hessen" in steps[1].text and steps[1].stelle is None
    assert path(Case(knowledge.berufe["koch"], "eu", None, "deutschland", "Mainz", "Rheinland-Pfalz"), knowledge, day)[1].stelle.id == "ihk-fosa"


@pytest.mark.parametrize(("beruf", "gruppe", "aufenthalt", "question"), [
    (None, UNKNOWN, UNKNOWN, "beruf"), ("pflegefachkraft", UNKNOWN, UNKNOWN, "land"), ("pflegefachkraft", "eu", UNKNOWN, "aufenthalt"), ("pflegefachkraft", "eu", "deutschland", ""),
    ("koch", UNKNOWN, UNKNOWN, "aufenthalt"), ("koch", UNKNOWN, "deutschland", ""), ("koch", UNKNOWN, "ausland", "land"), ("maurer", "eu", "deutschland", "ort"), ("maurer", "eu", "ausland", ""),
])
def test_only_what_counts_is_asked(knowledge, day, beruf, gruppe, aufenthalt, question):
    assert next_question(Case(knowledge.berufe.get(beruf), gruppe, None, aufenthalt), knowledge, day) == question


def test_place_is_asked_for_crafts_only(knowledge, day):
    asked = {b.id for b in knowledge.berufe.values() if next_question(Case(b, "eu", None, "deutschland"), knowledge, day) == "ort"}
    assert asked and all(knowledge.berufe[i].gruppe == "handwerk" for i in asked)


def test_what_was_not_known_is_not_asked_again(knowledge, day):
    assert next_question(Case(), knowledge, day, ("beruf",)) == ""
    assert next_question(Case(knowledge.berufe["arzt"]), knowledge, day, ("land", "aufenthalt")) == ""


def test_content_has_no_findings_for_the_check(knowledge):
    assert not [f for f in content_findings(knowledge, []) if "data/pruefung.yml" in f or ", hinweis" in f]
