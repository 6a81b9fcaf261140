"""`lotse data`: checks the content and tells what is due for review."""

from __future__ import annotations

import datetime as dt
import json

import click

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.nlu_files import read_examples
from bot.knowledge.overdue import overdue as overdue_of
from bot.knowledge.quality import content_findings


@click.group("data")
def command() -> None:
    """Inhalte prüfen und überfällige finden."""


@command.command("check")
def check() -> None:
    """Prüft alle Dateien in data/ und nennt, was überfällig ist."""
    knowledge = Knowledge.load()
    examples = read_examples(DATA / "nlu")
    findings = content_findings(knowledge, examples)
    click.echo(f"{len(knowledge.faqs)} FAQ, {len(examples)} Trainingssätze, {len(knowledge.werte)} Werte, {len(knowledge.offices)} Stellen, "
               f"{len(knowledge.berufe)} Berufe, {len(knowledge.places.municipalities)} Gemeinden gelesen: keine Fehler im Aufbau.")
    for finding in findings:
        click.echo(f"Hinweis: {finding}")
    due = overdue_of(knowledge, dt.date.today())
    for one in due:
        click.echo(f"Überfällig seit {one.day:%d.%m.%Y}: {one}")
    if not due:
        click.echo("Nichts ist überfällig.")
    if findings or due:
        raise click.exceptions.Exit(1)


@command.command("overdue")
@click.option("--days", type=click.IntRange(0, 3650), default=0, show_default=True, help="Auch zeigen, was in so vielen Tagen fällig wird.")
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
def overdue(days: int, as_json: bool) -> None:
    """Zeigt Inhalte und Werte, deren Prüfung fällig ist, die dringendsten zuerst."""
    due = overdue_of(Knowledge.load(), dt.date.today() + dt.timedelta(days=days))
    if as_json:
        click.echo(json.dumps([{"faellig": one.day.isoformat(), "inhalt": str(one)} for one in due], ensure_ascii=False, indent=2))
    elif due:
        for one in due:
            click.echo(f"{one.day:%d.%m.%Y}  {one}")
    else:
        click.echo("Nichts ist fällig.")
    if due:
        raise click.exceptions.Exit(1)
