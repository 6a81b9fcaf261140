"""The databases of tests/store, and programs of their own that are killed or hindered."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Callable, Iterator

import pytest

from bot.knowledge.base import ROOT
from tests.store.conftest import postgres, postgres_url, sqlite_url, url  # noqa: F401

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def program() -> Iterator[Start]:
    """Returns a function that starts Python code as a process with its own `DATABASE_URL`; killed after the test."""
    started: list[subprocess.Popen[str]] = []

    def start(code: str, database: str, *prefix: str) -> subprocess.Popen[str]:
        environment = {**os.environ, "DATABASE_URL": database, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        process = subprocess.Popen([*prefix, sys.executable, "-u", "-c", code], env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()
