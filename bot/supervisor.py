"""Runs the processes of the assistant: action server, live Rasa, website, and for a while a second Rasa (candidate or warm).

`var/run/rasa.json` points to the live Rasa. A release starts the candidate beside it, checks it, moves the pointer, and keeps the old one warm.
If this process dies at any moment, its children die too, and the next start uses the model that `models/aktuell.json` names.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Callable

import requests

from bot import lock, models, pointer, processes
from bot.atomic import write_json
from bot.processes import StartError
from bot.rasa_process import RasaProcess
from bot.restarts import Restarts
from bot.rollout import Rollout, note_states
from bot.training import release
from bot.training.conversations import talk

WARM_MINUTES = 60.0
DRAIN_SECONDS = 20.0  # longer than any turn may take


class Supervisor:
    """Start it with `start`, call `tick` often, end with `stop`. Needs the thread it was made in to stay."""

    def __init__(self, port: int, actions_port: int, web_port: int | None, say: Callable[[str], None] = lambda _: None) -> None:
        """`web_port` None: without the website (tests only). `say` gets German lines for the terminal.

        Raises:
            StartError: another one runs in this folder.
        """
        handle = lock.take(release.LOCK)
        if handle is None:
            raise StartError("In diesem Ordner läuft schon ein Lotse. Ihn zuerst beenden (Strg-C).")
        self._handle = handle
        self._port, self._actions_port, self.say = port, actions_port, say
        self._actions = processes.actions_service(actions_port)
        self._web = processes.web_service(web_port) if web_port is not None else None
        self.live: RasaProcess | None = None
        self.warm: RasaProcess | None = None
        self.warm_until = 0.0
        self.stopping = threading.Event()
        self._rollout: threading.Thread | None = None
        self._restarts = Restarts(say)

    def start(self, model: Path) -> None:
        """Starts all processes with `model` and waits until they answer.

        Raises:
            StartError: one did not come up; `stop` still has to be called.
        """
        release.begin_anew()
        info = models.current()
        mark, seconds = (info.fingerprint, info.seconds) if info and info.file == model.name else ("", 0.0)
        self.live = self.new_rasa(model, models.sha256_of(model), mark, seconds, self._port)
        services = [self._actions, self.live.service, *([self._web] if self._web else [])]
        for service in services[:2]:
            service.start()
        for service in services[:2]:
            service.wait_ready()
        with suppress(requests.RequestException, ValueError):
            talk(self.live.url)("Beratung in Kassel")  # so that the first visitor does not wait for the action server to read `data/`
        self.point()
        for service in services[2:]:
            service.start()
            service.wait_ready()

    def new_rasa(self, model: Path, sha256: str, fingerprint: str, seconds: float, port: int | None = None) -> RasaProcess:
        """Returns a Rasa for `model`, not started yet."""
        port = port or processes.free_port()
        name = "rasa-2" if self.live and self.live.service.name == "rasa" else "rasa"
        service = processes.rasa_service(port, self._actions_port, model, models.version_of(model.name, sha256), name)
        return RasaProcess(service, port, model.name, sha256, fingerprint, seconds)

    def point(self) -> None:
        """Makes the live Rasa the one that everybody talks to."""
        assert self.live is not None
        pointer.write(pointer.RasaPointer(self.live.url, self.live.file, self.live.fingerprint, self.live.version))
        self.tell()

    def tell(self) -> None:
        """Writes what runs to `var/run/lotse.json`."""
        live, warm = self.live, self.warm
        state = release.Running(os.getpid(), live.version if live else "", warm.version if warm else "", self.warm_until if warm else 0.0)
        write_json(release.RUNNING_FILE, asdict(state))

    def switch(self, new: RasaProcess) -> None:
        """Moves the pointer to `new`; the old Rasa becomes the warm one, and what was warm until now ends when its open turns are over."""
        surplus = self.warm if self.warm is not new else None
        self.live, self.warm, self.warm_until = new, self.live, time.time() + warm_seconds()
        self.point()
        if surplus:
            threading.Thread(target=self._drain, args=(surplus,), name="abkuehlen").start()

    def tick(self) -> None:
        """Restarts what has ended, begins an order, cools the warm Rasa when its time is over.

        Raises:
            StartError: a process ends again and again.
        """
        for service in (self._actions, self.live.service if self.live else None, self._web):
            if service is not None:
                self._restarts.revive(service)
        warm = self.warm
        if warm and not warm.alive:
            self._cool(warm)
        busy = self._rollout is not None and self._rollout.is_alive()
        if not busy:
            if warm and self.warm is warm and time.time() > self.warm_until:
                self._cool(warm)
            order = release.next_order()
            if order:
                self._rollout = threading.Thread(target=Rollout(self, order).run, name="freigabe")
                self._rollout.start()

    def stop(self) -> None:
        """Ends all processes, the website first."""
        self.stopping.set()
        if self._rollout:
            self._rollout.join()
        pointer.remove()
        for service in (self._web, self.live.service if self.live else None, self.warm.service if self.warm else None, self._actions):
            if service is not None:
                service.stop()
        for rasa in (self.live, self.warm):
            if rasa:
                processes.forget_endpoints(rasa.port)
        release.RUNNING_FILE.unlink(missing_ok=True)
        os.close(self._handle)

    def _drain(self, rasa: RasaProcess) -> None:
        self.stopping.wait(DRAIN_SECONDS)
        rasa.stop()

    def _cool(self, warm: RasaProcess) -> None:
        self.warm = None
        self.tell()
        threading.Thread(target=warm.stop, name="abkuehlen").start()
        note_states("", self.say)


def warm_seconds() -> float:
    """Returns how long the model before is kept running: LOTSE_WARM_MINUTES, by default 60, and never less than its open turns need."""
    try:
        return max(DRAIN_SECONDS, 60 * float(os.environ.get("LOTSE_WARM_MINUTES", WARM_MINUTES)))
    except ValueError:
        return 60 * WARM_MINUTES
