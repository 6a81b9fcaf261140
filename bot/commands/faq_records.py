"""Parts of `lotse faq`: list, look at and edit answers, as the pages below `/team/inhalte` do."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import click

from bot.commands.editing import carry_out, editing, told
from bot.commands.records import as_yaml, fields_option, given
from bot.editor.workspace import Workspace
from bot.knowledge.base import Knowledge
from bot.knowledge.faq import Faq

SOON = dt.timedelta(days=30)
DUE = ("faellig", "bald", "ungeklaert")
LEVELS = {"klar": "Antwort", "einfach": "Einfacher erklären", "mehr": "Mehr dazu"}


@click.command("list")
@click.argument("words", nargs=-1, metavar="[WORT]…")
@click.option("--thema", default="", help="Nur dieses Thema (Kennung).")
@click.option("--pruefung", type=click.Choice(DUE), default=None, help="Nur überfällige, in 30 Tagen fällige oder ungeklärte.")
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
@click.pass_obj
def list_faqs(workspace: Workspace, words: tuple[str, ...], thema: str, pruefung: str | None, as_json: bool) -> None:
    """Zeigt Antworten mit nächster Prüfung, auf Wunsch nur die mit allen Wörtern."""
    from bot.knowledge.places import fold

    day = dt.date.today()
    wanted = [fold(word) for word in words]
    found = [f for f in Knowledge.load(workspace.data).faqs.values()
             if thema in ("", f.thema) and all(word in fold(f"{f.id} {f.frage} {f.kurz} {f.antwort}") for word in wanted) and _is_due(f, pruefung, day)]
    found.sort(key=lambda f: f.id)
    if as_json:
        click.echo(json.dumps([{"kennung": f.id, "frage": f.frage, "thema": f.thema, "pruefen_bis": f.pruefen_bis.isoformat(), "sicher": f.sicher} for f in found], ensure_ascii=False, indent=2))
        return
    for f in found:
        click.echo(f"{f.id}  {f.pruefen_bis:%d.%m.%Y}{'  überfällig' if f.is_overdue(day) else ''}  {f.frage}")
    click.echo(f"{len(found)} {'Antwort' if len(found) == 1 else 'Antworten'}")


@click.command("show")
@click.argument("faq", metavar="KENNUNG")
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
@click.pass_obj
def show(workspace: Workspace, faq: str, as_json: bool) -> None:
    """Zeigt die Felder einer Antwort als YAML (brauchbar für --aus), und wie sie im Chat steht."""
    from bot.editor.faq_form import faq_values

    with told():
        values = {field: value for field, value in faq_values(faq, workspace).items() if value is not None}
        if as_json:
            click.echo(json.dumps(values, ensure_ascii=False, indent=2))
            return
        click.echo(as_yaml(values))
        click.echo(in_chat(faq, Knowledge.load(workspace.data)))


@click.command("edit")
@click.argument("faq", metavar="KENNUNG")
@fields_option
@editing
@click.pass_obj
def edit(workspace: Workspace, faq: str, pairs: tuple[str, ...], source: Any, author: str, yes: bool, dry_run: bool) -> None:
    """Ändert Felder einer Antwort, zum Beispiel kurz="Neuer Titel" stand=2026-11-25. Ein leerer Wert entfernt das Feld.

    Listen wie in data/faq/: quellen="[{titel: …, url: 'https://…'}]", verwandt="[a, b]". Nennt die Antwort Recht, wird die Änderung ein Vorschlag.
    """
    from bot.editor.faq_form import edit_faq

    with told():
        carry_out(edit_faq(faq, given(pairs, source), workspace), workspace, author, yes, dry_run, lambda knowledge: in_chat(faq, knowledge))


def in_chat(faq: str, knowledge: Knowledge) -> str:
    """Returns how an answer reads in the chat today, level by level."""
    from bot.knowledge.render import render_faq

    record = knowledge.faqs[faq]
    levels = [level for level in LEVELS if level != "mehr" or record.mehr]
    return "\n\n".join(f"Im Chat, {LEVELS[level]}:\n{render_faq(knowledge, record, level, dt.date.today()).text}" for level in levels)


def _is_due(faq: Faq, due: str | None, day: dt.date) -> bool:
    return {"faellig": faq.is_overdue(day), "bald": faq.is_overdue(day + SOON), "ungeklaert": faq.sicher == "ungeklaert"}.get(due or "", True)


commands = (list_faqs, show, edit)
