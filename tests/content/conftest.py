"""Shared by the content tests: everything below `data/`, read once."""

from __future__ import annotations

from collections import defaultdict

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.nlu_files import Example, read_examples


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Returns the content of `data/`."""
    return Knowledge.load()


@pytest.fixture(scope="session")
def examples() -> tuple[Example, ...]:
    """Returns all training sentences."""
    return read_examples(DATA / "nlu")


@pytest.fixture(scope="session")
def by_intent(examples: tuple[Example, ...]) -> dict[str, list[str]]:
    """Returns the training sentences of every intent."""
    found: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        found[example.intent].append(example.text)
    return found
