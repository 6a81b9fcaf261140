"""The model in use against the frozen questions: the numbers of `thresholds.yml` are the least it must reach."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot import models
from bot.training.archive import load_model, thresholds
from bot.training.evaluate import Report, evaluate
from bot.training.heldout import load_sets

pytestmark = pytest.mark.slow
LEAST = yaml.safe_load((Path(__file__).parent / "thresholds.yml").read_text(encoding="utf-8"))
LANGUAGES = ("en", "ar", "uk", "ru", "tr", "fa", "fr", "es", "ro", "pl")


@pytest.fixture(scope="module")
def report() -> Report:
    """The evaluation of the model that fits the data."""
    path = models.fitting() or models.train()
    return evaluate(load_model(path), load_sets(), thresholds())


@pytest.mark.parametrize("name", ["de_klar", "de_einfach", "kontrast"])
def test_german_questions_find_their_faq(report, name):
    result = report.set(name)
    assert result.accuracy >= LEAST[name]["accuracy"]
    assert result.top3 >= LEAST[name]["top3"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_languages_find_their_faq(report, language):
    assert report.set(f"sprache_{language}").accuracy >= LEAST["sprachen"]["accuracy"]


def test_off_topic_is_told_apart(report):
    assert report.off_topic_auroc >= LEAST["off_topic_auroc"]
    assert report.off_topic_answered <= LEAST["off_topic_answered"]


@pytest.mark.parametrize("name", ["de_klar", "de_einfach"])
def test_on_topic_is_not_declined(report, name):
    assert report.set(name).declined <= LEAST["on_topic_declined"]


def test_confidence_is_honest(report):
    assert report.calibration_error <= LEAST["calibration_error"]


def test_rare_faqs_count_as_much_as_common_ones(report):
    assert report.macro_f1 >= LEAST["macro_f1"]
