"""Makes a model archive: `rasa train` as a child process, written aside, checked, then moved into `models/` in one step.

Whatever dies at whatever moment: `models/` holds whole archives only, and what is in use is not touched here.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, STDOUT
from typing import Callable

from bot import fingerprints, lock, models
from bot.knowledge.base import ROOT
from bot.processes import StartError, child_environment, start_child

LOCK = ROOT / "var" / "run" / "training.lock"
LOG = ROOT / "var" / "log" / "training.log"
PROGRESS = re.compile(r"lotse-fortschritt (.*)")
ASIDE = ".neu-"
CHECK = "Archiv prüfen"


class Busy(StartError):
    """Another training or comparison runs."""


@dataclass(frozen=True)
class Built:
    """A new archive: path, fingerprint of its inputs, seconds of training, and whether the data changed meanwhile."""

    path: Path
    fingerprint: str
    seconds: float
    changed: bool


def hold() -> int:
    """Takes the lock of all trainings; close the returned descriptor to free it.

    Raises:
        Busy: someone else holds it.
    """
    handle = lock.take(LOCK)
    if handle is None:
        raise Busy("Es läuft schon ein Training oder ein Vergleich. Bitte warten oder es abbrechen: „lotse models cancel“.")
    return handle


def build(progress: Callable[[str], None] = lambda _: None, threads: int | None = None, locked: bool = False) -> Built:
    """Trains on today's `data/` and returns the checked archive. `locked`: the caller holds the lock already.

    Raises:
        Busy: another training runs.
        StartError: training failed, or its archive is not usable; nothing is left of it.
    """
    handle = None if locked else hold()
    try:
        clear_aside()
        before, begin = fingerprints.of_training(), time.monotonic()
        name = f"lotse-{time.strftime('%Y%m%d-%H%M%S')}-{before[:8]}"
        aside = models.MODELS / f"{ASIDE}{name}"
        aside.mkdir(parents=True)
        try:
            return _build(name, aside, before, begin, progress, threads)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    finally:
        if handle is not None:
            os.close(handle)


def _build(name: str, aside: Path, before: str, begin: float, progress: Callable[[str], None], threads: int | None) -> Built:
    from bot.training.archive import check_archive  # loads numpy: not for those who only ask whether a training runs

    archive = aside / f"{name}.tar.gz"
    if _run(name, aside, progress, threads) != 0 or not archive.is_file():
        raise StartError(f"Das Training ist fehlgeschlagen. Der Grund steht in {LOG}. Das bisherige Modell bleibt in Gebrauch.")
    progress(CHECK)
    check_archive(archive)
    changed = fingerprints.of_training() != before
    path = models.MODELS / archive.name
    publish(archive, path)
    return Built(path, f"geaendert-{before[:8]}" if changed else before, time.monotonic() - begin, changed)


def publish(archive: Path, path: Path) -> None:
    """Brings a checked archive to disk and gives it its name in one step."""
    with archive.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(archive, path)


def clear_aside() -> None:
    """Removes what trainings left that were killed."""
    for rest in models.MODELS.glob(f"{ASIDE}*"):
        shutil.rmtree(rest, ignore_errors=True)


def _run(name: str, out: Path, progress: Callable[[str], None], threads: int | None) -> int:
    """Runs `rasa train`, keeps its output in the log and passes on its progress lines; returns its exit code."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    # Unforced, Rasa reads all sentences once more to see what changed: we know that something did. Its own checks of the files are a test (tests/nlu/test_rasa_validation.py).
    command = [sys.executable, "-m", "rasa", "train", "--force", "--skip-validation", "--data", "data", "--out", str(out), "--fixed-model-name", name]
    environment = child_environment(LOTSE_PROGRESS="1", OMP_NUM_THREADS=str(threads or os.cpu_count() or 1))
    with LOG.open("wb") as log:
        child = start_child(command, env=environment, stdout=PIPE, stderr=STDOUT)
        assert child.stdout is not None
        try:
            for line in child.stdout:
                log.write(line)
                found = PROGRESS.search(line.decode("utf-8", "replace"))
                if found:
                    progress(found[1])
            return child.wait()
        finally:
            if child.poll() is None:
                child.kill()
                child.wait()
