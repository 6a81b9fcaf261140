"""`lotse team`: accounts of staff and the audit. The first administrator is made here."""

from __future__ import annotations

import datetime as dt
import json

import click

from bot.commands import ACTOR
from bot.store import accounts, audit
from bot.store.database import Database
from bot.team import passwords, people, roles


@click.group("team")
def command() -> None:
    """Konten der Konsole und Protokoll: anlegen, auflisten, Rolle oder Passwort ändern, sperren."""


@command.command("add")
@click.argument("login")
@click.option("--name", required=True, help="Name, wie er in Protokoll und Commits steht.")
@click.option("--rolle", type=click.Choice(roles.ROLES), required=True, help="; ".join(f"{r}: {t}" for r, t in roles.EXPLAINED.items()))
@click.option("--passwort", default=None, help="Wird sonst gefragt.")
@click.option("--einmalpasswort", is_flag=True, help="Zufälliges Passwort setzen und zeigen; es muss bei der ersten Anmeldung geändert werden.")
@click.option("--dienstkonto", is_flag=True, help="Ohne Passwort: meldet sich nur mit dem Dienstkonto an.")
def add(login: str, name: str, rolle: str, passwort: str | None, einmalpasswort: bool, dienstkonto: bool) -> None:
    """Legt ein Konto an."""
    database = Database()
    if sum((passwort is not None, einmalpasswort, dienstkonto)) > 1:
        raise click.UsageError("Nur eines von --passwort, --einmalpasswort und --dienstkonto angeben.")
    if not einmalpasswort and not dienstkonto:
        passwort = passwort if passwort is not None else click.prompt("Passwort", hide_input=True, confirmation_prompt=True)
        problem = passwords.problem(passwort, login)
        if problem:
            raise click.UsageError(problem)
    account, once = _try(lambda: people.add(database, ACTOR, login, name, rolle, dienstkonto))
    if passwort:
        accounts.change(database, account.login, password=passwords.hashed(passwort), temporary=False)
    click.echo(f"Konto „{account.login}“ mit der Rolle „{rolle}“ angelegt." + (f" Einmalpasswort: {once}" if einmalpasswort else ""))


@command.command("list")
def show() -> None:
    """Zeigt alle Konten."""
    for account in accounts.everyone(Database()):
        click.echo(f"{account.login}  {account.role}  {'aktiv' if account.active else 'gesperrt'}  {account.name}")


@command.command("change")
@click.argument("login")
@click.option("--rolle", type=click.Choice(roles.ROLES), help="Neue Rolle.")
@click.option("--sperren/--entsperren", default=None, help="Konto sperren oder wieder öffnen.")
@click.option("--passwort", is_flag=True, help="Neues Passwort setzen (wird gefragt).")
@click.option("--einmalpasswort", is_flag=True, help="Zufälliges Passwort setzen und zeigen; es muss bei der nächsten Anmeldung geändert werden.")
def change(login: str, rolle: str | None, sperren: bool | None, passwort: bool, einmalpasswort: bool) -> None:
    """Ändert ein Konto; seine Sitzungen enden."""
    database = Database()
    account = accounts.find(database, login)
    if account is None:
        raise click.UsageError(f"Das Konto „{login}“ gibt es nicht. „lotse team list“ zeigt alle.")
    if not rolle and sperren is None and not passwort and not einmalpasswort:
        raise click.UsageError("Nichts zu ändern: --rolle, --sperren, --entsperren, --passwort oder --einmalpasswort angeben.")
    new = click.prompt("Neues Passwort", hide_input=True, confirmation_prompt=True) if passwort else ""
    problem = passwords.problem(new, login) if passwort else ""
    if problem:
        raise click.UsageError(problem)
    if rolle:
        _try(lambda: people.set_role(database, ACTOR, account, rolle))
    if sperren is not None:
        _try(lambda: people.set_active(database, ACTOR, account, not sperren))
    if passwort:
        accounts.change(database, login, password=passwords.hashed(new), temporary=False)
        audit.note(database, ACTOR, "konto_passwort_neu", account.login)
    elif einmalpasswort:
        click.echo(f"Einmalpasswort: {people.renew_password(database, ACTOR, account)}")
    click.echo(f"Konto „{account.login}“ geändert.")


@command.command("log")
@click.option("--wer", default="", help="Nur dieses Konto.")
@click.option("--was", default="", help="Nur diese Handlung.")
@click.option("--tage", type=click.IntRange(0, 3650), default=7, show_default=True, help="Nur die letzten Tage; 0: alle.")
@click.option("--csv", "as_csv", is_flag=True, help="Als CSV; dass ausgeleitet wurde, steht im Protokoll.")
def log(wer: str, was: str, tage: int, as_csv: bool) -> None:
    """Zeigt das Protokoll, das Neueste zuerst (Zeiten in UTC)."""
    if as_csv:
        from bot.team.log_csv import log_csv

        click.echo(log_csv(Database(), ACTOR, actor=wer, action=was, days=tage), nl=False)
        return
    for row in audit.search(Database(), wer, was, tage, most=10_000):
        click.echo(f"{row.created:%Y-%m-%d %H:%M:%S}  {row.actor}  {row.action}  {row.target or '–'}  {json.dumps(row.detail, ensure_ascii=False) if row.detail else ''}".rstrip())


@command.command("waiting")
@click.option("--wer", default="", help="Anmeldename: zählt auch, was diese Person übernommen hat.")
def waiting(wer: str) -> None:
    """Zeigt, was wartet: Nachrichten, Meldungen, Fälliges, Vorschläge (die Startseite der Konsole)."""
    from bot.knowledge.base import Knowledge
    from bot.store.groups import sort_in
    from bot.team import overview

    database = Database()
    sort_in(database)
    found = overview.waiting(database, Knowledge.load(), wer, dt.date.today())
    for one in found:
        click.echo(f"{one.number:5}  {one.text}{f' ({one.more})' if one.more else ''}  [{one.role}]{'  eilig' if one.urgent else ''}")
    if not found:
        click.echo("Nichts wartet.")


def _try(work):  # type: ignore[no-untyped-def]
    """Returns what `work` returns; a refusal becomes a message on how to use the command."""
    try:
        return work()
    except people.PeopleError as error:
        raise click.UsageError(str(error)) from None
