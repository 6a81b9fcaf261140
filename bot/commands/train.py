"""`lotse train`: a new model when the data changed."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bot import models
from bot.knowledge.base import Knowledge

COUNT = re.compile(r"(.*): (\d+) von (\d+)")


@click.command("train")
@click.option("--force", is_flag=True, help="Auch trainieren, wenn das Modell zu den Daten passt.")
@click.option("--quiet", is_flag=True, help="Keine Fortschrittsanzeige.")
def command(force: bool, quiet: bool) -> None:
    """Trainiert ein Modell aus data/, wenn keines zu den Daten passt."""
    Knowledge.load()
    fitting = models.fitting()
    if fitting and not force:
        click.echo(f"Das Modell passt zu den Daten: models/{fitting.name}")
        return
    path = train_with_progress(quiet)
    info = models.current()
    click.echo(f"Fertig: models/{path.name} ({info.seconds:.0f} Sekunden)" if info else f"Fertig: models/{path.name}")


def train_with_progress(quiet: bool = False) -> Path:
    """Trains with a bar on a terminal and plain lines elsewhere; both go to stderr."""
    if quiet:
        return models.train()
    if not sys.stderr.isatty():
        return models.train(_print_steps())
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("Training: Daten lesen", total=None)

        def step(text: str) -> None:
            match = COUNT.fullmatch(text)
            if match:
                bar.update(task, description=f"Training: {match[1]}", completed=int(match[2]), total=int(match[3]))
            else:
                bar.update(task, description=f"Training: {text}", total=None)

        return models.train(step)


def _print_steps():
    last = {"percent": -25, "name": ""}

    def step(text: str) -> None:
        match = COUNT.fullmatch(text)
        if not match:
            click.echo(f"Training: {text}", err=True)
            return
        percent = 100 * int(match[2]) // max(1, int(match[3]))
        if match[1] != last["name"] or percent >= last["percent"] + 25 or percent == 100:
            last.update(name=match[1], percent=percent)
            click.echo(f"Training: {match[1]} {percent} %", err=True)

    return step
