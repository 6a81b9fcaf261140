"""Cross-validation on the training sentences, clean and noisy: the number least flattered by our own test questions.

`python -m benchmarks.crossval [--folds 3]`; the noise of the tested sentences differs from the model's own copies and stays the same when other sentences come or go.
"""

from __future__ import annotations

import random
from typing import Sequence

import click
import numpy as np
from sklearn.model_selection import StratifiedKFold

from bot.knowledge.base import DATA, ROOT
from bot.knowledge.nlu_files import read_examples
from bot.nlu.encoders import VectorCache
from bot.nlu.hybrid import HybridModel
from bot.nlu.intent_classifier import training_set
from bot.nlu.noise import noisy

SEED = 77


@click.command(help=__doc__)
@click.option("--folds", default=3, show_default=True)
def main(folds: int) -> None:
    examples = read_examples(DATA / "nlu")
    texts, labels = np.array([e.text for e in examples]), np.array([e.intent for e in examples])
    cache = VectorCache(ROOT / "var" / "cache" / "vectors.db")
    hits: dict[str, list[tuple[str, list[str]]]] = {"clean": [], "noisy": []}
    for number, (train, test) in enumerate(StratifiedKFold(folds, shuffle=True, random_state=0).split(texts, labels), start=1):
        click.echo(f"Teil {number} von {folds} …", err=True)
        model = HybridModel().fit(training_set(texts[train].tolist(), labels[train].tolist()), cache)
        for name, said in (("clean", texts[test].tolist()), ("noisy", [noisy(t, random.Random(f"{SEED}{t}")) for t in texts[test]])):
            hits[name] += zip(labels[test].tolist(), [[label for label, _ in p.ranking[:3]] for p in model.predict_many(said, cache=cache)])
    for name, rows in hits.items():
        click.echo(f"{name}: all intents top-1 {_share(rows, 1):.3f}, FAQ top-1 {_share(_faq(rows), 1):.3f}, FAQ top-3 {_share(_faq(rows), 3):.3f}")


def _faq(rows: Sequence[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    return [row for row in rows if row[0].startswith("faq/")]


def _share(rows: Sequence[tuple[str, list[str]]], depth: int) -> float:
    return float(np.mean([label in ranking[:depth] for label, ranking in rows]))


if __name__ == "__main__":
    main()
