"""How well the search finds, on queries that were never used for tuning. Thresholds are the goals, not what was measured."""

from __future__ import annotations

from typing import Any

import pytest

from bot.search.engine import Search
from tests.search.test_suche_dateien import HELDOUT, load

GOAL, GOAL_WITHOUT_MODEL = 0.90, 0.85


def recall(found: list[tuple[dict[str, Any], list[str]]]) -> float:
    """Returns the share of queries with an expected answer among the first three."""
    return sum(any(faq in query["erwartet"] for faq in ids[:3]) for query, ids in found) / len(found)


def test_queries_are_many_enough() -> None:
    assert len(load(HELDOUT)) >= 150


def test_search_finds_without_rasa(search: Search) -> None:
    assert recall([(q, [h.faq for h in search.find(q["suche"], limit=3).hits]) for q in load(HELDOUT)]) >= GOAL_WITHOUT_MODEL


@pytest.mark.slow
def test_search_finds_with_the_model(search: Search) -> None:
    from bot.training.archive import load_model

    model, found = load_model(), []
    for query in load(HELDOUT):
        ranking = [(label[4:], sure) for label, sure in model.predict(query["suche"], neighbours=0).ranking if label.startswith("faq/")][:20]
        found.append((query, [h.faq for h in search.find(query["suche"], ranking, limit=3).hits]))
    assert recall(found) >= GOAL
