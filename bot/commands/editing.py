"""Shared by all commands that edit contents: who edits, the checked preview, the question, the writing or the proposal to a second person, and faults in German."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Iterator

import click

from bot.commands import ACTOR
from bot.editor.changes import Change
from bot.editor.errors import Busy, EditError, Stale, Unwritable
from bot.editor.four_eyes import change_needs_second_person
from bot.editor.transaction import apply, recover
from bot.editor.validate import check
from bot.editor.workspace import Author, Workspace
from bot.knowledge.base import ROOT, Knowledge

if TYPE_CHECKING:
    from bot.store.database import Database

LAW = "Rechtlicher Inhalt oder ein Betrag ändert sich. Daraus wird ein Vorschlag; eine zweite Person mit der Rolle „freigeben“ muss zustimmen."
COLOURS = {"+": "green", "-": "red"}


def editing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the options that every editing command has."""
    for option in (
        click.option("--yes", is_flag=True, help="Ohne Rückfrage schreiben."),
        click.option("--dry-run", is_flag=True, help="Nur zeigen, was sich ändern würde."),
        click.option("--als", "author", envvar="LOTSE_AUTOR", default="", metavar="'NAME <MAIL>'", help="Wer ändert; sonst der Name aus git config oder LOTSE_AUTOR."),
    ):
        command = option(command)
    return command


def projects(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the option for another project."""
    return click.option("--projekt", "root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=ROOT, help="Ein anderer Projektordner, zum Ausprobieren.")(command)


@contextmanager
def told() -> Iterator[None]:
    """Turns refusals of the editor into one message each and exit code 2 (3 when somebody else is writing or the machine does not let us)."""
    try:
        yield
    except EditError as refusal:
        raise _Refused("\n".join(str(e) for e in refusal.errors), 3 if isinstance(refusal, (Busy, Stale, Unwritable)) else 2) from None


class _Refused(click.ClickException):
    """A refusal with its exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.exit_code = code  # type: ignore[misc]


def carry_out(change: Change, workspace: Workspace, author: str, yes: bool, dry_run: bool, look: Callable[[Knowledge], str] | None = None) -> None:
    """Checks a change, shows it, asks, and writes it, or proposes it when law or amounts change: then somebody else has to agree, as in the console.

    Args:
        look: what else to show, from the content as it would be.

    Raises:
        EditError: the change would break a rule.
    """
    if change.is_empty:
        click.echo("Nichts zu ändern.")
        return
    findings = check(change, workspace)
    if findings.errors:
        raise EditError(findings.errors)
    show_diffs(change)
    if look and findings.knowledge:
        click.echo(look(findings.knowledge))
    second = change_needs_second_person(change, workspace)
    for note in (*change.notes, *findings.warnings, *([LAW] if second else [])):
        click.echo(f"Hinweis: {note}")
    if dry_run:
        click.echo("Nichts geschrieben (--dry-run).")
        return
    person = whose(author, workspace)
    if not yes:
        ask(f"Als {person} {'vorschlagen' if second else 'schreiben'}?")
    if second:
        _propose(change, person, workspace)
        return
    done = apply(change, person, workspace)
    click.echo(f"Geschrieben: {len(change.edits)} {'Datei' if len(change.edits) == 1 else 'Dateien'}" + (f", Commit {done.commit[:10]}" if done.commit else ""))
    for note in (n for n in done.notes if n not in (*change.notes, *findings.warnings)):
        click.echo(f"Hinweis: {note}")


def ask(question: str) -> None:
    """Goes on after „j“; otherwise the command ends with 1 and nothing is changed."""
    if click.prompt(f"{question} [j/N]", default="n", show_default=False).lower() not in ("j", "ja", "y"):
        click.echo("Nichts geändert.")
        raise click.exceptions.Exit(1)


def show_diffs(change: Change) -> None:
    """Prints the differences of all files, coloured on a terminal."""
    for diff in change.diffs().values():
        for line in diff.splitlines():
            click.secho(line, fg=COLOURS.get(line[:1]) if not line.startswith(("+++", "---")) else None, bold=line.startswith(("+++", "---")))


def _propose(change: Change, person: Author, workspace: Workspace) -> None:
    from bot.team import proposals

    id = proposals.propose(database_of(workspace), person, ACTOR, change, workspace, "befehl")
    click.echo(f"Vorgeschlagen, noch nicht geschrieben. Annehmen kann jemand anderes mit der Rolle „freigeben“, in der Konsole oder mit: lotse proposals accept {id}")


def database_of(workspace: Workspace) -> Database:
    """Returns the database with the proposals for a project folder; another folder than ours has its own."""
    from bot.store.database import Database

    return Database() if workspace.root == ROOT else Database(f"sqlite:///{workspace.root}/var/lotse.db")


def whose(author: str, workspace: Workspace) -> Author:
    """Returns the person from `--als`, else from git's settings.

    Raises:
        EditError: no name or address.
    """
    if author:
        name, _, mail = author.removesuffix(">").rpartition("<")
        return Author(name.strip(), mail.strip())
    return Author(_setting("user.name", workspace), _setting("user.email", workspace))


def opened(root: Path) -> Workspace:
    """Returns the project; finishes what a killed process left."""
    workspace = Workspace(root.resolve())
    with told():
        for sentence in recover(workspace):
            click.echo(f"Hinweis: {sentence}", err=True)
    return workspace


def _setting(name: str, workspace: Workspace) -> str:
    try:
        return subprocess.run(["git", "config", name], cwd=workspace.root, capture_output=True, text=True, timeout=10).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""
