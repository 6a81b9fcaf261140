"""Shared by `lotse phrasings` and `lotse faq`: who edits, the preview, the question, the writing, and faults in German."""

from __future__ import annotations

import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable, Iterator

import click

from bot.editor.changes import Change
from bot.editor.errors import Busy, EditError, Stale
from bot.editor.four_eyes import change_needs_second_person
from bot.editor.transaction import apply, recover
from bot.editor.workspace import Author, Workspace
from bot.knowledge.base import ROOT

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
    """Adds the option for another project folder."""
    return click.option("--projekt", "root", type=click.Path(exists=True, file_okay=False, path_type=Path), default=ROOT, help="Ein anderer Projektordner, zum Ausprobieren.")(command)


@contextmanager
def told() -> Iterator[None]:
    """Turns refusals of the editor into one message each and exit code 2 (3 when somebody else is writing)."""
    try:
        yield
    except EditError as refusal:
        raise _Refused("\n".join(str(e) for e in refusal.errors), 3 if isinstance(refusal, (Busy, Stale)) else 2) from None


class _Refused(click.ClickException):
    """A refusal with its exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.exit_code = code  # type: ignore[misc]


def carry_out(change: Change, workspace: Workspace, author: str, yes: bool, dry_run: bool) -> None:
    """Shows a change, asks, and writes it."""
    if change.is_empty:
        click.echo("Nichts zu ändern.")
        return
    for diff in change.diffs().values():
        for line in diff.splitlines():
            click.secho(line, fg=COLOURS.get(line[:1]) if not line.startswith(("+++", "---")) else None, bold=line.startswith(("+++", "---")))
    for note in change.notes:
        click.echo(f"Hinweis: {note}")
    if change_needs_second_person(change, workspace):
        click.echo("Hinweis: Rechtlicher Inhalt ändert sich. Bitte von einer zweiten Person prüfen lassen.")
    if dry_run:
        click.echo("Nichts geschrieben (--dry-run).")
        return
    person = whose(author)
    if not yes and click.prompt(f"Als {person} schreiben? [j/N]", default="n", show_default=False).lower() not in ("j", "ja", "y"):
        click.echo("Nichts geändert.")
        raise click.exceptions.Exit(1)
    done = apply(change, person, workspace)
    click.echo(f"Geschrieben: {len(change.edits)} {'Datei' if len(change.edits) == 1 else 'Dateien'}" + (f", Commit {done.commit[:10]}" if done.commit else ""))
    for note in done.notes:
        if note not in change.notes:
            click.echo(f"Hinweis: {note}")


def whose(author: str) -> Author:
    """Returns the person from `--als`, else from git's settings.

    Raises:
        EditError: no name or address.
    """
    if author:
        name, _, mail = author.removesuffix(">").rpartition("<")
        return Author(name.strip(), mail.strip())
    return Author(_setting("user.name"), _setting("user.email"))


def opened(root: Path) -> Workspace:
    """Returns the project; finishes what a killed process left."""
    workspace = Workspace(root.resolve())
    with told():
        for sentence in recover(workspace):
            click.echo(f"Hinweis: {sentence}", err=True)
    return workspace


def _setting(name: str) -> str:
    try:
        return subprocess.run(["git", "config", name], cwd=ROOT, capture_output=True, text=True, timeout=10).stdout.strip()
    except OSError:
        return ""
