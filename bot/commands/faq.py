"""`lotse faq`: new FAQs, other ids, two into one, and taking a change back."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click
import yaml

from bot.commands.editing import carry_out, editing, opened, projects, told
from bot.editor.errors import refuse
from bot.editor.workspace import Workspace


@click.group("faq")
@projects
@click.pass_context
def command(ctx: click.Context, root: Path) -> None:
    """FAQ anlegen, umbenennen, zusammenlegen; Änderungen zurücknehmen."""
    ctx.obj = opened(root)


@command.command("new")
@click.argument("faq", metavar="KENNUNG")
@click.argument("record", metavar="ANTWORT.yml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("sentences", metavar="SÄTZE.txt", type=click.File(encoding="utf-8"))
@editing
@click.pass_obj
def new(workspace: Workspace, faq: str, record: Path, sentences: TextIO, author: str, yes: bool, dry_run: bool) -> None:
    """Legt eine FAQ an: aus den Feldern in ANTWORT.yml (wie in data/faq/) und einem Satz je Zeile in SÄTZE.txt."""
    from bot.editor.faq_files import new_faq
    from bot.editor.yaml_text import values

    with told():
        try:
            fields = values(record.read_text(encoding="utf-8"))
            lines = [line.strip() for line in sentences if line.strip()]
        except (yaml.YAMLError, UnicodeDecodeError, ValueError):
            raise refuse("Die Datei ist kein lesbarer Text.", "Als UTF-8 speichern, Aufbau mit einer Datei in data/faq/ vergleichen.", place=record.name) from None
        if not isinstance(fields, dict):
            raise refuse("Die Datei enthält keine Felder.", "Aufbau mit einer Datei in data/faq/ vergleichen.", place=record.name)
        plain = {str(k): v.isoformat() if hasattr(v, "isoformat") else v for k, v in fields.items()}
        carry_out(new_faq(faq, plain, lines, workspace), workspace, author, yes, dry_run)


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
@click.argument("commit", metavar="COMMIT")
@editing
@click.pass_obj
def undo_change(workspace: Workspace, commit: str, author: str, yes: bool, dry_run: bool) -> None:
    """Nimmt eine Änderung an den Inhalten zurück; was andere danach geändert haben, bleibt."""
    from bot.editor.undo import undo

    with told():
        carry_out(undo(commit, workspace), workspace, author, yes, dry_run)
