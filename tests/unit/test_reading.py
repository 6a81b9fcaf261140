"""Language and wording of a message, with the real words, terms and occupations."""

from __future__ import annotations

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.nlu_files import read_examples
from bot.nlu.intent_classifier import foreign_terms, occupation_aspects
from bot.nlu.language import LanguageDetector
from bot.nlu.reading import Reader
from bot.nlu.spelling import SpellingRepair
from bot.nlu.terms import TermGlossary


@pytest.fixture(scope="module")
def reader(knowledge: Knowledge) -> Reader:
    words = {s.id: s.woerter for s in knowledge.sprachen.values()}
    repair = SpellingRepair([e.text for e in read_examples(DATA / "nlu")], occupation_aspects(knowledge).names)
    return Reader(LanguageDetector(words), TermGlossary(foreign_terms(knowledge)), repair)


@pytest.mark.parametrize(("text", "language"), [
    ("was kosted anerkenung", "de"), ("skolko stoit apostil", "ru"), ("yak vyznaty dyplom likarya", "uk"), ("badde istishara la shahadet", "ar"),
    ("madrakam ro mikham tayid konam", "fa"), ("necesito traducir mi titulo", "es"), ("denklik için ne lazım", "tr"), ("hallo", "de"),
])
def test_language_is_told_also_in_latin_letters(reader: Reader, text: str, language: str) -> None:
    assert reader.read(text)[0] == language


def test_russian_in_latin_letters_is_heard_in_cyrillic_with_its_terms(reader: Reader) -> None:
    heard = reader.read("skolko stoit priznanie medsestry")[1]
    assert heard.startswith("сколко стоит признание медсестры")
    assert {"Kosten", "Anerkennung"} <= set(heard.split())


def test_arabic_in_latin_letters_is_heard_as_its_german_terms_alone(reader: Reader) -> None:
    assert set(reader.read("badde mo3adalet shahadet tamrid")[1].replace(",", "").split()) >= {"Anerkennung", "Abschluss", "Pflege"}
    assert "badde" not in reader.read("badde mo3adalet shahadet tamrid")[1]


def test_word_that_no_term_names_stays(reader: Reader) -> None:
    assert reader.read("shu badde")[1] == "shu badde"


@pytest.mark.parametrize(("text", "term"), [
    ("كم المستوى المطلوب للطبيب", "Ärztin"), ("працюю медсестрою", "Pflege"), ("я живу в україні", ""), ("де безкоштовна консультація", "Nähe"),
    ("nie mam pieniędzy na uznanie", "kein Geld"), ("mientras espero el reconocimiento", "schon vor"),
])
def test_terms_behind_common_wordings(reader: Reader, text: str, term: str) -> None:
    assert term in reader.read(text)[1]


def test_country_alone_is_no_residence_title(reader: Reader) -> None:
    assert "§ 24" not in reader.read("я живу в україні")[1]
    assert "§ 24" in reader.read("моя карта 24 параграф")[1]
