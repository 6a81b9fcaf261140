"""`lotse serve`: starts and watches the processes, in the order actions → rasa."""

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

RESTARTS = 5
PURGE_SECONDS = 3600.0
PORT = click.IntRange(1, 65535)
console = Console(stderr=True)


@click.command("serve")
@click.option("--port", type=PORT, default=5005, show_default=True, help="Port von Rasa (nur auf diesem Rechner erreichbar).")
@click.option("--actions-port", type=PORT, default=5055, show_default=True, help="Port des Action-Servers.")
def command(port: int, actions_port: int) -> None:
    """Startet den Lotsen. Trainiert vorher, wenn kein Modell zu den Daten passt. Strg-C beendet alles."""
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda _s, _f: stop.set())
    with running(port, actions_port) as services:
        address = f"http://{HOST}:{port}/webhooks/rest/webhook"
        click.echo("\nDer Lotse ist bereit.")
        click.echo("  Im Terminal:  lotse chat  (oder make chat, in einem zweiten Fenster)")
        click.echo(f"  Über REST:    {address}")
        click.echo(f"""  Beispiel:     curl -s {address} -H 'Content-Type: application/json' -d '{{"sender": "ich", "message": "Was kostet die Anerkennung?"}}'""")
        click.echo("  Beenden:      Strg-C")
        watch(services, stop)


@contextmanager
def running(port: int, actions_port: int, quiet: bool = False) -> Iterator[list[Service]]:
    """Starts all processes, yields them when they answer, and stops them at the end.

    Raises:
        StartError: a port is taken, training failed or a process did not come up.
        ContentErrors: `data/` has faults.
        StoreError: the database cannot be used.
    """
    if port == actions_port:
        raise StartError(f"--port und --actions-port sind beide {port}. Bitte zwei verschiedene Ports wählen.")
    Knowledge.load()
    Database().create_all()
    processes.require_free(port, "--port")
    processes.require_free(actions_port, "--actions-port")
    model = models.fitting() or _trained(quiet)
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


def watch(services: list[Service], stop: threading.Event) -> None:
    """Restarts a process that ends, at most a few times, until `stop` is set."""
    restarts, next_purge = 0, 0.0
    while not stop.wait(0.5):
        if time.monotonic() >= next_purge:
            next_purge = time.monotonic() + PURGE_SECONDS
            _purge()
        for service in services:
            if service.process is None or service.process.poll() is None:
                continue
            restarts += 1
            if restarts > RESTARTS:
                raise StartError(f"{service.name} endet immer wieder. Der Grund steht in {processes.LOGS / (service.name + '.log')}.")
            click.echo(f"{service.name} ist ausgefallen und wird neu gestartet.", err=True)
            time.sleep(min(10.0, restarts))
            service.start()
