"""The frozen questions stay unseen: none is a training sentence, and each names an FAQ that exists."""

from __future__ import annotations

import pytest
import yaml

from benchmarks.devsets import load_dev
from bot.knowledge.base import DATA, Knowledge
from bot.nlu.noise import fold_umlauts
from bot.nlu.terms import flat
from bot.training.heldout import FOLDER, load_sets

SETS = load_sets()


def key(text: str) -> str:
    """Returns the words of a text in any script, without case, umlauts, accents and punctuation."""
    return flat(fold_umlauts(text.lower(), plain=False)) or text.strip()


@pytest.fixture(scope="module")
def seen(examples) -> dict[str, str]:
    """Returns every sentence that training reads, with its place."""
    parallel = yaml.safe_load((DATA / "nlu" / "hintergrund" / "parallel.yml").read_text(encoding="utf-8"))
    found = {key(line): "parallel.yml" for lines in parallel.values() for line in lines}
    return found | {key(e.text): f"{e.path.name}:{e.line}" for e in examples}


@pytest.mark.parametrize("name", SETS)
def test_no_question_is_a_training_sentence(seen: dict[str, str], name: str) -> None:
    assert {q.text: seen[key(q.text)] for q in SETS[name] if key(q.text) in seen} == {}


@pytest.mark.parametrize("name", SETS)
def test_every_question_names_an_faq_that_exists(knowledge: Knowledge, name: str) -> None:
    assert {q.faq for q in SETS[name] if q.faq and q.faq not in knowledge.faqs} == set()


@pytest.mark.parametrize("name", ["de_klar", "de_einfach"])
def test_every_faq_is_asked_in_german(knowledge: Knowledge, name: str) -> None:
    assert set(knowledge.faqs) - {q.faq for q in SETS[name]} == set()


@pytest.mark.parametrize("name", SETS)
def test_no_question_stands_twice(name: str) -> None:
    keys = [key(q.text) for q in SETS[name]]
    assert sorted({k for k in keys if keys.count(k) > 1}) == []


def test_every_language_is_asked(knowledge: Knowledge) -> None:
    assert {f"sprache_{s}" for s in knowledge.sprachen if s != "de"} == {name for name in SETS if name.startswith("sprache_")}


def test_files_say_that_they_are_never_trained_on() -> None:
    assert [p.name for p in sorted(FOLDER.glob("*.yml")) if "nie zum Training" not in p.read_text(encoding="utf-8").splitlines()[0]] == []


def test_no_development_question_is_a_training_sentence(seen: dict[str, str]) -> None:
    assert {q.text: seen[key(q.text)] for q in load_dev() if key(q.text) in seen} == {}


def test_no_development_question_is_a_frozen_one() -> None:
    frozen = {key(q.text) for questions in SETS.values() for q in questions}
    assert [q.text for q in load_dev() if key(q.text) in frozen] == []


def test_every_development_question_names_labels_that_exist(examples) -> None:
    intents = {e.intent for e in examples}
    assert {label for q in load_dev() for label in q.labels} - intents == set()
