"""What a comparison of two models holds, and its file `var/vergleiche/<a>-<b>.json`. Light: needs neither model nor numpy."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from bot import fingerprints
from bot.atomic import write_json
from bot.knowledge.base import ROOT

FOLDER = ROOT / "var" / "vergleiche"
TESTS = ("tests/nlu/heldout/*.yml", "tests/nlu/beschwerden.yml", "tests/stories/*.yml")
ALL = "alle"


@dataclass(frozen=True)
class Facts:
    """One model: file, SHA-256, bytes, seconds of training (0: unknown), milliseconds per sentence (median)."""

    file: str
    sha256: str
    size: int
    seconds: float
    latency_ms: float


@dataclass(frozen=True)
class Figures:
    """Over all held-out sets; shares between 0 and 1. `off_topic_answered` of `off_topic` foreign questions got an FAQ."""

    macro_f1: float
    off_topic_auroc: float
    off_topic_answered: int
    off_topic: int
    calibration_error: float


@dataclass(frozen=True)
class SetChange:
    """One set of questions, as in `paired.Paired`; `sentence` says it in German."""

    name: str
    questions: int
    a: float
    b: float
    better: int
    worse: int
    low: float
    high: float
    p: float
    sentence: str


@dataclass(frozen=True)
class FaqChange:
    """One FAQ over all sets: how many tests it has and how many each model gets right."""

    faq: str
    tests: int
    right_a: int
    right_b: int

    @property
    def change(self) -> float:
        """The difference of the shares, b − a."""
        return (self.right_b - self.right_a) / self.tests if self.tests else 0.0


@dataclass(frozen=True)
class Flip:
    """A question that one model gets right and the other does not. `a` and `b` are intents; "" means no FAQ answered."""

    group: str
    text: str
    expected: str
    a: str
    b: str
    confidence_a: float
    confidence_b: float
    better: bool


@dataclass(frozen=True)
class Complaint:
    """A fixed complaint: what each model makes of it."""

    text: str
    expected: str
    a: str
    b: str
    right_a: bool
    right_b: bool


@dataclass(frozen=True)
class Conversation:
    """A regression conversation: whether each model plays it as written (None: not played) and what went wrong with b."""

    title: str
    file: str
    right_a: bool | None
    right_b: bool
    problem: str


@dataclass(frozen=True)
class Comparison:
    """Model b (the candidate) against model a (the live one). `conversations` is None when they were not played."""

    a: Facts
    b: Facts
    figures_a: Figures
    figures_b: Figures
    total: SetChange
    sets: list[SetChange]
    faqs: list[FaqChange]
    flips: list[Flip]
    complaints: list[Complaint]
    conversations: list[Conversation] | None
    tests: str
    created: str
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        """Returns it for JSON."""
        return asdict(self)

    def with_conversations(self, conversations: list[Conversation], seconds: float) -> "Comparison":
        """Returns a copy with the conversations played, and the time that took added."""
        return replace(self, conversations=conversations, seconds=round(self.seconds + seconds, 1))

    @property
    def is_fresh(self) -> bool:
        """Tells whether the tests are still those of this comparison."""
        return self.tests == fingerprint()


def fingerprint() -> str:
    """Returns the hash of all tests that a comparison uses."""
    return fingerprints.of_files(TESTS)


def from_dict(data: dict[str, Any]) -> Comparison:
    """Reads what `as_dict` wrote.

    Raises:
        KeyError, TypeError: it has another form.
    """
    talks = data["conversations"]
    return Comparison(**{
        **data, "a": Facts(**data["a"]), "b": Facts(**data["b"]), "figures_a": Figures(**data["figures_a"]), "figures_b": Figures(**data["figures_b"]),
        "total": SetChange(**data["total"]), "sets": [SetChange(**s) for s in data["sets"]], "faqs": [FaqChange(**f) for f in data["faqs"]],
        "flips": [Flip(**f) for f in data["flips"]], "complaints": [Complaint(**c) for c in data["complaints"]],
        "conversations": None if talks is None else [Conversation(**t) for t in talks],
    })


def path_of(sha_a: str, sha_b: str, folder: Path | None = None) -> Path:
    """Returns the file of the comparison of two archives, by their checksums."""
    return (folder or FOLDER) / f"{sha_a[:12]}-{sha_b[:12]}.json"


def save(comparison: Comparison, folder: Path | None = None) -> Path:
    """Keeps a comparison and returns its file."""
    path = path_of(comparison.a.sha256, comparison.b.sha256, folder)
    write_json(path, comparison.as_dict())
    return path


def load(sha_a: str, sha_b: str, folder: Path | None = None) -> Comparison | None:
    """Returns the kept comparison of model b against model a, or None."""
    try:
        found = from_dict(json.loads(path_of(sha_a, sha_b, folder).read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if (found.a.sha256, found.b.sha256) == (sha_a, sha_b) else None
