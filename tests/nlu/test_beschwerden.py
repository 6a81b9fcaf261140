"""Fixed complaints stay fixed: the model in use answers each with its FAQ, without asking back."""

from __future__ import annotations

import pytest

from bot import models
from bot.nlu.decision import Decision, decide
from bot.training.archive import load_model, thresholds_of
from bot.training.complaints import load_complaints

pytestmark = pytest.mark.slow


def test_every_fixed_complaint_gets_its_faq() -> None:
    path = models.fitting() or models.train()
    model, limits = load_model(path), thresholds_of(path)
    wrong = []
    for question in load_complaints():
        prediction = model.predict(question.text)
        label, answers = prediction.ranking[0][0], decide(prediction, limits) is Decision.ANSWER
        if (label != f"faq/{question.faq}" or not answers) if question.faq else (answers and label.startswith("faq/")):
            wrong.append((question.text, question.faq, label))
    assert wrong == []
