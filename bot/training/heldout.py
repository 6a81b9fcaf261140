"""The frozen test questions below `tests/nlu/heldout/`: written without sight of the training sentences, never trained on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.knowledge.base import ROOT

FOLDER = ROOT / "tests" / "nlu" / "heldout"
OFF_TOPIC = ""


@dataclass(frozen=True)
class Question:
    """One test question with the FAQ that answers it; "" when the assistant should not answer."""

    text: str
    faq: str


def load_sets(folder: Path = FOLDER) -> dict[str, list[Question]]:
    """Returns all sets by name: `de_klar`, `de_einfach`, `kontrast`, one per language, and `fremd_…`."""
    sets: dict[str, list[Question]] = {}
    for name in ("de_klar", "de_einfach"):
        sets[name] = [Question(q, str(faq)) for faq, questions in _read(folder / f"{name}.yml").items() for q in questions]
    for pair in _read(folder / "kontrast.yml"):
        for side in ("a", "b"):
            sets.setdefault("kontrast", []).extend(Question(q, str(pair[side])) for q in pair[f"fragen_{side}"])
    for language, rows in _read(folder / "sprachen.yml").items():
        sets[f"sprache_{language}"] = [Question(row["frage"], str(row["id"])) for row in rows]
    for name, questions in _read(folder / "fremd.yml").items():
        sets[f"fremd_{name}"] = [Question(q, OFF_TOPIC) for q in questions]
    return sets


def _read(path: Path):
    return yaml.load(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
