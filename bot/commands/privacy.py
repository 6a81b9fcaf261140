"""`lotse privacy`: what is stored of conversations, and how it is deleted."""

from __future__ import annotations

import json

import click

from bot.commands import ACTOR
from bot.store import audit, journal
from bot.store.database import Database
from bot.store.erase import erase, everything
from bot.store.limits import VARIABLES
from bot.store.retention import count, purge
from bot.store.values import is_id

GERMAN = {"conversations": "Gespräche", "journal": "Nachrichten", "feedback": "Rückmeldungen", "reports": "Meldungen zu Antworten", "picks": "Suchtreffer", "audit": "Protokoll",
          "labels": "Zuordnungen", "gaps": "Erledigte offene Fragen", "samples": "Stichproben", "proposals": "Entschiedene Vorschläge", "ratings": "Bewertungen"}


@click.group("privacy")
def command() -> None:
    """Gespeicherte Gespräche zeigen und löschen."""


@command.command("purge")
@click.option("--dry-run", is_flag=True, help="Nur zählen, nichts löschen.")
def purge_command(dry_run: bool) -> None:
    """Löscht alles, dessen Frist abgelaufen ist. Täglich laufen lassen."""
    db = Database()
    for field, (variable, _, _) in VARIABLES.items():
        limit = getattr(db.limits, field)
        click.echo(f"{GERMAN[field]}: {limit.days} Tage ({variable})" if limit.days else f"{GERMAN[field]}: 1 Stunde ({variable})")
    _tell(count(db) if dry_run else purge(db, "lotse privacy purge"), "abgelaufen" if dry_run else "gelöscht")


@command.command("show")
@click.argument("conversation", metavar="KENNUNG")
def show(conversation: str) -> None:
    """Zeigt alles, was von einem Gespräch gespeichert ist, als JSON (Auskunft nach Art. 15 DSGVO). KENNUNG ist die des Gesprächs oder einer seiner Nachrichten."""
    db = Database()
    row = journal.find(db, _checked(conversation))
    found = everything(db, row.conversation if row is not None else conversation)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2, default=str))
    if not any(found.values()):
        raise click.exceptions.Exit(1)
    audit.note(db, ACTOR, "gespraech_ausgeleitet")


@command.command("erase")
@click.argument("conversation", metavar="KENNUNG")
@click.option("--yes", is_flag=True, help="Ohne Rückfrage löschen.")
def erase_command(conversation: str, yes: bool) -> None:
    """Löscht ein Gespräch aus allen Tabellen (Art. 17 DSGVO)."""
    _checked(conversation)
    if not yes:
        click.confirm("Das Gespräch endgültig löschen?", abort=True)
    receipt = erase(Database(), conversation, "lotse privacy erase")
    _tell(receipt, "gelöscht")
    if not any(receipt.values()):
        raise click.exceptions.Exit(1)


def _checked(conversation: str) -> str:
    if not is_id(conversation):
        raise click.BadParameter("32 Zeichen aus 0–9 und a–f; die Kennung steht im Journal in der Spalte conversation.", param_hint="KENNUNG")
    return conversation


def _tell(counts: dict[str, int], what: str) -> None:
    for name, number in counts.items():
        click.echo(f"{GERMAN[name]}: {number} {what}")
