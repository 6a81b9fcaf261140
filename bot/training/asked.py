"""One model of a comparison, asked all test questions. What it said before is remembered (`bot/training/remembered.py`)."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import Callable

from bot import models
from bot.knowledge.base import ROOT
from bot.nlu.encoders import VectorCache
from bot.nlu.hybrid import HybridModel
from bot.training.archive import load_model, thresholds_of
from bot.training.comparison import Facts
from bot.training.evaluate import Outcome, Report, predict_sets, report_of
from bot.training.heldout import Question
from bot.training.remembered import Remembered

CACHE = ROOT / "var" / "cache" / "vectors.db"
COMPLAINTS = "beschwerden"
LATENCY_QUESTIONS = 30


class Asked:
    """One of the two models with everything it says about the questions: `limits`, `outcomes`, `report`, `facts`."""

    def __init__(self, path: Path, seconds: float, sets: dict[str, list[Question]], step: Callable[[int, int], None]) -> None:
        """Asks the archive `path`, which took `seconds` to train. `step(done, total)` is called on the way.

        Raises:
            StartError: the archive is not readable.
        """
        self.limits, sha256 = thresholds_of(path), models.sha256_of(path)
        model = load_model(path)
        self.outcomes = _outcomes(model, Remembered(sha256), sets, step)
        held_out = [o for o in self.outcomes if o.name != COMPLAINTS]
        self.report: Report = report_of(held_out, self.limits)
        self.facts = Facts(path.name, sha256, path.stat().st_size, seconds, _latency(model, sets))


def _outcomes(model: HybridModel, known: Remembered, sets: dict[str, list[Question]], step: Callable[[int, int], None]) -> list[Outcome]:
    """Returns what the model says to all questions; only those are asked that it has not answered in an earlier comparison."""
    fresh = {name: [q for q in questions if known.get(q.text) is None] for name, questions in sets.items()}
    fresh = {name: questions for name, questions in fresh.items() if questions}
    total = sum(map(len, sets.values()))
    if fresh:
        old = total - sum(map(len, fresh.values()))
        for outcome in predict_sets(model, fresh, lambda _, done, __: step(old + done, total), VectorCache(CACHE)):
            for question, said in zip(outcome.questions, outcome.predictions):
                known.put(question.text, said)
        known.save()
    step(total, total)
    return [Outcome(name, questions, [p for q in questions if (p := known.get(q.text)) is not None]) for name, questions in sets.items()]


def _latency(model: HybridModel, sets: dict[str, list[Question]]) -> float:
    """Returns the median milliseconds for one sentence that nobody has seen."""
    times = []
    for question in next(iter(sets.values()))[:LATENCY_QUESTIONS]:
        begin = time.perf_counter()
        model.predict(question.text)
        times.append(1000 * (time.perf_counter() - begin))
    return round(statistics.median(times), 1) if times else 0.0
