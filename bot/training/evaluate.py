"""Runs a model over the held-out sets and says in numbers how well it understands."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from typing import Callable, Sequence

import numpy as np

from bot.nlu.decision import Decision, Thresholds, decide
from bot.nlu.encoders import VectorCache
from bot.nlu.hybrid import HybridModel, Prediction
from bot.training.heldout import Question

BATCH = 64
BINS = 15
OFF_TOPIC_SETS = ("fremd_nah", "fremd_fern")


@dataclass(frozen=True)
class SetResult:
    """Figures of one set, all shares between 0 and 1. For off-topic sets accuracy is the share not answered with an FAQ."""

    name: str
    questions: int
    accuracy: float
    top3: float
    answered: float
    answered_right: float
    offered: float
    declined: float


@dataclass(frozen=True)
class Report:
    """Figures over all sets; `errors` holds (set, question, expected, got, confidence), `f1` one value per FAQ."""

    sets: list[SetResult]
    macro_f1: float
    off_topic_auroc: float
    off_topic_answered: float
    calibration_error: float
    f1: dict[str, float] = field(default_factory=dict)
    confusions: list[tuple[str, str, int]] = field(default_factory=list)
    errors: list[tuple[str, str, str, str, float]] = field(default_factory=list)

    def set(self, name: str) -> SetResult:
        """Returns the figures of one set."""
        return next(s for s in self.sets if s.name == name)

    def as_dict(self) -> dict:
        """Returns the report for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class Outcome:
    """One set with what the model thinks of each of its questions."""

    name: str
    questions: list[Question]
    predictions: list[Prediction]


def evaluate(model: HybridModel, sets: dict[str, list[Question]], thresholds: Thresholds, progress: Callable[[str, int, int], None] = lambda *_: None,
             cache: VectorCache | None = None) -> Report:
    """Returns the report of `model` over `sets`. `progress(set name, done, total)` is called after each batch."""
    return report_of(predict_sets(model, sets, progress, cache), thresholds)


def predict_sets(model: HybridModel, sets: dict[str, list[Question]], progress: Callable[[str, int, int], None] = lambda *_: None, cache: VectorCache | None = None) -> list[Outcome]:
    """Returns what `model` thinks of all questions; with `cache` only new texts are encoded."""
    total, done, outcomes = sum(len(q) for q in sets.values()), 0, []
    for name, questions in sets.items():
        predictions: list[Prediction] = []
        for start in range(0, len(questions), BATCH):
            batch = questions[start : start + BATCH]
            predictions += model.predict_many([q.text for q in batch], cache=cache)
            done += len(batch)
            progress(name, done, total)
        outcomes.append(Outcome(name, questions, predictions))
    return outcomes


def report_of(outcomes: Sequence[Outcome], thresholds: Thresholds) -> Report:
    """Returns the figures over all sets."""
    results = [_result(o.name, o.questions, o.predictions, thresholds) for o in outcomes]
    german = [(q, p) for o in outcomes if o.name.startswith("de_") for q, p in zip(o.questions, o.predictions)]
    off = [p for o in outcomes if o.name in OFF_TOPIC_SETS for p in o.predictions]
    f1 = f1_per_label([f"faq/{q.faq}" for q, _ in german], [p.ranking[0][0] for _, p in german])
    return Report(
        sets=results,
        macro_f1=float(np.mean(list(f1.values()))) if f1 else 0.0,
        off_topic_auroc=auroc([p.margin for _, p in german], [p.margin for p in off]),
        off_topic_answered=float(np.mean([answers_faq(p, thresholds) for p in off])) if off else 0.0,
        calibration_error=calibration_error([(p.ranking[0][1], p.ranking[0][0] == f"faq/{q.faq}") for q, p in german]),
        f1={label[4:]: round(value, 3) for label, value in sorted(f1.items(), key=lambda item: item[1])},
        confusions=_confusions(outcomes),
        errors=_errors(outcomes, thresholds),
    )


def _result(name: str, questions: Sequence[Question], predictions: Sequence[Prediction], thresholds: Thresholds) -> SetResult:
    decisions = [decide(p, thresholds) for p in predictions]
    on_topic = bool(questions and questions[0].faq)
    right = [p.ranking[0][0] == f"faq/{q.faq}" for q, p in zip(questions, predictions)]
    near = [f"faq/{q.faq}" in [label for label, _ in p.ranking[:3]] for q, p in zip(questions, predictions)]
    answered = [answers_faq(p, thresholds) for p in predictions]
    if not on_topic:
        right = near = [not a for a in answered]
    count = max(1, sum(answered))
    return SetResult(
        name, len(questions), _share(right), _share(near), _share(answered), sum(r and a for r, a in zip(right, answered)) / count if on_topic else 0.0,
        _share([d is Decision.OFFER for d in decisions]), _share([d is Decision.DECLINE for d in decisions]),
    )


def answers_faq(prediction: Prediction, thresholds: Thresholds) -> bool:
    """Tells whether the assistant answers with an FAQ instead of offering three or declining."""
    return decide(prediction, thresholds) is Decision.ANSWER and prediction.ranking[0][0].startswith("faq/")


def _share(values: Sequence[bool]) -> float:
    return round(float(np.mean(values)), 4) if values else 0.0


def auroc(positive: Sequence[float], negative: Sequence[float]) -> float:
    """Returns the probability that a value of `positive` is above one of `negative` (ties count half)."""
    if not positive or not negative:
        return 0.0
    order = np.sort(np.asarray(negative))
    below = np.searchsorted(order, positive, side="left")
    upto = np.searchsorted(order, positive, side="right")
    return float(np.mean((below + upto) / 2) / len(order))


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Returns the expected calibration error of (confidence, right) pairs over equal-width bins."""
    if not pairs:
        return 0.0
    confidence, right = np.array([c for c, _ in pairs]), np.array([r for _, r in pairs], dtype=float)
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return float(sum((bins == b).mean() * abs(confidence[bins == b].mean() - right[bins == b].mean()) for b in range(BINS) if (bins == b).any()))


def f1_per_label(expected: Sequence[str], got: Sequence[str]) -> dict[str, float]:
    """Returns F1 for each label that was expected at least once."""
    hits, wanted, given = Counter(e for e, g in zip(expected, got) if e == g), Counter(expected), Counter(got)
    return {label: 2 * hits[label] / (wanted[label] + given[label]) for label in wanted}


def _confusions(outcomes: Sequence[Outcome]) -> list[tuple[str, str, int]]:
    pairs: dict[tuple[str, str], int] = defaultdict(int)
    for o in outcomes:
        if o.name.startswith(("de_", "kontrast")):
            for q, p in zip(o.questions, o.predictions):
                if p.ranking[0][0] != f"faq/{q.faq}":
                    pairs[(q.faq, p.ranking[0][0])] += 1
    return sorted(((a, b, n) for (a, b), n in pairs.items()), key=lambda row: -row[2])


def _errors(outcomes: Sequence[Outcome], thresholds: Thresholds) -> list[tuple[str, str, str, str, float]]:
    found = []
    for o in outcomes:
        for q, p in zip(o.questions, o.predictions):
            label, confidence = p.ranking[0]
            wrong = answers_faq(p, thresholds) if not q.faq else label != f"faq/{q.faq}"
            if wrong:
                found.append((o.name, q.text, q.faq or "keine Antwort", label, round(confidence, 3)))
    return found
