"""Parts of `lotse inbox` that lead into the training data and out of it, as the page „In die Trainingsdaten“ does."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.editing import ask, opened, projects, show_diffs, told, whose
from bot.editor.errors import refuse
from bot.store import labels
from bot.store.database import Database
from bot.team.inbox import takeover

AUTHOR = click.option("--autor", default="", envvar="LOTSE_AUTOR", help="Wer übernimmt, als „Name <adresse@beispiel.de>“; wird Autor des Commits. Sonst der Name aus git config.")


@click.command("waiting")
@projects
def waiting(root: Path) -> None:
    """Zeigt die zugeordneten Sätze, die in die Trainingsdaten können, mit der Kennung ihrer Zuordnung."""
    db, workspace = Database(), opened(root)
    with told():
        found = takeover.candidates(db, workspace)
    for one in found:
        click.echo(f"{one.id}  {one.intent}  {one.sentence}{'  (steht schon da)' if one.known else ''}{f'  ({one.problem})' if one.problem else ''}")
    gone = len(labels.withdrawn(db))
    click.echo(f"{len(found)} warten." + (f" {gone} Formulierungen stammen aus gelöschten Gesprächen: lotse inbox withdraw" if gone else ""))


@click.command("take")
@click.argument("ids", nargs=-1, metavar="[ZUORDNUNG]…")
@AUTHOR
@projects
@click.option("--satz", "rewritten", default="", help="Bei genau einer ZUORDNUNG: der Satz, wie er übernommen werden soll.")
@click.option("--pruefung", "as_test", is_flag=True, help="Die Sätze auch als Prüfung behalten: Kein späteres Modell darf sie wieder falsch verstehen.")
@click.option("--yes", is_flag=True, help="Ohne Rückfrage schreiben.")
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was sich ändern würde.")
def take(ids: tuple[str, ...], autor: str, root: Path, rewritten: str, as_test: bool, yes: bool, dry_run: bool) -> None:
    """Übernimmt zugeordnete Sätze in die Trainingsdaten, als einen Commit; ohne Angabe alle, in denen nichts geschwärzt ist."""
    db, workspace = Database(), opened(root)
    with told():
        found = {c.id: c for c in takeover.candidates(db, workspace)}
        unknown = [id for id in ids if id not in found]
        if unknown:
            raise refuse(f"Die Zuordnung „{unknown[0][:40]}“ wartet nicht.", "Kennungen zeigt „lotse inbox waiting“.")
        if rewritten and len(ids) != 1:
            raise refuse("--satz gehört zu genau einer Zuordnung.", "Eine Kennung angeben.")
        chosen = {id: rewritten or found[id].sentence for id in ids or found if rewritten or not found[id].problem}
        for candidate in found.values():
            if candidate.problem and candidate.id not in chosen and (not ids or candidate.id in ids):
                click.echo(f"Ausgelassen: „{candidate.sentence}“. {candidate.problem}")
        if not chosen:
            click.echo("Nichts zu übernehmen.")
            return
        change, written = takeover.prepare(db, chosen, workspace, chosen if as_test else ())
        show_diffs(change)
        if dry_run:
            click.echo("Nichts geschrieben (--dry-run).")
            return
        author = whose(autor, workspace)
        if not yes:
            ask("So übernehmen?")
        applied = takeover.take_over(db, author, author.mail, change, written, workspace)
    click.echo(f"Übernommen ({applied.commit[:10] or 'kein Commit'}). Das nächste Training kennt die Sätze.")


@click.command("withdraw")
@AUTHOR
@projects
@click.option("--yes", is_flag=True, help="Ohne Rückfrage schreiben.")
def withdraw(autor: str, root: Path, yes: bool) -> None:
    """Entfernt aus den Trainingsdaten, was nur in inzwischen gelöschten Gesprächen stand."""
    db, workspace = Database(), opened(root)
    rows = labels.withdrawn(db)
    if not rows:
        click.echo("Nichts zu entfernen.")
        return
    with told():
        author = whose(autor, workspace)
        for row in rows:
            click.echo(f"- {row.intent or row.kind}: {row.sentence}")
        if not yes:
            ask("So entfernen?")
        total, notes = takeover.withdraw(db, author, author.mail, workspace)
    click.echo(f"{total} Sätze entfernt. Das nächste Training kennt sie nicht mehr.")
    for note in notes:
        click.echo(f"Hinweis: {note}")


commands = (waiting, take, withdraw)
