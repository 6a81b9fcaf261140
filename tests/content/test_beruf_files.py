"""Every reference occupation: names that tell it apart, its law, its authority and its answer."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from typing import Callable

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.berufe import SPRACHEN, Beruf
from bot.knowledge.places import fold
from bot.knowledge.yamlfile import is_public_url
from bot.nlu.terms import flat

IDS = sorted(path.stem for path in (DATA / "berufe").glob("*.yml"))


def is_name(name: str) -> bool:
    return len(flat(name)) >= 2 and name == name.strip() and "(" not in name and len(name) <= 70


def label_is_searched(beruf: Beruf) -> bool:
    names = " ".join(fold(name) for name in beruf.namen)
    return any(word[:6] in names for word in fold(beruf.name).split() if len(word) > 3)


RULES: dict[str, Callable[[Beruf], bool]] = {
    "the file name is an id": lambda b: bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", b.id)),
    "names are words": lambda b: all(is_name(n) for n in b.all_names()),
    "it is named in every language": lambda b: set(b.andere_sprachen) == set(SPRACHEN),
    "the name on the label is also searched": label_is_searched,
    "sources are https addresses": lambda b: all(is_public_url(q) for q in b.quellen),
    "it was checked on a past day": lambda b: dt.date(2020, 1, 1) < b.stand <= dt.date.today(),
    "a regulated one names its law or who decides": lambda b: bool(b.recht or b.stellen or "zustaendig" in b.aspekte) or b.reglementiert == "nein",
    "the hint is a polite sentence": lambda b: b.hinweis.endswith(".") and not re.search(r"\b[Dd]u\b|TODO|\{|https?:|  ", b.hinweis),
    "the level of German is one of the framework": lambda b: not b.deutsch or bool(re.search(r"[ABC][12]", b.deutsch)),
}


@pytest.mark.parametrize("beruf_id", IDS)
def test_occupation_keeps_every_rule(knowledge: Knowledge, beruf_id: str) -> None:
    beruf = knowledge.berufe[beruf_id]
    assert [rule for rule, holds in RULES.items() if not holds(beruf)] == []


def test_there_are_at_least_150_occupations(knowledge: Knowledge) -> None:
    assert len(knowledge.berufe) >= 150


def test_german_names_are_unique_in_any_spelling(knowledge: Knowledge) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for beruf in knowledge.berufe.values():
        for name in beruf.namen:
            owners[fold(name)].add(beruf.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_foreign_names_are_unique(knowledge: Knowledge, sprache: str) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for beruf in knowledge.berufe.values():
        for name in beruf.andere_sprachen.get(sprache, ()):
            owners[flat(name)].add(beruf.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}
