"""Restarting processes that end: with pauses, and not for ever."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot import processes
from bot.processes import Service, StartError
from bot.restarts import MOST, WITHIN, Restarts


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def service(tmp_path: Path, monkeypatch) -> Service:
    """Returns a process that has ended."""
    monkeypatch.setattr(processes, "LOGS", tmp_path)
    own = Service("kind", [sys.executable, "-c", "pass"], "http://127.0.0.1:9/")
    own.start()
    return own


def end(service: Service) -> int:
    assert service.process is not None
    service.process.wait(30)
    return service.process.pid


def test_ended_process_is_told_and_started_again_after_a_pause(service: Service) -> None:
    said: list[str] = []
    clock = Clock()
    restarts = Restarts(said.append, clock)
    first = end(service)
    restarts.revive(service)
    restarts.revive(service)
    assert said == ["kind ist ausgefallen und wird neu gestartet."] and end(service) == first
    clock.now += 1
    restarts.revive(service)
    assert end(service) != first


def test_process_that_ends_again_and_again_is_given_up(service: Service) -> None:
    clock = Clock()
    restarts = Restarts(lambda _: None, clock)
    with pytest.raises(StartError, match="kind endet immer wieder"):
        for _ in range(2 * MOST + 2):
            end(service)
            restarts.revive(service)
            clock.now += 10


def test_rare_ends_are_forgiven(service: Service) -> None:
    clock = Clock()
    restarts = Restarts(lambda _: None, clock)
    for _ in range(3 * MOST):
        end(service)
        restarts.revive(service)
        clock.now += WITHIN / 2


def test_running_and_unstarted_processes_are_left_alone() -> None:
    said: list[str] = []
    Restarts(said.append).revive(Service("kind", ["gibtsnicht"], ""))
    assert said == []
