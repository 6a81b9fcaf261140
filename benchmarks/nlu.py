"""Understanding, side by side on the same sentences and the same frozen questions: `python -m benchmarks.nlu --help`.

Writes var/benchmarks/nlu.json; `python -m benchmarks.run` turns it into docs/benchmarks.md.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, Sequence

import click
import numpy as np
from sklearn.metrics import f1_score

from benchmarks.peers import Bm25, FullText, Hybrid, LogisticVector, NearestVector, Peer, RasaDefault
from bot.knowledge.base import DATA, ROOT
from bot.knowledge.nlu_files import read_examples
from bot.training.evaluate import auroc
from bot.training.heldout import Question, load_sets

OUT = ROOT / "var" / "benchmarks" / "nlu.json"
SEED = 1


def sentences(per_intent: int) -> tuple[list[str], list[str]]:
    """Returns training sentences and labels; at most `per_intent` per intent when positive (off topic: ten times that)."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    for example in read_examples(DATA / "nlu"):
        by_intent[example.intent].append(example.text)
    rng, texts, labels = random.Random(SEED), [], []
    for intent, lines in by_intent.items():
        limit = per_intent * (10 if intent == "out_of_scope" else 1)
        chosen = rng.sample(lines, limit) if 0 < limit < len(lines) else lines
        texts += chosen
        labels += [intent] * len(chosen)
    return texts, labels


def measure(peer: Peer, texts: Sequence[str], labels: Sequence[str], sets: dict[str, list[Question]]) -> dict[str, Any]:
    """Returns all figures of one peer."""
    click.echo(f"{peer.name}: Training …", err=True)
    begin = time.perf_counter()
    peer.fit(texts, labels)
    wall = time.perf_counter() - begin
    flat = [(name, q) for name, questions in sets.items() for q in questions]
    click.echo(f"{peer.name}: {len(flat)} Fragen …", err=True)
    begin = time.perf_counter()
    ranks = peer.rank([q.text for _, q in flat])
    per_question = (time.perf_counter() - begin) * 1000 / len(flat)
    by_set: dict[str, list[tuple[Question, list[str], float]]] = defaultdict(list)
    for (name, q), (names, score) in zip(flat, ranks):
        by_set[name].append((q, names, score))
    german = by_set["de_klar"] + by_set["de_einfach"]
    off = [score for name in ("fremd_nah", "fremd_fern") for _, _, score in by_set[name]]
    languages = [_accuracy(by_set[name]) for name in by_set if name.startswith("sprache_")]
    return {
        "name": peer.name, "klar": _accuracy(by_set["de_klar"]), "einfach": _accuracy(by_set["de_einfach"]), "top3": _top3(german),
        "kontrast": _accuracy(by_set["kontrast"]), "sprachen": float(np.mean(languages)),
        "macro_f1": float(f1_score([f"faq/{q.faq}" for q, _, _ in german], [n[0] if n else "" for _, n, _ in german], average="macro", zero_division=0,
                                   labels=sorted({f"faq/{q.faq}" for q, _, _ in german}))),
        "auroc": auroc([score for _, _, score in german], off), "train_cpu": peer.train_cpu, "train_wall": wall, "ms": per_question,
    }


def _accuracy(rows: Sequence[tuple[Question, list[str], float]]) -> float:
    return float(np.mean([bool(names) and names[0] == f"faq/{q.faq}" for q, names, _ in rows]))


def _top3(rows: Sequence[tuple[Question, list[str], float]]) -> float:
    return float(np.mean([f"faq/{q.faq}" in names for q, names, _ in rows]))


@click.command(help=__doc__)
@click.option("--per-intent", default=0, show_default=True, help="Höchstens so viele Sätze je Absicht (0: alle).")
@click.option("--without-rasa", is_flag=True, help="Rasas Standard auslassen (der dauert am längsten).")
@click.option("--out", type=click.Path(path_type=Path), default=OUT, show_default=False)
def main(per_intent: int, without_rasa: bool, out: Path) -> None:
    texts, labels = sentences(per_intent)
    sets = load_sets()
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "vectors.db"
        peers: list[Peer] = [
            Hybrid(cache, "Hybrid (ours), cold"), Hybrid(cache, "Hybrid (ours), cached vectors"), LogisticVector(cache), NearestVector(cache), Bm25(),
            FullText("keyword search (FTS5 default)", "unicode61"), FullText("trigram search (FTS5)", "trigram"),
        ]
        if not without_rasa:
            peers.append(RasaDefault())
        rows = [measure(peer, texts, labels, sets) for peer in peers]
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps({"sentences": len(texts), "intents": len(set(labels)), "per_intent": per_intent, "rows": rows}, indent=1), encoding="utf-8")
    for row in rows:
        click.echo(json.dumps(row))


if __name__ == "__main__":
    main()
