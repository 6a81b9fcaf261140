"""A Rasa and an action server of one's own for a while: to play conversations against a model that is not live."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from bot import processes
from bot.processes import HOST


@contextmanager
def serving(model: Path) -> Iterator[str]:
    """Serves `model` on free ports of the loopback interface, keeps no conversation, and yields Rasa's address.

    Raises:
        StartError: a process does not come up.
    """
    port, actions_port = processes.free_port(), processes.free_port()
    services = [processes.actions_service(actions_port, "actions-pruefung"),
                processes.rasa_service(port, actions_port, model, name="rasa-pruefung", memory_only=True)]
    try:
        for service in services:
            service.start()
        for service in services:
            service.wait_ready()
        yield f"http://{HOST}:{port}"
    finally:
        for service in reversed(services):
            service.stop()
        processes.forget_endpoints(port)
