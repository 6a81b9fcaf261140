"""`lotse stats`: figures of a quarter, and the weekly sample. `stats gaps` is `lotse gaps list`."""

from __future__ import annotations

import click

from bot.commands import ACTOR
from bot.commands.gaps import list_gaps
from bot.knowledge.base import Knowledge
from bot.store import accounts, audit
from bot.store.database import Database
from bot.store.tables import RATINGS
from bot.store.values import is_id
from bot.team.stats.quarter import Quarter

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


command.add_command(list_gaps, "gaps")


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


@command.command("rate")
@click.argument("antwort", required=False)
@click.argument("urteil", type=click.Choice(RATINGS), required=False)
@click.option("--wer", required=True, help="Ihr Anmeldename.")
@click.option("--woche", default="", help="Zum Beispiel 2026-W48; ohne: die letzte gezogene.")
def rate(antwort: str | None, urteil: str | None, wer: str, woche: str) -> None:
    """Zeigt die nächste Antwort der Stichprobe, die Ihr Urteil braucht; mit ANTWORT und URTEIL bewertet sie."""
    from bot.team.stats import sample

    db = Database()
    account = accounts.find(db, wer)
    if account is None:
        raise click.UsageError(f"Das Konto „{wer}“ gibt es nicht. „lotse team list“ zeigt alle.")
    if antwort:
        if urteil is None:
            raise click.UsageError(f"Das Urteil fehlt: {', '.join(RATINGS)}.")
        if not is_id(antwort) or not sample.rate(db, account.login, antwort, urteil):
            raise click.UsageError("Diese Antwort gibt es nicht, oder zwei andere haben sie schon bewertet.")
        click.echo("Bewertet.")
    week = woche or next(iter(sample.weeks(db)), "")
    left = [d for d in sample.show(db, week, account.login) if not d.mine and d.count < sample.RATERS] if week else []
    for drawn in left[:1]:
        click.echo(f"{drawn.id}  {drawn.faq or 'keine FAQ'}\n> {drawn.text}\n{drawn.answer}")
    click.echo(f"Noch {len(left)} zu bewerten.")


def _quarter(db: Database, name: str) -> Quarter:
    quarter = Quarter.read(name) if name else Quarter.of(db.now())
    if quarter is None:
        raise click.UsageError(f"„{name}“ ist kein Quartal. Zum Beispiel 2026-Q4.")
    return quarter
