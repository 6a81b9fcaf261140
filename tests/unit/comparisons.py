"""Comparisons made up for tests: a candidate that is as good as the live model, unless a test says otherwise."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from bot.training.comparison import Comparison, Conversation, Facts, FaqChange, Figures, SetChange, fingerprint
from bot.training.paired import paired


def change(name: str, questions: int = 100, a: int = 95, b: int = 95) -> SetChange:
    """Returns a set in which model b gets the first `b` questions right and model a the first `a`."""
    result = paired([i < a for i in range(questions)], [i < b for i in range(questions)])
    return SetChange(name, sentence=result.sentence(), **asdict(result))


def figures(**changes: Any) -> Figures:
    return replace(Figures(0.97, 0.99, 6, 295, 0.02), **changes)


def comparison(**changes: Any) -> Comparison:
    """Returns a comparison with `changes` to its fields."""
    usual = Comparison(
        Facts("lotse-20261101-100000-a.tar.gz", "a" * 64, 11_000_000, 24.0, 25.0), Facts("lotse-20261102-100000-b.tar.gz", "b" * 64, 11_000_000, 25.0, 26.0),
        figures(), figures(), change("alle"), [change("de_klar"), change("sprache_uk")], [FaqChange("anabin", 12, 12, 12)], [], [],
        [Conversation("Frage nach der Dauer", "gespraeche.yml", True, True, "")], fingerprint(), "2026-11-25T10:00:00+00:00", 30.0,
    )
    return replace(usual, **changes)
