"""The masking against more than 700 labelled sentences, and against everything the assistant itself says and is asked."""

from __future__ import annotations

import time

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.nlu_files import read_examples
from bot.privacy.mask import mask
from tests.privacy.score import PATTERNS, Score, load, report, score


@pytest.fixture(scope="module")
def result() -> Score:
    """Returns the figures of the whole corpus."""
    outcome = score(load())
    print(report(outcome))
    return outcome


def test_corpus_is_large_and_has_sentences_to_leave() -> None:
    sentences = load()
    assert len(sentences) >= 600
    assert sum(not s.spans for s in sentences) >= 200
    assert len({s.text for s in sentences}) == len(sentences)


def test_patterns_are_found_and_little_else(result: Score) -> None:
    assert result.recall(*PATTERNS) >= 0.99
    assert result.precision(*PATTERNS) >= 0.97


def test_names_and_addresses_are_found(result: Score) -> None:
    assert result.recall("<NAME>") >= 0.9
    assert result.recall("<ADRESSE>") >= 0.9
    assert result.precision("<NAME>", "<ADRESSE>") >= 0.95


def test_plz_and_paragraphs_are_kept(result: Score) -> None:
    assert result.kept / result.to_keep >= 0.99
    assert result.unchanged / result.to_leave >= 0.97


def test_kind_is_named_right(result: Score) -> None:
    assert sum(result.named.values()) / sum(result.there.values()) >= 0.95


def test_questions_of_the_training_data_are_left_alone() -> None:
    texts = [example.text for example in read_examples(DATA / "nlu")]
    changed = [text for text in texts if mask(text).text != text]
    assert len(texts) > 1000
    assert len(changed) / len(texts) < 0.005, changed[:20]


def test_answers_of_the_assistant_are_left_alone() -> None:
    texts = [text for faq in Knowledge.load().faqs.values() for text in (faq.frage, faq.antwort, faq.antwort_einfach)]
    changed = [text for text in texts if mask(text).text != text]
    assert len(changed) / len(texts) < 0.02, changed[:20]


def test_time_for_a_message_is_reported(record_property: pytest.RecordProperty) -> None:
    texts = [sentence.text for sentence in load()]
    begin = time.perf_counter()
    for text in texts:
        mask(text)
    milliseconds = (time.perf_counter() - begin) / len(texts) * 1000
    record_property("millisekunden_je_nachricht", round(milliseconds, 3))
    print(f"{milliseconds:.3f} ms je Nachricht")
