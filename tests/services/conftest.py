"""A project of their own for the tests that kill and switch."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Iterator

import pytest

from tests.services.projekt import Project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Returns a copy of the project with its own models, database and processes."""
    root: Path = tmp_path_factory.mktemp("projekt").resolve() / "lotse"
    root.mkdir()
    own = Project(root)
    try:
        yield own
    finally:
        own.stop(signal.SIGKILL)
