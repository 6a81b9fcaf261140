"""The development questions below `benchmarks/dev/`, for finding weaknesses and choosing weights: `python -m benchmarks.devsets [--wrong] [--part fremde]`.

Written without sight of the training sentences, but looked at: their figures flatter, the frozen sets in `tests/nlu/heldout/` do not.
The parts `blind` and `blind_sprachen` are only counted, never looked at one by one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

import click
import yaml

from bot.knowledge.base import ROOT, Knowledge
from bot.nlu.decision import Decision, decide
from bot.nlu.hybrid import OUT_OF_SCOPE
from bot.training.archive import load_model, thresholds

FOLDER = ROOT / "benchmarks" / "dev"
OFF_TOPIC = "fremd"
BLIND = ("blind", "blind_sprachen")  # only counted, their questions are never shown
PARTS = ("anfaenger", "anfaenger_sprachen", "sprachen", "fremde", "fremde_sprachen", *BLIND)


@dataclass(frozen=True)
class DevQuestion:
    """A question with its set, its group and every label that is a good answer."""

    part: str
    group: str
    text: str
    labels: tuple[str, ...]


def load_dev(folder: Path = FOLDER, parts: Sequence[str] = PARTS) -> list[DevQuestion]:
    """Returns the development questions of `parts`; ids of FAQs become `faq/…`, `fremd` the label of off-topic messages."""
    faqs = Knowledge.load().faqs
    found = []
    for part in parts:
        for group, rows in yaml.safe_load((folder / f"{part}.yml").read_text(encoding="utf-8")).items():
            for row in rows:
                text, ids = (row, OFF_TOPIC) if isinstance(row, str) else (row["frage"], row["id"])
                names = [str(i) for i in (ids if isinstance(ids, list) else [ids])]
                labels = tuple(OUT_OF_SCOPE if n == OFF_TOPIC else f"faq/{n}" if n in faqs else n for n in names)
                found.append(DevQuestion(part, group, text, labels))
    return found


@click.command(help=__doc__)
@click.option("--wrong", is_flag=True, help="Auch die falsch verstandenen Fragen zeigen.")
@click.option("--part", "parts", type=click.Choice(PARTS), multiple=True, help="Nur diese Datei; mehrfach möglich.")
def main(wrong: bool, parts: Sequence[str]) -> None:
    questions, model, limits = load_dev(parts=parts or PARTS), load_model(), thresholds()
    rows: dict[str, list[tuple[bool, bool, Decision]]] = defaultdict(list)
    for q, p in zip(questions, model.predict_many([q.text for q in questions])):
        decision, first = decide(p, limits), [label for label, _ in p.ranking[:3]]
        right = decision is not Decision.ANSWER if q.labels == (OUT_OF_SCOPE,) else first[0] in q.labels
        rows[f"{q.part}/{q.group}"].append((right, bool(set(first) & set(q.labels)), decision))
        if wrong and not right and q.part not in BLIND:
            click.echo(f"{q.part}/{q.group}: {q.text} → {first[0]} ({decision.value}), richtig: {q.labels[0]}")
    for name, found in rows.items():
        counts = {d: sum(decision is d for _, _, decision in found) for d in Decision}
        click.echo(f"{name:32} {len(found):4}  richtig {_share(found, 0)}  unter 3 {_share(found, 1)}  "
                   + "  ".join(f"{d.value} {n}" for d, n in counts.items()))


def _share(rows: list[tuple[bool, bool, Decision]], column: int) -> str:
    return f"{sum(bool(row[column]) for row in rows) / len(rows):.3f}"


if __name__ == "__main__":
    main()
