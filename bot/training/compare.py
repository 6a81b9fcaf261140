"""Compares two models on all held-out questions, the fixed complaints and the regression conversations."""

from __future__ import annotations

import datetime as dt
import time
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path
from typing import Callable, Sequence

from bot.nlu.decision import Decision, Thresholds, decide
from bot.nlu.hybrid import Prediction
from bot.training.asked import COMPLAINTS, Asked
from bot.training.comparison import ALL, Comparison, Complaint, Conversation, FaqChange, Figures, Flip, SetChange, fingerprint
from bot.training.complaints import load_complaints
from bot.training.conversations import Script, load_scripts, play_all
from bot.training.evaluate import OFF_TOPIC_SETS, Outcome, Report, answers_faq
from bot.training.heldout import Question, load_sets
from bot.training.paired import paired
from bot.training.second_rasa import serving, starting

QUESTIONS, TALKS = "Prüffragen", "Gespräche"
Progress = Callable[[str], None]


def compare_all(path_a: Path, path_b: Path, seconds_a: float = 0.0, seconds_b: float = 0.0, progress: Progress = lambda _: None) -> Comparison:
    """Returns the whole comparison of archive b against archive a. The Rasa that plays the conversations starts while the questions are asked.

    Raises:
        StartError: an archive is not readable, or a Rasa does not come up. ContentErrors: the complaints have faults.
    """
    with starting(path_b) as ready:
        found = compare(path_a, path_b, seconds_a, seconds_b, progress)
        return add_conversations(found, path_a, path_b, ready, progress)


def compare(path_a: Path, path_b: Path, seconds_a: float = 0.0, seconds_b: float = 0.0, progress: Progress = lambda _: None) -> Comparison:
    """Returns the comparison of archive b against archive a, without conversations.

    Raises:
        StartError: an archive is not readable. ContentErrors: the complaints have faults.
    """
    begin = time.monotonic()
    sets = load_sets()
    complaints = load_complaints()
    asked = {**sets, **({COMPLAINTS: complaints} if complaints else {})}
    a = Asked(path_a, seconds_a, asked, lambda done, total: progress(f"{QUESTIONS}: {done} von {2 * total}"))
    b = Asked(path_b, seconds_b, asked, lambda done, total: progress(f"{QUESTIONS}: {total + done} von {2 * total}"))
    rows = [row for pair in zip(a.outcomes, b.outcomes) for row in _rows(*pair, a.limits, b.limits)]
    counted = [r for r in rows if r.group != COMPLAINTS]
    on_topic = [r for r in counted if r.expected]
    return Comparison(
        a.facts, b.facts, _figures(a.report, a.outcomes, a.limits), _figures(b.report, b.outcomes, b.limits),
        _change(ALL, on_topic), [_change(name, [r for r in counted if r.group == name]) for name in sets],
        _faqs(on_topic), _flips(counted),
        [Complaint(r.text, r.expected, r.said_a, r.said_b, r.right_a and r.sure_a, r.right_b and r.sure_b) for r in rows if r.group == COMPLAINTS],
        None, fingerprint(), dt.datetime.now(dt.timezone.utc).isoformat(timespec="seconds"), round(time.monotonic() - begin, 1),
    )


def add_conversations(comparison: Comparison, path_a: Path, path_b: Path, ready: Callable[[], str], progress: Progress = lambda _: None) -> Comparison:
    """Returns the comparison with all regression conversations played by model b, and those that fail by model a as well.

    Each has a Rasa of its own, the live one is not touched. `ready` returns the address of the one with model b.

    Raises:
        StartError: a Rasa does not come up.
    """
    begin, scripts = time.monotonic(), load_scripts()
    progress(TALKS)
    problems = play_all(ready(), scripts, lambda done, total: progress(f"{TALKS}: {done} von {total}"))
    failed = [s for s in scripts if problems[s.title]]
    before = _replay(path_a, failed) if failed and path_a != path_b else {}
    talks = [Conversation(s.title, s.file, (not before[s.title]) if s.title in before else (True if not problems[s.title] else None),
                          not problems[s.title], problems[s.title]) for s in scripts]
    return comparison.with_conversations(talks, time.monotonic() - begin)


def _replay(path: Path, scripts: Sequence[Script]) -> dict[str, str]:
    with serving(path) as url:
        return play_all(url, scripts)


class _Row:
    """One question with what both models make of it."""

    def __init__(self, group: str, question: Question, a: Prediction, b: Prediction, limits_a: Thresholds, limits_b: Thresholds) -> None:
        self.group, self.text, self.expected = group, question.text, question.faq
        self.said_a, self.right_a, self.sure_a = _verdict(question, a, limits_a)
        self.said_b, self.right_b, self.sure_b = _verdict(question, b, limits_b)
        self.confidence_a, self.confidence_b = round(a.ranking[0][1], 3), round(b.ranking[0][1], 3)


def _verdict(question: Question, prediction: Prediction, limits: Thresholds) -> tuple[str, bool, bool]:
    """Returns (what the model says, whether that is right, whether it says so without asking back)."""
    label = prediction.ranking[0][0]
    if not question.faq:
        answered = answers_faq(prediction, limits)
        return (label if answered else ""), not answered, True
    return label, label == f"faq/{question.faq}", decide(prediction, limits) is Decision.ANSWER


def _rows(a: Outcome, b: Outcome, limits_a: Thresholds, limits_b: Thresholds) -> list[_Row]:
    return [_Row(a.name, q, pa, pb, limits_a, limits_b) for q, pa, pb in zip(a.questions, a.predictions, b.predictions)]


def _change(name: str, rows: Sequence[_Row]) -> SetChange:
    result = paired([r.right_a for r in rows], [r.right_b for r in rows])
    return SetChange(name, sentence=result.sentence(), **asdict(result))


def _faqs(rows: Sequence[_Row]) -> list[FaqChange]:
    groups: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        groups[row.expected].append(row)
    found = [FaqChange(faq, len(r), sum(x.right_a for x in r), sum(x.right_b for x in r)) for faq, r in groups.items()]
    return sorted(found, key=lambda f: (f.change, f.faq))


def _flips(rows: Sequence[_Row]) -> list[Flip]:
    flips = [Flip(r.group, r.text, r.expected, r.said_a, r.said_b, r.confidence_a, r.confidence_b, r.right_b) for r in rows if r.right_a != r.right_b]
    return sorted(flips, key=lambda f: (f.better, f.expected, f.text))


def _figures(report: Report, outcomes: Sequence[Outcome], limits: Thresholds) -> Figures:
    off = [p for o in outcomes if o.name in OFF_TOPIC_SETS or o.name.startswith("fremd") for p in o.predictions]
    answered = sum(answers_faq(p, limits) for p in off)
    return Figures(round(report.macro_f1, 5), round(report.off_topic_auroc, 5), answered, len(off), round(report.calibration_error, 5))
