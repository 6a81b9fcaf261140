"""Every term of the glossary is understood, by itself and as a question what it is: the answer that explains it is among the first three."""

from __future__ import annotations

import pytest

from bot import models
from bot.knowledge.base import Knowledge
from bot.nlu.hybrid import HybridModel
from bot.training.archive import load_model

pytestmark = pytest.mark.slow
ASKED = ("{}", "Was ist {}?", "{} was bedeutet das")


@pytest.fixture(scope="module")
def model() -> HybridModel:
    return load_model(models.fitting() or models.train())


def test_terms_find_their_answer(model: HybridModel) -> None:
    terms = [(name, entry.faq) for entry in Knowledge.load().glossar.values() for name in (entry.begriff, *entry.abkuerzungen)]
    wanted = [(asked.format(name), f"faq/{faq}") for name, faq in terms for asked in ASKED]
    predictions = model.predict_many([text for text, _ in wanted])
    missed = [text for (text, label), p in zip(wanted, predictions) if label not in [name for name, _ in p.ranking[:3]]]
    assert len(wanted) > 200
    assert not missed
