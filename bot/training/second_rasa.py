"""A Rasa and an action server of one's own for a while: to play conversations against a model that is not live."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import Callable, Iterator

from bot import processes
from bot.processes import HOST


@contextmanager
def starting(model: Path) -> Iterator[Callable[[], str]]:
    """Starts to serve `model` on free ports of the loopback interface, keeping no conversation.

    Yields a function that waits until both processes answer and returns Rasa's address: other work can be done while they start.
    It raises StartError when a process does not come up.
    """
    port, actions_port = processes.free_port(), processes.free_port()
    services = [processes.actions_service(actions_port, "actions-pruefung"),
                processes.rasa_service(port, actions_port, model, name="rasa-pruefung", memory_only=True)]

    def ready() -> str:
        for service in services:
            service.wait_ready()
        return f"http://{HOST}:{port}"

    try:
        for service in services:
            service.start()
        yield ready
    finally:
        for service in reversed(services):
            service.stop()
        processes.forget_endpoints(port)


@contextmanager
def serving(model: Path) -> Iterator[str]:
    """The same, ready at once; yields Rasa's address.

    Raises:
        StartError: a process does not come up.
    """
    with starting(model) as ready:
        yield ready()
