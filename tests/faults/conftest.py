"""Faults of the running assistant (processes killed or frozen) and of the databases of tests/store, in programs of their own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import Any, Callable, Iterator

import httpx
import pytest
import sqlalchemy as sa

from bot.knowledge.base import ROOT
from bot.processes import Service
from bot.store.database import Database
from bot.store.tables import journal
from tests.store.conftest import postgres, postgres_url, sqlite_url, url  # noqa: F401
from tests.web.chat.visitor import Visitor

LIMIT = 10.0
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def person(lotse: Any) -> Iterator[Visitor]:
    """A visitor of the website with a conversation."""
    with httpx.Client(base_url=lotse.web_url, timeout=30) as client:
        visitor = Visitor(client)
        visitor.start()
        yield visitor


@pytest.fixture
def state_of(lotse: Any) -> Callable[[str], str | None]:
    """Returns a function: client id of a message → its state in the journal."""
    def find(client_id: str) -> str | None:
        with Database(lotse.database).read() as connection:
            found = connection.execute(sa.select(journal.c.state).where(journal.c.client_id == client_id)).scalar()
        return None if found is None else str(found)
    return find


def kill(service: Service) -> None:
    """Ends a process as the kernel would: kill -9."""
    assert service.process is not None
    os.killpg(service.process.pid, signal.SIGKILL)
    service.process.wait(10)


@contextmanager
def frozen(service: Service) -> Iterator[None]:
    """Stops a process without ending it."""
    assert service.process is not None
    os.killpg(service.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.killpg(service.process.pid, signal.SIGCONT)


def wait_for(condition: Callable[[], bool], seconds: float) -> None:
    """Waits until `condition` holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


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
