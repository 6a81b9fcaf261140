"""`lotse stats`: figures of a quarter, the weekly sample, and questions without a good answer."""

from __future__ import annotations

import click

from bot.knowledge.base import Knowledge
from bot.store import audit
from bot.store.database import Database
from bot.store.groups import sort_in
from bot.team import gaps
from bot.team.stats.quarter import Quarter

ACTOR = "kommandozeile"
NAMES = ("themen", "ergebnisse", "rueckmeldungen", "sprachen")


@click.group("stats", invoke_without_command=True)
@click.option("--quartal", default="", help="Zum Beispiel 2026-Q4; ohne: das laufende.")
@click.pass_context
def command(context: click.Context, quartal: str) -> None:
    """Auswertung ohne Angaben zu einzelnen Menschen: Zahlen unter 5 sind verdeckt."""
    context.obj = quartal
    if context.invoked_subcommand:
        return
    from bot.team.stats.figures import figures

    db = Database()
    quarter = _quarter(db, quartal)
    found = figures(db, quarter)
    click.echo(f"Quartal {quarter.name}")
    for title, table, row in (("Ergebnis", found.outcomes, len(found.outcomes.rows)), ("Rückmeldung", found.opinions, None), ("Sprache", found.languages, None)):
        names = table.columns if row is not None else table.rows
        for n, name in enumerate(names):
            click.echo(f"{title} {name}: {table.numbers.text(row, n) if row is not None else table.numbers.text(n)}")


@command.command("csv")
@click.argument("tabelle", type=click.Choice(NAMES))
@click.pass_obj
def table(quartal: str, tabelle: str) -> None:
    """Schreibt eine Tabelle als CSV auf die Standardausgabe. Der Export steht im Protokoll."""
    from bot.team.stats.tables import TABLES

    db = Database()
    quarter = _quarter(db, quartal)
    click.echo(TABLES[tabelle](db, Knowledge.load(), quarter), nl=False)
    audit.note(db, ACTOR, "auswertung_ausgeleitet", f"{tabelle} {quarter.name}")


@command.command("sample")
@click.option("--woche", default="", help="Zum Beispiel 2026-W48; ohne: die letzte ganze Woche.")
def sample_command(woche: str) -> None:
    """Zieht die Stichprobe einer Woche (einmal) und zeigt, was die Bewertungen ergeben."""
    from bot.team.stats import sample

    db = Database()
    week = woche or sample.last_week(db)
    try:
        sample.draw(db, ACTOR, week)
    except ValueError:
        raise click.UsageError(f"„{week}“ ist keine vergangene Woche. Zum Beispiel 2026-W47.") from None
    found = sample.outcome(db, week)
    click.echo(f"{week}: {found.drawn} gezogen, {found.twice} doppelt bewertet, {found.disputed} uneinig")
    if found.twice:
        click.echo(f"Beide richtig: {found.right.share:.0%} (95 %: {found.right.low:.0%} bis {found.right.high:.0%}); mindestens eine falsch: {found.wrong.share:.0%}")
        click.echo(f"Cohens Kappa: {'nicht berechenbar' if found.kappa is None else format(found.kappa, '.2f')}")


@command.command("gaps")
def gaps_command() -> None:
    """Zeigt Fragen ohne gute Antwort: mit Zuständigen, und die häufigsten, um die sich noch niemand kümmert."""
    db = Database()
    sort_in(db)
    for row in gaps.listed(db):
        click.echo(f"[{row.state}] {row.title}  ({row.owner or 'niemand'}, {row['count']}×)")
    for cluster in gaps.clusters(db):
        click.echo(f"[offen] {cluster.text}  ({cluster.messages}×, {cluster.bad}× schlecht)")


def _quarter(db: Database, name: str) -> Quarter:
    quarter = Quarter.read(name) if name else Quarter.of(db.now())
    if quarter is None:
        raise click.UsageError(f"„{name}“ ist kein Quartal. Zum Beispiel 2026-Q4.")
    return quarter
