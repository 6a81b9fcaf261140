"""`lotse reports`: what counsellors and visitors reported, and searches with the answer that was opened."""

from __future__ import annotations

import click

from bot.commands import ACTOR
from bot.knowledge.base import Knowledge
from bot.store import labels
from bot.store import reports as stored
from bot.store.database import Database
from bot.store.tables import ASIDE, REPORT_STATES, RIGHT
from bot.store.values import is_id
from bot.team import reports
from bot.team.inbox import listing
from bot.team.inbox.searches import searches

WHO = click.option("--wer", default=ACTOR, help="Wer das tut, steht im Protokoll.")


@click.group("reports")
def command() -> None:
    """Meldungen „Veraltet oder falsch?“ und Barrieren bearbeiten; Suchen zu Formulierungen machen."""


@command.command("list")
@click.option("--zustand", type=click.Choice(REPORT_STATES), default=None, help="Nur solche; sonst alle, die nicht erledigt sind.")
@click.option("--grund", type=click.Choice(list(reports.REASONS)), default=None, help="Nur aus diesem Grund.")
def list_reports(zustand: str | None, grund: str | None) -> None:
    """Zeigt Meldungen, die neueste zuerst."""
    db = Database()
    rows = stored.waiting(db, (zustand,) if zustand else REPORT_STATES[:2], reason=grund or "")
    for row in rows:
        click.echo(f"{row.id}  {row.created:%d.%m.%Y}  {reports.REASONS.get(row.reason, row.reason)}  {row.faq}  [{reports.STATES[row.state]}{f', {row.handled_by}' if row.handled_by else ''}]")
        for line in (row.text, f"Notiz: {row.note}" if row.note else None):
            if line:
                click.echo(f"    {line}")
    click.echo(f"{len(rows)} {'Meldung' if len(rows) == 1 else 'Meldungen'}")
    in_chat = listing.counts(db)["veraltet"]
    if in_chat and grund in (None, reports.OUTDATED):
        click.echo(f"Im Chat als „veraltet“ gemeldet: {in_chat} {'Frage' if in_chat == 1 else 'Fragen'} (lotse inbox list --rueckmeldung veraltet)")


@command.command("set")
@click.argument("meldung")
@click.argument("zustand", type=click.Choice(REPORT_STATES))
@click.option("--notiz", default="", help="Ersetzt die Notiz.")
@WHO
def set_state(meldung: str, zustand: str, notiz: str, wer: str) -> None:
    """Setzt den Zustand einer Meldung."""
    if not is_id(meldung) or not reports.handle(Database(), wer, meldung, zustand, notiz):
        raise click.UsageError("Diese Meldung gibt es nicht. „lotse reports list“ zeigt die Kennungen.")
    click.echo("Gespeichert.")


@command.command("searches")
def list_searches() -> None:
    """Zeigt, welche Antwort nach welcher Suche geöffnet wurde; weit unten geöffnete zuerst."""
    found = searches(Database())
    for one in found:
        click.echo(f"{one.key}  {one.count}×  Platz {one.rank:.0f}  „{one.query}“ → {one.faq}")
    click.echo(f"{len(found)} {'Suche' if len(found) == 1 else 'Suchen'}")


@command.command("judge")
@click.argument("suche")
@click.argument("aktion", type=click.Choice(("merken", "weglegen")))
@WHO
def judge(suche: str, aktion: str, wer: str) -> None:
    """Merkt eine Suche als Formulierung ihrer Antwort vor oder legt sie weg."""
    db = Database()
    pair = next((s for s in searches(db) if s.key == suche), None)
    if pair is None:
        raise click.UsageError("Diese Suche gibt es nicht (mehr). „lotse reports searches“ zeigt die Kennungen.")
    known = pair.faq in Knowledge.load().faqs
    if aktion == "merken" and not known:
        raise click.UsageError(f"Die FAQ „{pair.faq}“ gibt es nicht mehr. Die Suche weglegen.")
    labels.give_pick(db, wer, pair.key, pair.message, RIGHT if aktion == "merken" else ASIDE, f"faq/{pair.faq}", pair.query)
    click.echo("Vorgemerkt; „lotse inbox take“ übernimmt." if aktion == "merken" else "Weggelegt.")
