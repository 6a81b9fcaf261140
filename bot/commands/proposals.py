"""`lotse proposals`: changes that need a second person. Who accepts or rejects names an account of the console with its password; nobody accepts their own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Callable

import click

from bot.commands import ACTOR
from bot.commands.editing import ask, database_of, opened, projects, show_diffs, told, whose
from bot.editor.errors import EditError, refuse
from bot.editor.renew import renewed
from bot.editor.validate import check
from bot.editor.workspace import Workspace
from bot.store import proposals as stored
from bot.store.accounts import Account
from bot.store.database import Database
from bot.store.tables import OPEN, PROPOSAL_STATES
from bot.store.values import is_id
from bot.team import proposals, roles
from bot.team.authors import author_of


@click.group("proposals")
@projects
@click.pass_context
def command(ctx: click.Context, root: Path) -> None:
    """Vorschläge ansehen, annehmen, ablehnen, zurückziehen."""
    ctx.obj = opened(root)


def deciding(function: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that name the deciding person."""
    function = click.option("--passwort", prompt="Passwort des Kontos", hide_input=True, help="Wird sonst gefragt.")(function)
    return click.option("--konto", required=True, envvar="LOTSE_KONTO", help="Ihr Anmeldename der Konsole; die Rolle „freigeben“ ist nötig.")(function)


@command.command("list")
@click.option("--zustand", type=click.Choice(PROPOSAL_STATES), default=OPEN, show_default=True, help="Nur solche.")
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
@click.pass_obj
def list_proposals(workspace: Workspace, zustand: str, as_json: bool) -> None:
    """Zeigt Vorschläge, die ältesten zuerst."""
    rows = stored.in_state(database_of(workspace), zustand)
    if as_json:
        click.echo(json.dumps([{"id": r.id, "titel": r.title, "von": r.author, "am": r.created.isoformat(), "entschieden_von": r.decided_by, "notiz": r.note} for r in rows], ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row.id}  {row.created:%d.%m.%Y}  {row.author}  {row.title}{f'  ({row.decided_by}: {row.note or chr(8211)})' if row.decided_by else ''}")
    click.echo(f"{len(rows)} {'Vorschlag' if len(rows) == 1 else 'Vorschläge'} im Zustand „{proposals.STATES[zustand]}“")


@command.command("show")
@click.argument("id", metavar="VORSCHLAG")
@click.pass_obj
def show(workspace: Workspace, id: str) -> None:
    """Zeigt einen Vorschlag mit seinen Änderungen, an die Dateien von heute angepasst. Ende mit 1, wenn er so nicht anzunehmen ist."""
    with told():
        row = _find(database_of(workspace), id)
        change = proposals.change_of(row)
        click.echo(f"{row.title}\nvon {row.author} am {row.created:%d.%m.%Y} (UTC), {proposals.STATES[row.state]}" + (f" durch {row.decided_by}: {row.note or '–'}" if row.decided_by else ""))
        if change is None:
            raise refuse("Der gespeicherte Vorschlag ist nicht lesbar.", "Den Vorschlag ablehnen und neu anlegen.")
        today = renewed(change, workspace) if row.state == OPEN else change
        show_diffs(today or change)
        for note in change.notes:
            click.echo(f"Hinweis: {note}")
        if row.state != OPEN:
            return
        faults = [str(e) for e in check(today, workspace).errors] if today else ["Dieselbe Stelle wurde geändert, seit der Vorschlag gemacht wurde."]
        for fault in faults:
            click.echo(f"Fehler: {fault}")
    if faults:
        raise click.exceptions.Exit(1)


@command.command("accept")
@click.argument("id", metavar="VORSCHLAG")
@deciding
@click.option("--yes", is_flag=True, help="Ohne Rückfrage schreiben.")
@click.pass_obj
def accept(workspace: Workspace, id: str, konto: str, passwort: str, yes: bool) -> None:
    """Nimmt den Vorschlag einer anderen Person an: zeigt und schreibt ihn als Commit unter ihrem Namen, mit Ihnen als zweiter Person."""
    db = database_of(workspace)
    with told():
        account = _account(db, konto, passwort)
        row = _find(db, id)
        change = proposals.change_of(row)
        today = renewed(change, workspace) if change else None
        if today and row.state == OPEN:
            show_diffs(today)
            if not yes:
                ask(f"Als {author_of(account)} annehmen?")
        _, applied = proposals.accept(db, row, author_of(account), account.login, workspace, today.key if today else "")
    click.echo("Angenommen und geschrieben" + (f", Commit {applied.commit[:10]}" if applied.commit else ""))
    for note in applied.notes:
        click.echo(f"Hinweis: {note}")


@command.command("reject")
@click.argument("id", metavar="VORSCHLAG")
@click.argument("reason", metavar="GRUND")
@deciding
@click.pass_obj
def reject(workspace: Workspace, id: str, reason: str, konto: str, passwort: str) -> None:
    """Lehnt einen Vorschlag mit Begründung ab."""
    db = database_of(workspace)
    with told():
        account = _account(db, konto, passwort)
        proposals.reject(db, _find(db, id), author_of(account), account.login, reason)
    click.echo("Abgelehnt.")


@command.command("withdraw")
@click.argument("id", metavar="VORSCHLAG")
@click.argument("reason", metavar="GRUND")
@click.option("--als", "author", envvar="LOTSE_AUTOR", default="", metavar="'NAME <MAIL>'", help="Wer den Vorschlag gemacht hat; sonst der Name aus git config oder LOTSE_AUTOR.")
@click.pass_obj
def withdraw(workspace: Workspace, id: str, reason: str, author: str) -> None:
    """Zieht den eigenen Vorschlag zurück."""
    db = database_of(workspace)
    with told():
        person, row = whose(author, workspace), _find(db, id)
        if not proposals.is_by(row, person):
            raise refuse(f"Der Vorschlag ist von {row.author}.", "Nur die eigenen lassen sich zurückziehen; andere lehnt „lotse proposals reject“ ab.")
        proposals.reject(db, row, person, person.mail, reason)
    click.echo("Zurückgezogen.")


def _find(db: Database, id: str) -> Any:
    row = stored.find(db, id) if is_id(id) else None
    if row is None:
        raise refuse("Diesen Vorschlag gibt es nicht.", "Kennungen zeigt „lotse proposals list“.")
    return row


def _account(db: Database, login: str, password: str) -> Account:
    from bot.team.signin import SignInError, identify

    try:
        account = identify(db, login, password, ACTOR)
    except SignInError as error:
        raise refuse(str(error), "Der Anmeldename ist der der Konsole; Konten mit Dienstanmeldung entscheiden in der Konsole.") from None
    problem = "Das Einmalpasswort muss zuerst in der Konsole geändert werden." if account.temporary else "" if roles.may(account.role, roles.PUBLISH) else f"Dafür brauchen Sie die Rolle „{roles.PUBLISH}“, Ihre Rolle ist „{account.role}“."
    if problem:
        raise EditError(refuse(problem, "Eine andere Person bitten.").errors)
    return account
