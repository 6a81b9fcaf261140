"""A starting Rasa leaves cores to the live one, and gets all of them when it is ready."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bot import processes
from bot.processes import Service
from bot.rasa_process import RasaProcess

THREADS = "import threading, time; threading.Thread(target=time.sleep, args=(60,)).start(); print('da', flush=True); time.sleep(60)"


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="needs two cores")
def test_all_threads_stand_back_and_step_forward(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(processes, "LOGS", tmp_path)
    rasa = RasaProcess(Service("kind", [sys.executable, "-c", THREADS], ""), 1, "m.tar.gz", "a" * 64, "", 0.0)
    rasa.service.start()
    assert rasa.service.process is not None
    while not (tmp_path / "kind.log").read_text(encoding="utf-8"):
        os.sched_yield()
    tasks = [int(p.name) for p in Path(f"/proc/{rasa.service.process.pid}/task").iterdir()]
    every = os.sched_getaffinity(0)
    rasa.stand_back()
    assert len(tasks) == 2 and {frozenset(os.sched_getaffinity(t)) for t in tasks} == {frozenset({max(every)})}
    rasa.step_forward()
    assert {frozenset(os.sched_getaffinity(t)) for t in tasks} == {frozenset(every)}
    rasa.service.stop(0.1)
    rasa.step_forward()
    assert not rasa.alive and rasa.version == "m@aaaaaaaa"


def test_not_started_is_no_trouble() -> None:
    RasaProcess(Service("kind", [], ""), 1, "m.tar.gz", "a" * 64, "", 0.0).stand_back()
