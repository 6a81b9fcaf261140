"""What models said is kept by archive and code: the same figures without asking again, and nothing of it when something is wrong with the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import models
from bot.nlu.hybrid import Prediction
from bot.training import remembered
from bot.training.asked import Asked
from bot.training.heldout import load_sets
from bot.training.remembered import BEST, NEWEST, Remembered

SAID = Prediction([(f"faq/{n}", 0.5 / (n + 1)) for n in range(9)], 3.25, "tr", "was kostet das", exact=False, two=True)


def test_prediction_comes_back_with_its_best_labels(tmp_path: Path) -> None:
    kept = Remembered("a" * 64, tmp_path)
    kept.put("wie teuer", SAID)
    kept.save()
    again = Remembered("a" * 64, tmp_path)
    assert again.get("wie teuer") == Prediction(SAID.ranking[:BEST], 3.25, "tr", "was kostet das", exact=False, two=True)
    assert again.get("anderes") is None
    assert Remembered("b" * 64, tmp_path).get("wie teuer") is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"fragen": 3}'])
def test_damaged_file_counts_as_none(tmp_path: Path, content: str) -> None:
    kept = Remembered("a" * 64, tmp_path)
    kept.put("wie teuer", SAID)
    kept.save()
    next(tmp_path.glob("*.json")).write_text(content, encoding="utf-8")
    assert Remembered("a" * 64, tmp_path).get("wie teuer") is None


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    for number in range(NEWEST + 3):
        Remembered(f"{number:016d}" + "0" * 48, tmp_path).save()
    assert len(list(tmp_path.glob("*.json"))) == NEWEST


@pytest.mark.slow
def test_figures_are_the_same_when_nothing_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "FOLDER", tmp_path)
    path = models.fitting() or models.train()
    sets = {name: questions[:40] for name, questions in load_sets().items()}
    steps: list[tuple[int, int]] = []
    first = Asked(path, 1.0, sets, lambda done, total: steps.append((done, total)))
    total = sum(map(len, sets.values()))
    assert steps[-1] == (total, total) and len(steps) > 2
    steps.clear()
    again = Asked(path, 1.0, sets, lambda done, total: steps.append((done, total)))
    assert steps == [(total, total)]
    assert again.report == first.report and min(first.facts.latency_ms, again.facts.latency_ms) > 0
    more = {**sets, "de_klar": load_sets()["de_klar"][:60]}
    steps.clear()
    assert Asked(path, 1.0, more, lambda done, total: steps.append((done, total))).report.set("de_klar").questions == 60
    assert steps[0][0] == total + 20
