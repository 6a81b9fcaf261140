"""`lotse data`: checks the content and tells what is due for review."""

from __future__ import annotations

import datetime as dt
import json

import click

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.nlu_files import read_examples
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
    due = _due(knowledge, dt.date.today())
    for day, what in due:
        click.echo(f"Überfällig seit {day:%d.%m.%Y}: {what}")
    if not due:
        click.echo("Nichts ist überfällig.")
    if findings or due:
        raise click.exceptions.Exit(1)


@command.command("overdue")
@click.option("--days", type=click.IntRange(0, 3650), default=0, show_default=True, help="Auch zeigen, was in so vielen Tagen fällig wird.")
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
def overdue(days: int, as_json: bool) -> None:
    """Zeigt Inhalte und Werte, deren Prüfung fällig ist, die dringendsten zuerst."""
    due = _due(Knowledge.load(), dt.date.today() + dt.timedelta(days=days))
    if as_json:
        click.echo(json.dumps([{"faellig": day.isoformat(), "inhalt": what} for day, what in due], ensure_ascii=False, indent=2))
    elif due:
        for day, what in due:
            click.echo(f"{day:%d.%m.%Y}  {what}")
    else:
        click.echo("Nichts ist fällig.")
    if due:
        raise click.exceptions.Exit(1)


def _due(knowledge: Knowledge, until: dt.date) -> list[tuple[dt.date, str]]:
    """Returns (review date, what) for everything that is due before or on `until`, earliest first."""
    found = [(f.pruefen_bis, f"FAQ {f.id}: {f.frage}") for f in knowledge.faqs.values()]
    found += [(w.pruefen_bis, f"Wert {w.id}: {w.bezeichnung}") for w in knowledge.werte.values()]
    found += [(o.gueltig_bis, f"Stelle {o.id}: {o.name}") for o in knowledge.offices.values() if o.gueltig_bis and o.is_offered(o.gueltig_bis)]
    return sorted((day, what) for day, what in found if day < until)
