"""`lotse serve`: starts and watches the processes, in the order actions → rasa → web."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Iterator

import click
import requests
from rich.console import Console

from bot import models, processes
from bot.commands.train import train_with_progress
from bot.knowledge.base import Knowledge
from bot.processes import HOST, Service, StartError
from bot.store import retention
from bot.store.database import Database
from bot.store.errors import StoreError
from bot.supervisor import Supervisor

PORT = click.IntRange(1, 65535)
TICK = 0.2
PURGE_SECONDS = 3600.0
console = Console(stderr=True)


@click.command("serve")
@click.option("--port", type=PORT, default=5005, show_default=True, help="Port von Rasa (nur auf diesem Rechner erreichbar).")
@click.option("--actions-port", type=PORT, default=5055, show_default=True, help="Port des Action-Servers.")
@click.option("--web-port", type=PORT, default=8080, show_default=True, envvar="LOTSE_PORT", help="Port der Webseite.")
@click.option("--ohne-web", is_flag=True, hidden=True, help="Ohne Webseite, nur zum Prüfen.")
def command(port: int, actions_port: int, web_port: int, ohne_web: bool) -> None:
    """Startet den Lotsen. Trainiert vorher, wenn kein Modell zu den Daten passt. Strg-C beendet alles."""
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda _s, _f: stop.set())
    _check_ports(port, actions_port, None if ohne_web else web_port)
    supervisor = Supervisor(port, actions_port, None if ohne_web else web_port, lambda line: click.echo(line, err=True))
    try:
        model = ready_model()
        with console.status("Der Lotse startet …"):
            supervisor.start(model)
        _greet(port, None if ohne_web else web_port)
        next_purge = 0.0
        while not stop.wait(TICK):
            if time.monotonic() >= next_purge:
                next_purge = time.monotonic() + PURGE_SECONDS
                _purge()
            supervisor.tick()
    finally:
        supervisor.stop()


def _greet(port: int, web_port: int | None) -> None:
    address = f"http://{HOST}:{port}/webhooks/rest/webhook"
    click.echo("\nDer Lotse ist bereit.")
    if web_port is not None:
        click.echo(f"  Im Browser:   http://{HOST}:{web_port}/")
    click.echo("  Im Terminal:  lotse chat  (oder make chat, in einem zweiten Fenster)")
    click.echo(f"  Über REST:    {address}")
    click.echo(f"""  Beispiel:     curl -s {address} -H 'Content-Type: application/json' -d '{{"sender": "ich", "message": "Was kostet die Anerkennung?"}}'""")
    click.echo("  Beenden:      Strg-C")


def _check_ports(port: int, actions_port: int, web_port: int | None) -> None:
    taken: dict[int, str] = {}
    for number, option in ((port, "--port"), (actions_port, "--actions-port"), (web_port, "--web-port")):
        if number is None:
            continue
        if number in taken:
            raise StartError(f"{taken[number]} und {option} sind beide {number}. Bitte zwei verschiedene Ports wählen.")
        taken[number] = option
    for number, option in taken.items():
        processes.require_free(number, option)


def ready_model() -> Path:
    """Returns the model to start with; trains one when the one in use is not right for today's data or code.

    Raises:
        ContentErrors: `data/` has faults. StartError: training failed and there is no other model. StoreError: the database cannot be used.
    """
    _finish_edits()
    Knowledge.load()
    Database().create_all()
    path = models.for_start()
    if path is None:
        return _trained(False)
    if path != models.fitting():
        click.echo(f"Hinweis: models/{path.name} ist freigegeben, aber die Trainingsdaten sind inzwischen andere. Neues Modell: lotse models train", err=True)
    return path


@contextmanager
def running(port: int, actions_port: int, quiet: bool = False) -> Iterator[list[Service]]:
    """Starts action server and Rasa for a while, without website, pointer and releases, and yields them when they answer.

    Raises:
        StartError: a port is taken, training failed or a process did not come up.
        ContentErrors: `data/` has faults.
        StoreError: the database cannot be used.
    """
    _check_ports(port, actions_port, None)
    Knowledge.load()
    Database().create_all()
    model = models.for_start() or _trained(quiet)
    services = [processes.actions_service(actions_port), processes.rasa_service(port, actions_port, model)]
    try:
        with console.status("Der Lotse startet …"):
            for service in services:
                service.start()
            for service in services:
                service.wait_ready()
            _warm_up(port)
        yield services
    finally:
        for service in reversed(services):
            service.stop()
        processes.forget_endpoints(port)


def _finish_edits() -> None:
    """Finishes changes of contents that a killed process began; who is writing at this moment finishes it alone."""
    from bot.editor.errors import EditError
    from bot.editor.transaction import recover

    with suppress(EditError):
        for sentence in recover():
            click.echo(f"Hinweis: {sentence}", err=True)


def _purge() -> None:
    """Deletes what is past its time; trouble is told and tried again an hour later."""
    try:
        retention.purge(Database())
    except StoreError as error:
        click.echo(f"Abgelaufenes wurde nicht gelöscht: {error}", err=True)


def _warm_up(port: int) -> None:
    """Asks one question for an office, so that the first visitor does not wait for the action server to read `data/`."""
    with suppress(requests.RequestException):
        processes.http.post(f"http://{HOST}:{port}/webhooks/rest/webhook", json={"sender": "start", "message": "Beratung in Kassel"}, timeout=15)


def _trained(quiet: bool) -> Path:
    """Returns a new model; when training fails the model in use goes on serving, with a warning."""
    try:
        return train_with_progress(quiet)
    except StartError as error:
        old = models.current()
        if old is None:
            raise
        click.echo(f"Warnung: {error} Gestartet wird models/{old.file}, das nicht zu den heutigen Daten passt.", err=True)
        return models.MODELS / old.file
