"""One Rasa of the supervisor: the live, the warm or the candidate, with its model."""

from __future__ import annotations

from dataclasses import dataclass

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
