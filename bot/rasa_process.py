"""One Rasa of the supervisor: the live, the warm or the candidate, with its model."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Collection

from bot import models, processes
from bot.processes import HOST, Service


@dataclass
class RasaProcess:
    """One Rasa with its model."""

    service: Service
    port: int
    file: str
    sha256: str
    fingerprint: str
    seconds: float

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://{HOST}:{self.port}"

    @property
    def version(self) -> str:
        """The version its replies are stamped with."""
        return models.version_of(self.file, self.sha256)

    @property
    def alive(self) -> bool:
        """Tells whether the process runs."""
        return self.service.process is not None and self.service.process.poll() is None

    def stop(self) -> None:
        """Ends it and removes its endpoints file."""
        self.service.stop()
        processes.forget_endpoints(self.port)

    def stand_back(self) -> None:
        """Keeps it to the last of several cores while it starts, so that the live Rasa has the others to itself. (A raised nice value could not be lowered again.)"""
        cores = sorted(os.sched_getaffinity(0))
        if len(cores) > 1:
            self._keep_to(cores[-1:])

    def step_forward(self) -> None:
        """Gives it all cores."""
        self._keep_to(os.sched_getaffinity(0))

    def _keep_to(self, cores: Collection[int]) -> None:
        if self.service.process is None:
            return
        try:
            threads = [int(path.name) for path in Path(f"/proc/{self.service.process.pid}/task").iterdir()]
        except OSError:
            return  # it has ended, or this is not Linux
        for thread in threads:
            try:
                os.sched_setaffinity(thread, cores)
            except OSError:  # this thread has just ended
                continue
