"""Shared by the unit tests: the real knowledge, read once, a fixed day, and files written for one test."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Callable

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.places import Places

Write = Callable[[str, "str | bytes"], Path]


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Returns the content of `data/`."""
    return Knowledge.load()


@pytest.fixture(scope="session")
def places(knowledge: Knowledge) -> Places:
    """Returns all places of `data/orte`."""
    return knowledge.places


@pytest.fixture(scope="session")
def day() -> dt.date:
    """Returns the day on which the tests take place."""
    return dt.date(2026, 11, 25)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Returns a function that writes a file below the test's own folder and returns its path."""

    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return _write
