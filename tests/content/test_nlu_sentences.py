"""Training sentences: enough of them, no twins between intents, and written the way people write."""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np
import pytest
import yaml
from rapidfuzz import fuzz, process

from bot.knowledge.base import DATA, ROOT, Knowledge
from bot.knowledge.faq import ASPEKTE
from bot.knowledge.nlu_files import Example
from bot.knowledge.places import fold
from bot.knowledge.quality import MIN_PHRASINGS
from bot.nlu.noise import fold_umlauts

FILES = sorted(path.relative_to(DATA / "nlu").as_posix() for path in (DATA / "nlu").rglob("*.yml") if path.parent.name != "hintergrund")
FAQ_FILES = [name for name in FILES if name.startswith("faq/")]
UMLAUT = re.compile("[äöüß]")
REAL_WORDS = frozenset("war waren wahr konnte musste wurde hatte schon zahlen losen".split())  # folded forms that are words themselves
PERSONAL = re.compile(r"@(?!arbeitsagentur\.de|hessen\.de)|\+49|\b0\d{3,5}[ /-]\d{4,}")


@pytest.fixture(scope="module")
def files(examples: tuple[Example, ...]) -> dict[str, list[Example]]:
    """Returns the sentences of every file."""
    found: dict[str, list[Example]] = defaultdict(list)
    for e in examples:
        found[e.path.relative_to(DATA / "nlu").as_posix()].append(e)
    return found


@pytest.fixture(scope="module")
def folded_forms(examples: tuple[Example, ...]) -> set[str]:
    """Returns how the words with umlauts look without them."""
    words = {w for e in examples for w in re.findall(r"\w+", e.text.lower()) if UMLAUT.search(w)}
    return {fold_umlauts(w, plain) for w in words for plain in (True, False)} - REAL_WORDS


@pytest.mark.parametrize("name", FILES)
def test_file_has_enough_clean_sentences(files, by_intent, name: str) -> None:
    assert {i: len(by_intent[i]) for i in {e.intent for e in files[name]} if len(by_intent[i]) < MIN_PHRASINGS} == {}
    assert [e.text for e in files[name] if len(e.text) > 250 or e.text != " ".join(e.text.split()) or PERSONAL.search(e.text)] == []


WRITING = {
    "hurried, in small letters": lambda texts, _: sum(t == t.lower() for t in texts) >= len(texts) / 4,
    "a few keywords": lambda texts, _: any(len(t.split()) <= 4 for t in texts),
    "a question": lambda texts, _: any(t.endswith("?") for t in texts),
    "without umlauts": lambda texts, forms: any(set(re.findall(r"\w+", t.lower())) & forms for t in texts),
}


@pytest.mark.parametrize("name", FAQ_FILES)
def test_faq_is_asked_in_every_way_of_writing(files, folded_forms: set[str], knowledge: Knowledge, name: str) -> None:
    faq_id, texts = name.removeprefix("faq/").removesuffix(".yml"), [e.text for e in files[name]]
    assert ({e.intent for e in files[name]}, faq_id in knowledge.faqs) == ({f"faq/{faq_id}"}, True)
    assert [way for way, found in WRITING.items() if not found(texts, folded_forms)] == []


def test_no_sentence_stands_twice(examples) -> None:
    places = defaultdict(list)
    for e in examples:
        places[" ".join(re.findall(r"\w+", e.text.lower())) or e.text].append(f"{e.path.name}:{e.line}")
    assert {text: where for text, where in places.items() if len(where) > 1} == {}


def test_no_near_twins_between_intents(examples) -> None:
    texts = [fold(e.text) for e in examples]
    near = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=97, dtype=np.uint8)
    twins = [(examples[a].text, examples[b].text) for a, b in zip(*np.nonzero(near)) if a < b and examples[a].intent != examples[b].intent]
    assert twins == []


def test_no_sentence_is_the_question_of_another_faq(examples, knowledge: Knowledge) -> None:
    titles = {fold(f.frage): f"faq/{f.id}" for f in knowledge.faqs.values()}
    assert [(e.intent, e.text) for e in examples if titles.get(fold(e.text), e.intent) != e.intent] == []


def test_domain_lists_exactly_the_intents_that_are_learnt(by_intent) -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    learnt = {intent.split("/")[0] for intent in by_intent}
    assert set(domain["intents"]) - {"unsicher"} == learnt


def test_every_follow_up_is_learnt(by_intent) -> None:
    assert {f"anschluss/{aspekt}" for aspekt in ASPEKTE} <= set(by_intent)


def test_every_small_talk_has_its_text(by_intent, knowledge: Knowledge) -> None:
    assert [i for i in by_intent if i.startswith("gespraech/") and i not in knowledge.texte] == []


def test_parallel_sentences_are_complete_in_all_languages(knowledge: Knowledge) -> None:
    parallel = yaml.safe_load((DATA / "nlu" / "hintergrund" / "parallel.yml").read_text(encoding="utf-8"))
    assert set(parallel) == set(knowledge.sprachen)
    assert {lang: len(lines) for lang, lines in parallel.items() if len(lines) != len(parallel["de"])} == {}
