"""Countries, languages and terms: complete, unambiguous, in their own script."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.berufe import SPRACHEN
from bot.knowledge.sprachen import LINES
from bot.knowledge.yamlfile import is_public_url
from bot.nlu.terms import flat

EU = frozenset("at be bg cy cz dk ee es fi fr gr hr hu ie it lt lu lv mt nl pl pt ro se si sk".split())  # Germany is no country of origin
SCRIPT = {"ar": "ARABIC", "fa": "ARABIC", "uk": "CYRILLIC", "ru": "CYRILLIC"}


def test_eu_and_eea_countries_have_their_rules(knowledge: Knowledge) -> None:
    groups = {g: {land.id for land in knowledge.laender.values() if land.gruppe == g} for g in ("eu", "ewr-ch")}
    assert groups == {"eu": EU, "ewr-ch": {"ch", "is", "li", "no"}}


@pytest.mark.parametrize("code", ["ua", "sy", "tr", "in", "ph", "rs", "ba", "af", "ir", "gb", "us", "ma", "tn", "vn", "br", "co", "er", "xk"])
def test_frequent_country_of_origin_is_a_third_country(knowledge: Knowledge, code: str) -> None:
    assert knowledge.laender[code].gruppe == "drittstaat"


def test_no_word_names_two_countries(knowledge: Knowledge) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for land in knowledge.laender.values():
        for word in land.woerter:
            owners[word.casefold()].add(land.id)
    assert {word: ids for word, ids in owners.items() if len(ids) > 1} == {}


def test_country_words_are_long_enough_to_tell(knowledge: Knowledge) -> None:
    assert [(land.id, w) for land in knowledge.laender.values() for w in land.woerter if len(flat(w)) < 2] == []


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_language_has_all_its_lines(knowledge: Knowledge, sprache: str) -> None:
    found = knowledge.sprachen[sprache]
    assert [line for line in LINES if not found.zeilen.get(line)] == []
    assert is_public_url(found.link)
    assert found.woerter


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_lines_are_written_in_the_languages_own_script(knowledge: Knowledge, sprache: str) -> None:
    script = SCRIPT.get(sprache, "LATIN")
    for line, text in knowledge.sprachen[sprache].zeilen.items():
        letters = [c for c in re.sub(r"“Beratung”|«Beratung»|„Beratung”|\S+\.\S+", "", text) if c.isalpha()]
        assert sum(unicodedata.name(c, "").startswith(script) for c in letters) > len(letters) * 0.6, (line, text)


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_person_is_told_to_write_the_german_word(knowledge: Knowledge, sprache: str) -> None:
    assert "Beratung" in knowledge.sprachen[sprache].zeilen["beratung"]


def test_direction_of_writing_is_right(knowledge: Knowledge) -> None:
    assert {s.id for s in knowledge.sprachen.values() if s.richtung == "rtl"} == {"ar", "fa"}


def test_lines_differ_between_languages(knowledge: Knowledge) -> None:
    lines = [s.zeilen["einleitung"] for s in knowledge.sprachen.values() if s.zeilen]
    assert len(set(lines)) == len(lines) == len(SPRACHEN)


def test_no_word_belongs_to_two_languages(knowledge: Knowledge) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for sprache in knowledge.sprachen.values():
        for word in sprache.woerter:
            owners[word.lower()].add(sprache.id)
    assert {word: ids for word, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_every_term_is_known_in_the_language(knowledge: Knowledge, sprache: str) -> None:
    assert [b.id for b in knowledge.begriffe.values() if not b.andere_sprachen[sprache]] == []


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_beginnings_of_words_are_long_enough(knowledge: Knowledge, sprache: str) -> None:
    stems = [w for b in knowledge.begriffe.values() for w in b.andere_sprachen[sprache]]
    assert [w for w in stems if len(flat(w)) < 2 or (len(flat(w)) < 3 and w != "iq")] == []


def test_terms_have_a_german_name_of_their_own(knowledge: Knowledge) -> None:
    names = [b.deutsch for b in knowledge.begriffe.values()]
    assert sorted({n for n in names if names.count(n) > 1}) == []
