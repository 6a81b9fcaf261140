"""`lotse faq`: new FAQs, other ids, two into one, one into two, and taking a change back. Looking and editing: `faq_records.py`."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import click

from bot.commands import faq_records
from bot.commands.editing import carry_out, editing, opened, projects, told
from bot.commands.records import record
from bot.editor.errors import refuse
from bot.editor.workspace import Workspace
from bot.knowledge.yamlfile import MAX_BYTES


@click.group("faq")
@projects
@click.pass_context
def command(ctx: click.Context, root: Path) -> None:
    """FAQ zeigen, ändern, anlegen, umbenennen, zusammenlegen, trennen; Änderungen zurücknehmen."""
    ctx.obj = opened(root)


for part in faq_records.commands:
    command.add_command(part)


@command.command("new")
@click.argument("faq", metavar="KENNUNG")
@click.argument("path", metavar="ANTWORT.yml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("sentences", metavar="SÄTZE.txt", type=click.File("rb"))
@editing
@click.pass_obj
def new(workspace: Workspace, faq: str, path: Path, sentences: BinaryIO, author: str, yes: bool, dry_run: bool) -> None:
    """Legt eine FAQ an: aus den Feldern in ANTWORT.yml (wie in data/faq/) und einem Satz je Zeile in SÄTZE.txt."""
    from bot.editor.faq_files import new_faq

    with told():
        carry_out(new_faq(faq, record(path), read_lines(sentences), workspace), workspace, author, yes, dry_run)


@command.command("split")
@click.argument("source", metavar="VON")
@click.argument("faq", metavar="KENNUNG")
@click.argument("path", metavar="ANTWORT.yml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("sentences", metavar="SÄTZE.txt", type=click.File("rb"))
@editing
@click.pass_obj
def split(workspace: Workspace, source: str, faq: str, path: Path, sentences: BinaryIO, author: str, yes: bool, dry_run: bool) -> None:
    """Trennt von der FAQ VON eine neue ab: Felder aus ANTWORT.yml, und die Sätze von VON, die in SÄTZE.txt stehen, gehen mit."""
    from bot.editor.merge import split_faq

    with told():
        carry_out(split_faq(source.removeprefix("faq/"), faq, record(path), read_lines(sentences), workspace), workspace, author, yes, dry_run)


@command.command("rename")
@click.argument("old", metavar="ALT")
@click.argument("new_id", metavar="NEU")
@editing
@click.pass_obj
def rename(workspace: Workspace, old: str, new_id: str, author: str, yes: bool, dry_run: bool) -> None:
    """Gibt einer FAQ eine andere Kennung, überall in data/ und tests/."""
    from bot.editor.faq_ids import rename_faq

    with told():
        carry_out(rename_faq(old, new_id, workspace), workspace, author, yes, dry_run)


@command.command("merge")
@click.argument("source", metavar="VON")
@click.argument("target", metavar="IN")
@editing
@click.pass_obj
def merge(workspace: Workspace, source: str, target: str, author: str, yes: bool, dry_run: bool) -> None:
    """Legt die FAQ VON mit der FAQ IN zusammen: Sätze, Verweise und Prüffragen gehen mit, die Antwort von VON entfällt."""
    from bot.editor.merge import merge_faqs

    with told():
        carry_out(merge_faqs(source, target, workspace), workspace, author, yes, dry_run)


@command.command("undo")
@click.argument("commit", metavar="[COMMIT]", required=False)
@editing
@click.pass_obj
def undo_change(workspace: Workspace, commit: str | None, author: str, yes: bool, dry_run: bool) -> None:
    """Nimmt eine Änderung an den Inhalten zurück; was andere danach geändert haben, bleibt. Ohne COMMIT: zeigt die letzten Änderungen."""
    from bot.editor.undo import recent, undo

    with told():
        if commit:
            carry_out(undo(commit, workspace), workspace, author, yes, dry_run)
            return
        for line in recent(workspace):
            click.echo(line)


def read_lines(file: BinaryIO) -> list[str]:
    """Returns the sentences of a text file, one per line.

    Raises:
        EditError: it is not UTF-8, with the line.
    """
    raw = file.read(MAX_BYTES + 1)
    name = Path(getattr(file, "name", "SÄTZE.txt")).name
    if len(raw) > MAX_BYTES:
        raise refuse("Die Datei ist größer als 2 MiB.", "Nur die Sätze dieser FAQ hineinschreiben.", place=name)
    try:
        return [line.strip() for line in raw.decode("utf-8-sig").splitlines() if line.strip()]
    except UnicodeDecodeError as error:
        raise refuse("Die Datei ist nicht in UTF-8 gespeichert.", "Als UTF-8 speichern.", place=f"{name}:{raw[: error.start].count(10) + 1}") from None
