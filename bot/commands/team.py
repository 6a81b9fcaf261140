"""`lotse team`: accounts of staff. The first administrator is made here."""

from __future__ import annotations

import click

from bot.store import accounts, audit
from bot.store.database import Database
from bot.team import passwords, roles


@click.group("team")
def command() -> None:
    """Konten der Konsole: anlegen, auflisten, Rolle oder Passwort ändern, sperren."""


@command.command("add")
@click.argument("login")
@click.option("--name", required=True, help="Name, wie er in Protokoll und Commits steht.")
@click.option("--rolle", type=click.Choice(roles.ROLES), required=True, help="; ".join(f"{r}: {t}" for r, t in roles.EXPLAINED.items()))
@click.option("--passwort", prompt=True, hide_input=True, confirmation_prompt=True, help="Wird sonst gefragt.")
def add(login: str, name: str, rolle: str, passwort: str) -> None:
    """Legt ein Konto an."""
    database = Database()
    problem = passwords.problem(passwort, login)
    if problem:
        raise click.UsageError(problem)
    if accounts.find(database, login):
        raise click.UsageError(f"Das Konto „{login}“ gibt es schon.")
    account = accounts.add(database, login, name, rolle, passwords.hashed(passwort))
    audit.note(database, actor="kommandozeile", action="konto_angelegt", target=account.login, detail={"rolle": rolle})
    click.echo(f"Konto „{account.login}“ mit der Rolle „{rolle}“ angelegt.")


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
def change(login: str, rolle: str | None, sperren: bool | None, passwort: bool) -> None:
    """Ändert ein Konto; seine Sitzungen enden."""
    database = Database()
    account = accounts.find(database, login)
    if account is None:
        raise click.UsageError(f"Das Konto „{login}“ gibt es nicht. „lotse team list“ zeigt alle.")
    values: dict[str, object] = {}
    if rolle:
        values["role"] = rolle
    if sperren is not None:
        values["active"] = not sperren
    admins = [a for a in accounts.everyone(database) if a.role == roles.ADMIN and a.active]
    if admins == [account] and (values.get("role", roles.ADMIN) != roles.ADMIN or values.get("active") is False):
        raise click.UsageError("Das ist die letzte Verwaltung. Erst ein anderes Konto dazu machen.")
    if passwort:
        new = click.prompt("Neues Passwort", hide_input=True, confirmation_prompt=True)
        problem = passwords.problem(new, login)
        if problem:
            raise click.UsageError(problem)
        values["password"] = passwords.hashed(new)
    if not values:
        raise click.UsageError("Nichts zu ändern: --rolle, --sperren, --entsperren oder --passwort angeben.")
    accounts.change(database, login, **values)
    audit.note(database, actor="kommandozeile", action="konto_geaendert", target=account.login, detail={k: v for k, v in values.items() if k != "password"})
    click.echo(f"Konto „{account.login}“ geändert.")
