"""Understanding, side by side on the same sentences and the same frozen questions: `python -m benchmarks.nlu --help`.

Writes var/benchmarks/nlu-….json; `python -m benchmarks.run --reuse` turns it into docs/benchmarks.md. Every approach runs in a process of its own.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, Callable, Sequence

import click
import numpy as np
from sklearn.metrics import f1_score

from benchmarks.peers import Bm25, FullText, Hybrid, LogisticVector, NearestVector, Peer, RasaDefault, RasaWithVectors
from bot.knowledge.base import DATA, ROOT
from bot.knowledge.nlu_files import read_examples
from bot.training.evaluate import auroc
from bot.training.heldout import Question, load_sets

FOLDER = ROOT / "var" / "benchmarks"
SEED = 1
OFF_TOPIC_ANSWERED = 0.02  # the threshold of every approach lets this share of off-topic questions through
PEERS: dict[str, Callable[[Path], Peer]] = {
    "kalt": lambda cache: Hybrid(cache, "Hybrid (ours), cold"),
    "warm": lambda cache: Hybrid(cache, "Hybrid (ours), cached vectors"),
    "logistisch": LogisticVector,
    "nachbar": NearestVector,
    "bm25": lambda _: Bm25(),
    "woerter": lambda _: FullText("keyword search (FTS5 default)", "unicode61"),
    "trigramme": lambda _: FullText("trigram search (FTS5)", "trigram"),
    "rasa": lambda _: RasaDefault(),
    "rasa-vektoren": lambda _: RasaWithVectors(),
}
SLOW = ("rasa", "rasa-vektoren")


def path_for(per_intent: int) -> Path:
    """Returns where the measurement with so many sentences per intent (0: all) is kept."""
    return FOLDER / f"nlu-{per_intent or 'alle'}.json"


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
    """Returns all figures of one peer; `spitze_mb` is the peak of this process or of its largest child."""
    begin = time.perf_counter()
    peer.fit(texts, labels)
    wall = time.perf_counter() - begin
    flat = [(name, q) for name, questions in sets.items() for q in questions]
    begin = time.perf_counter()
    ranks = peer.rank([q.text for _, q in flat])
    per_question = (time.perf_counter() - begin) * 1000 / len(flat)
    by_set: dict[str, list[tuple[Question, list[str], float]]] = defaultdict(list)
    for (name, q), (names, score) in zip(flat, ranks):
        by_set[name].append((q, names, score))
    german = by_set["de_klar"] + by_set["de_einfach"]
    off = [score for name in ("fremd_nah", "fremd_fern") for _, _, score in by_set[name]]
    languages = {name.removeprefix("sprache_"): _accuracy(rows) for name, rows in by_set.items() if name.startswith("sprache_")}
    expected = [f"faq/{q.faq}" for q, _, _ in german]
    return {
        "name": peer.name, "klar": _accuracy(by_set["de_klar"]), "einfach": _accuracy(by_set["de_einfach"]), "top3": _top3(german),
        "kontrast": _accuracy(by_set["kontrast"]), "sprachen": float(np.mean(list(languages.values()))), "je_sprache": languages,
        "macro_f1": float(f1_score(expected, [n[0] if n else "" for _, n, _ in german], average="macro", zero_division=0, labels=sorted(set(expected)))),
        "auroc": auroc([score for _, _, score in german], off), **_at_threshold(german, off), "train_cpu": peer.train_cpu, "train_wall": wall, "ms": per_question,
        "spitze_mb": max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024,
    }


def _at_threshold(german: Sequence[tuple[Question, list[str], float]], off: Sequence[float]) -> dict[str, float]:
    """Returns the shares of German questions answered, and answered wrongly, when 2 % of the off-topic questions get an answer."""
    allowed = int(OFF_TOPIC_ANSWERED * len(off))
    threshold = sorted(off, reverse=True)[allowed]
    answered = [(q, names) for q, names, score in german if score > threshold and names]
    wrong = sum(names[0] != f"faq/{q.faq}" for q, names in answered)
    return {"beantwortet": len(answered) / len(german), "falsch": wrong / len(german)}


def _accuracy(rows: Sequence[tuple[Question, list[str], float]]) -> float:
    return float(np.mean([bool(names) and names[0] == f"faq/{q.faq}" for q, names, _ in rows]))


def _top3(rows: Sequence[tuple[Question, list[str], float]]) -> float:
    return float(np.mean([f"faq/{q.faq}" in names for q, names, _ in rows]))


@click.command(help=__doc__)
@click.option("--per-intent", default=0, show_default=True, help="Höchstens so viele Sätze je Absicht (0: alle).")
@click.option("--without-rasa", is_flag=True, help="Rasas eigene Modelle auslassen (sie dauern am längsten).")
@click.option("--only", type=click.Choice(list(PEERS)), help="Nur dieser eine Ansatz, Ergebnis als JSON auf stdout.")
@click.option("--cache", type=click.Path(path_type=Path), hidden=True)
def main(per_intent: int, without_rasa: bool, only: str | None, cache: Path | None) -> None:
    texts, labels = sentences(per_intent)
    if only:
        click.echo(json.dumps(measure(PEERS[only](cache or Path(tempfile.mkdtemp()) / "vectors.db"), texts, labels, load_sets())))
        return
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for key in (k for k in PEERS if not (without_rasa and k in SLOW)):
            click.echo(f"{key}: {len(texts)} Sätze …", err=True)
            command = [sys.executable, "-m", "benchmarks.nlu", "--per-intent", str(per_intent), "--only", key, "--cache", str(Path(folder) / "vectors.db")]
            done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            rows.append(json.loads(done.stdout.splitlines()[-1]))
            click.echo(done.stdout.splitlines()[-1])
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = {"sentences": len(texts), "intents": len(set(labels)), "per_intent": per_intent, "day": time.strftime("%Y-%m-%d"), "rows": rows}
    path_for(per_intent).write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
