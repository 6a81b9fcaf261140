"""Training and comparing as a job in the background: one at a time, niced, and alive when whoever started it is not.

`var/run/training.json` tells every process how far it is; the lock `var/run/training.lock` tells whether it lives.
The result of a training is a candidate in the registry: what is live stays live until a release.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot import lock
from bot.atomic import write_json
from bot.knowledge.base import ROOT
from bot.processes import StartError, child_environment
from bot.store.values import new_id
from bot.training import build

STATE = lock.RUN / "training.json"
STATES = RUNNING, DONE, FAILED, CANCELLED = ("laeuft", "fertig", "gescheitert", "abgebrochen")
KINDS = TRAINING, COMPARING = ("training", "vergleich")
KILLED = "Der Vorgang wurde von außen beendet. Das Modell in Gebrauch ist unverändert."


@dataclass(frozen=True)
class Job:
    """One training or comparison.

    share: 0 to 1; seconds_left: estimated, None when nothing is known yet; started, ended: seconds since 1970;
    model: id of the candidate in the registry once it is there; against: id of the model it is compared with;
    message: in German, at the end; passed: whether the release gate is open (None: not compared).
    """

    id: str
    kind: str
    state: str
    who: str
    why: str
    started: float
    step: str = "Start"
    share: float = 0.0
    seconds_left: float | None = None
    ended: float | None = None
    pid: int | None = None
    model: str = ""
    against: str = ""
    message: str = ""
    passed: bool | None = None

    @property
    def running(self) -> bool:
        """Tells whether it still works."""
        return self.state == RUNNING


def start_training(who: str, why: str = "") -> Job:
    """Starts a training whose result becomes a candidate, compared with the live model.

    Raises:
        build.Busy: a training or comparison runs.
    """
    return _start(Job(new_id(), TRAINING, RUNNING, who, why, time.time()))


def start_comparison(model: str, who: str, against: str = "") -> Job:
    """Starts a comparison of `model` with `against` (ids of the registry; "" is the live one), conversations included.

    Raises:
        build.Busy: a training or comparison runs.
    """
    return _start(Job(new_id(), COMPARING, RUNNING, who, "", time.time(), model=model, against=against))


def status() -> Job | None:
    """Returns the running or last job, or None. Any process may ask, as often as it likes."""
    job = read()
    if job and job.running and not lock.is_taken(build.LOCK):
        job = read() or job  # it may have ended between the two looks
        return replace(job, state=FAILED, message=KILLED, seconds_left=None) if job.running else job
    return job


def cancel(who: str) -> Job | None:
    """Ends the running job with all its children; nothing of its archive is left. Returns the job, or None when none ran."""
    job = status()
    if job is None or not job.running:
        return None
    deadline = time.monotonic() + 10
    while job and job.running and job.pid is None and time.monotonic() < deadline:  # it is just starting
        time.sleep(0.05)
        job = status()
    if job is None or not job.running or job.pid is None:
        return None
    try:
        os.killpg(job.pid, signal.SIGKILL)
    except ProcessLookupError:
        return None
    handle = _wait_for_lock(deadline)
    if handle is None:
        raise StartError("Der Vorgang ließ sich nicht beenden.")
    try:
        build.clear_aside()
        job = replace(job, state=CANCELLED, ended=time.time(), seconds_left=None, message=f"Abgebrochen von {who}.")
        write(job)
        return job
    finally:
        os.close(handle)


def wait(seconds: float) -> Job | None:
    """Waits until no job runs, at most `seconds`; returns the last state."""
    deadline = time.monotonic() + seconds
    while (job := status()) and job.running and time.monotonic() < deadline:
        time.sleep(0.2)
    return job


def read() -> Job | None:
    """Returns what the state file says, whether true or not."""
    try:
        return Job(**json.loads(STATE.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def write(job: Job) -> None:
    """Replaces the state file in one step."""
    write_json(STATE, asdict(job))


def _start(job: Job) -> Job:
    handle = build.hold()
    try:
        write(job)
        command = [sys.executable, "-m", "bot.training.worker", str(handle)]
        log = ROOT / "var" / "log" / "auftrag.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("wb") as out:
            child = subprocess.Popen(command, cwd=ROOT, env=child_environment(), stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, pass_fds=(handle,))
    finally:
        os.close(handle)  # the worker holds the lock now, and it alone
    threading.Thread(target=child.wait, daemon=True).start()  # leaves no zombie behind
    return job


def _wait_for_lock(deadline: float) -> int | None:
    while (handle := lock.take(build.LOCK)) is None and time.monotonic() < deadline:
        time.sleep(0.05)
    return handle


def log_files() -> list[Path]:
    """Returns the logs of the last job: its own and that of `rasa train`."""
    return [path for path in (ROOT / "var" / "log" / "auftrag.log", build.LOG) if path.is_file()]
