"""`lotse phrasings`: training sentences by the command line; each change is shown, checked, written whole and committed."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.commands.editing import carry_out, editing, opened, projects, told
from bot.editor.phrasings import add_phrasings, all_phrasings, move_phrasings, remove_phrasings, unknown_intent
from bot.editor.workspace import Workspace


@click.group("phrasings")
@projects
@click.pass_context
def command(ctx: click.Context, root: Path) -> None:
    """Formulierungen zeigen, ergänzen, verschieben, prüfen, als Tabelle ausgeben und einlesen."""
    ctx.obj = opened(root)


@command.command("list")
@click.argument("intent", required=False, metavar="[ABSICHT]")
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
@click.pass_obj
def list_phrasings(workspace: Workspace, intent: str | None, as_json: bool) -> None:
    """Zeigt die Sätze einer Absicht, oder alle Absichten mit ihrer Anzahl."""
    known = all_phrasings(workspace)
    if intent is not None:
        with told():
            if intent not in known:
                raise unknown_intent(intent, known)
        click.echo(json.dumps(known[intent], ensure_ascii=False, indent=2) if as_json else "\n".join(known[intent]))
        return
    if as_json:
        click.echo(json.dumps({name: len(sentences) for name, sentences in known.items()}, ensure_ascii=False, indent=2))
        return
    for name, sentences in sorted(known.items()):
        click.echo(f"{len(sentences):5}  {name}")
    click.echo(f"{sum(map(len, known.values()))} Formulierungen in {len(known)} Absichten")


@command.command("add")
@click.argument("intent", metavar="ABSICHT")
@click.argument("sentences", nargs=-1, required=True, metavar="SATZ…")
@editing
@click.pass_obj
def add(workspace: Workspace, intent: str, sentences: tuple[str, ...], author: str, yes: bool, dry_run: bool) -> None:
    """Ergänzt Sätze bei einer Absicht, zum Beispiel faq/anabin."""
    with told():
        carry_out(add_phrasings(intent, sentences, workspace), workspace, author, yes, dry_run)


@command.command("remove")
@click.argument("intent", metavar="ABSICHT")
@click.argument("sentences", nargs=-1, required=True, metavar="SATZ…")
@editing
@click.pass_obj
def remove(workspace: Workspace, intent: str, sentences: tuple[str, ...], author: str, yes: bool, dry_run: bool) -> None:
    """Entfernt Sätze einer Absicht."""
    with told():
        carry_out(remove_phrasings(intent, sentences, workspace), workspace, author, yes, dry_run)


@command.command("move")
@click.argument("source", metavar="VON")
@click.argument("target", metavar="NACH")
@click.argument("sentences", nargs=-1, required=True, metavar="SATZ…")
@editing
@click.pass_obj
def move(workspace: Workspace, source: str, target: str, sentences: tuple[str, ...], author: str, yes: bool, dry_run: bool) -> None:
    """Verschiebt Sätze von einer Absicht zu einer anderen."""
    with told():
        carry_out(move_phrasings(source, target, sentences, workspace), workspace, author, yes, dry_run)


@command.command("check")
@click.argument("intent", metavar="ABSICHT")
@click.argument("sentences", nargs=-1, required=True, metavar="SATZ…")
@click.option("--json", "as_json", is_flag=True, help="Als JSON ausgeben.")
@click.pass_obj
def check(workspace: Workspace, intent: str, sentences: tuple[str, ...], as_json: bool) -> None:
    """Sagt, ob Sätze zu anderen Absichten in Konflikt stehen oder nichts Neues lehren. Ende mit 1 bei einem Konflikt."""
    from dataclasses import asdict

    from bot.editor.radar import Radar

    with told():
        if intent not in all_phrasings(workspace):
            raise unknown_intent(intent, all_phrasings(workspace))
    radar = Radar.of(workspace)
    seen = {sentence: radar.check(sentence, intent) for sentence in sentences}
    if as_json:
        click.echo(json.dumps({sentence: asdict(result) for sentence, result in seen.items()}, ensure_ascii=False, indent=2))
    else:
        for sentence, result in seen.items():
            click.secho(f"{result.verdict}: {sentence}", bold=True, fg={"gut": "green", "doppelt": "yellow"}.get(result.verdict, "red"))
            click.echo(f"  {result.message}\n  Nächste Absichten: {', '.join(f'{name} {nearness:.2f}' for name, nearness in result.intents)}")
            for near in (*result.conflicts, *result.duplicates)[:5]:
                click.echo(f"  {near.cosine:.2f}  {near.intent}: {near.text}")
            for near in result.closer[:5] if result.harm else ():
                click.echo(f"  zieht an  {near.intent}: {near.text}")
    if any(result.verdict == "konflikt" for result in seen.values()):
        raise click.exceptions.Exit(1)


@command.command("export")
@click.argument("path", metavar="DATEI", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--absicht", "intents", multiple=True, help="Nur diese Absicht; mehrfach möglich.")
@click.option("--excel", is_flag=True, help="CSV mit BOM, damit Excel die Umlaute erkennt.")
@click.pass_obj
def export(workspace: Workspace, path: Path, intents: tuple[str, ...], excel: bool) -> None:
    """Gibt Formulierungen als .csv oder .xlsx aus."""
    from bot.editor.tables import export_csv, export_xlsx

    known = all_phrasings(workspace)
    with told():
        for intent in intents:
            if intent not in known:
                raise unknown_intent(intent, known)
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise click.UsageError("Der Dateiname muss auf .csv oder .xlsx enden.")
    chosen = intents or None
    try:
        path.write_bytes(export_xlsx(chosen, workspace) if path.suffix.lower() == ".xlsx" else export_csv(chosen, workspace, excel))
    except OSError as error:
        raise click.ClickException(f"{path} ist nicht schreibbar ({error.strerror}).") from None
    click.echo(f"Geschrieben: {sum(len(known[i]) for i in chosen or known)} Formulierungen in {path}")


@command.command("import")
@click.argument("path", metavar="DATEI", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@editing
@click.pass_obj
def import_(workspace: Workspace, path: Path, author: str, yes: bool, dry_run: bool) -> None:
    """Liest eine Tabelle mit den Spalten kennung, satz, aktion. Was nicht darin steht, bleibt."""
    from bot.editor.table_import import import_table
    from bot.editor.table_read import MAX_BYTES

    with told(), path.open("rb") as file:
        carry_out(import_table(file.read(MAX_BYTES + 1), path.name, workspace), workspace, author, yes, dry_run)
