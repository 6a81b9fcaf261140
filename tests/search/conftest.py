"""Shared by the tests of the search: the real content with its index, built once."""

from __future__ import annotations

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.nlu_files import read_examples
from bot.search.engine import Search


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Returns the content of `data/`."""
    return Knowledge.load()


@pytest.fixture(scope="session")
def search(knowledge: Knowledge) -> Search:
    """Returns the search over the content of `data/`."""
    return Search(knowledge, read_examples(DATA / "nlu" / "faq"))
