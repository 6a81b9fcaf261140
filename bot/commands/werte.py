"""`lotse werte`: amounts, quotas and deadlines of data/werte.yml, as the pages below `/team/werte` edit them; every change needs a second person."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import click

from bot.commands.editing import carry_out, editing, opened, projects, told
from bot.commands.records import as_yaml, fields_option, given
from bot.editor.workspace import Workspace
from bot.knowledge.base import Knowledge


@click.group("werte")
@projects
@click.pass_context
def command(ctx: click.Context, root: Path) -> None:
    """Beträge, Kontingente und Fristen zeigen und ändern."""
    ctx.obj = opened(root)


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
@click.pass_obj
def list_werte(workspace: Workspace, as_json: bool) -> None:
    """Zeigt alle Werte mit dem, was heute gilt, und der nächsten Prüfung."""
    day, werte = dt.date.today(), Knowledge.load(workspace.data).werte.values()
    if as_json:
        click.echo(json.dumps([{"kennung": w.id, "bezeichnung": w.bezeichnung, "heute": w.text(day), "pruefen_bis": w.pruefen_bis.isoformat()} for w in werte], ensure_ascii=False, indent=2))
        return
    for w in werte:
        click.echo(f"{w.id}  {w.text(day)}  ({w.bezeichnung}; prüfen bis {w.pruefen_bis:%d.%m.%Y})")


@command.command("show")
@click.argument("wert", metavar="KENNUNG")
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
@click.pass_obj
def show(workspace: Workspace, wert: str, as_json: bool) -> None:
    """Zeigt die Felder eines Werts als YAML (brauchbar für --aus), was heute gilt, und welche Antworten ihn nennen."""
    from bot.editor.wert_form import wert_values

    with told():
        values = {field: value for field, value in wert_values(wert, workspace).items() if value is not None}
        click.echo(json.dumps(values, ensure_ascii=False, indent=2) if as_json else as_yaml(values) + _effect(wert, Knowledge.load(workspace.data)))


@command.command("edit")
@click.argument("wert", metavar="KENNUNG")
@fields_option
@editing
@click.pass_obj
def edit(workspace: Workspace, wert: str, pairs: tuple[str, ...], source: Any, author: str, yes: bool, dry_run: bool) -> None:
    """Ändert Felder eines Werts, zum Beispiel geprueft_am=2026-11-25. Für ein neues Jahr: „lotse werte new“."""
    from bot.editor.wert_form import edit_wert

    with told():
        carry_out(edit_wert(wert, given(pairs, source), workspace), workspace, author, yes, dry_run, lambda knowledge: _effect(wert, knowledge))


@command.command("new")
@click.argument("wert", metavar="KENNUNG")
@click.argument("amount", metavar="BETRAG")
@click.option("--bis-zu", "upper", default="", help="Oberes Ende einer Spanne.")
@click.option("--ab", "since", required=True, metavar="JJJJ-MM-TT", help="Erster Geltungstag.")
@click.option("--bis", "until", default="", metavar="JJJJ-MM-TT", help="Letzter Geltungstag; ohne: bis auf Weiteres.")
@click.option("--geprueft-am", "checked", required=True, metavar="JJJJ-MM-TT", help="Tag, an dem Sie die Quelle gelesen haben.")
@click.option("--pruefen-bis", "review", required=True, metavar="JJJJ-MM-TT", help="Wann wieder zu prüfen ist.")
@editing
@click.pass_obj
def new(workspace: Workspace, wert: str, amount: str, upper: str, since: str, until: str, checked: str, review: str, author: str, yes: bool, dry_run: bool) -> None:
    """Ergänzt einen Betrag, der ab einem Tag gilt; der bisherige bekommt seinen letzten Tag."""
    from bot.editor.wert_form import new_stage

    with told():
        stage = {"wert": amount, "wert_bis": upper, "ab": since, "bis": until}
        carry_out(new_stage(wert, stage, checked, review, workspace), workspace, author, yes, dry_run, lambda knowledge: _effect(wert, knowledge))


def _effect(wert: str, knowledge: Knowledge) -> str:
    known = knowledge.werte[wert]
    used = [faq.id for faq in knowledge.faqs.values() if f"{{werte.{wert}" in f"{faq.antwort} {faq.antwort_einfach} {faq.mehr}"]
    return f"Heute: {known.text(dt.date.today())}\nIn {len(used)} Antworten: {', '.join(used) or 'keiner'}"
