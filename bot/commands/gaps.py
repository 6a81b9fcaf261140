"""`lotse gaps`: questions without a good answer, with the people who care for them."""

from __future__ import annotations

import click

from bot.commands import ACTOR
from bot.store import accounts
from bot.store.database import Database
from bot.store.groups import sort_in
from bot.store.tables import GAP_STATES
from bot.store.values import is_id
from bot.team import gaps
from bot.team.inbox import listing


@click.group("gaps")
def command() -> None:
    """Fragen ohne gute Antwort: ansehen, übernehmen, bearbeiten."""


@command.command("list")
def list_gaps() -> None:
    """Zeigt Fragen ohne gute Antwort: mit Zuständigen, und die häufigsten, um die sich noch niemand kümmert."""
    db = Database()
    sort_in(db)
    for row in gaps.listed(db):
        click.echo(f"[{row.state}] {row.title}  ({row.owner or 'niemand'}, {row['count']}×)  {row.id}{f'  {row.note}' if row.note else ''}")
    for cluster in gaps.clusters(db):
        click.echo(f"[offen] {cluster.text}  ({cluster.messages}×, {cluster.bad}× schlecht)  {cluster.key}")


@command.command("take")
@click.argument("frage")
@click.option("--wer", required=True, help="Anmeldename der Person, die sich kümmert.")
def take(frage: str, wer: str) -> None:
    """Setzt die offene Frage FRAGE (Kennung aus „list“) auf die Liste."""
    db = Database()
    item = listing.one(db, frage) if is_id(frage) else None
    if item is None:
        raise click.UsageError("Diese Frage gibt es nicht. „lotse gaps list“ zeigt die Kennungen.")
    _known(db, wer)
    click.echo(f"{gaps.propose(db, ACTOR, item.key, item.message, item.text, wer)}  auf der Liste, bei {wer}")


@command.command("change")
@click.argument("eintrag")
@click.option("--zustand", type=click.Choice(GAP_STATES), default=None, help="Neuer Zustand.")
@click.option("--wer", default=None, help="Wer sich kümmert (Anmeldename); leer: niemand.")
@click.option("--titel", default="", help="Neuer Titel.")
@click.option("--notiz", default=None, help="Ersetzt die Notiz.")
def change(eintrag: str, zustand: str | None, wer: str | None, titel: str, notiz: str | None) -> None:
    """Ändert einen Eintrag der Liste; was nicht angegeben ist, bleibt."""
    db = Database()
    row = next((row for row in gaps.listed(db) if row.id == eintrag), None)
    if row is None:
        raise click.UsageError("Diesen Eintrag gibt es nicht. „lotse gaps list“ zeigt die Kennungen.")
    if wer:
        _known(db, wer)
    owner, note = row.owner if wer is None else wer, row.note or "" if notiz is None else notiz
    gaps.change(db, ACTOR, eintrag, owner=owner, state=zustand or row.state, title=titel, note=note)
    click.echo("Gespeichert.")


def _known(db: Database, login: str) -> None:
    if accounts.find(db, login) is None:
        raise click.UsageError(f"Das Konto „{login}“ gibt es nicht. „lotse team list“ zeigt alle.")
