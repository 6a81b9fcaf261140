"""`lotse inbox`: the inbox without a browser: look, label, take back, export, write to the training data."""

from __future__ import annotations

import csv
import sys

import click

from bot.editor.errors import EditError
from bot.editor.workspace import Author, Workspace
from bot.knowledge.base import DATA, Knowledge
from bot.store import audit, labels
from bot.store.database import Database
from bot.store.groups import sort_in
from bot.store.tables import ASIDE, DELETED, FOREIGN, FRESH, OTHER, RIGHT
from bot.store.values import is_id
from bot.team import gaps
from bot.team.inbox import listing, takeover
from bot.team.inbox.choices import choices, name_of
from bot.team.inbox.listing import DECISIONS, FEEDBACK, Filters

ACTOR = "kommandozeile"
KINDS = (RIGHT, OTHER, FRESH, FOREIGN, DELETED, ASIDE)


@click.group("inbox")
def command() -> None:
    """Posteingang: echte Nachrichten (geschwärzt) ansehen, zuordnen, in die Trainingsdaten übernehmen."""


@command.command("list")
@click.option("--most", type=click.IntRange(1, 1000), default=20, show_default=True, help="So viele zeigen.")
@click.option("--unsicher", is_flag=True, help="Nur mit geringer Sicherheit.")
@click.option("--rueckmeldung", type=click.Choice(FEEDBACK), default=None, help="Nur mit solcher Rückmeldung.")
@click.option("--entscheidung", type=click.Choice(list(DECISIONS)), default=None, help="Nur mit solcher Antwort.")
@click.option("--sprache", default="", help="Nur in dieser Sprache, zum Beispiel uk.")
@click.option("--woche", default="", help="Nur aus dieser Woche, zum Beispiel 2026-W48.")
def show(most: int, unsicher: bool, rueckmeldung: str | None, entscheidung: str | None, sprache: str, woche: str) -> None:
    """Zeigt offene Fragen, die lehrreichsten zuerst, mit ihrer Kennung."""
    db, knowledge = Database(), Knowledge.load()
    sort_in(db)
    filters = Filters("unsicher" if unsicher else "", rueckmeldung or "", sprache, woche, entscheidung or "")
    page = listing.page(db, filters, size=most)
    for item in page.items:
        best = f"{name_of(knowledge, item.ranking[0][0])} ({item.ranking[0][1]:.0%})" if item.ranking else "nicht verstanden"
        click.echo(f"{item.key}  {item.count}×  {DECISIONS[item.decision]}  {item.text}\n    → {best}{f'  [{item.bad}× schlecht]' if item.bad else ''}")
    counts = listing.counts(db)
    click.echo(f"{counts['wortlaute']} Fragen offen, aus {counts['nachrichten']} Nachrichten.")


@command.command("label")
@click.argument("kennung")
@click.argument("art", type=click.Choice(KINDS))
@click.option("--absicht", default="", help="Für „anders“: Kennung der FAQ oder Absicht, zum Beispiel faq/anabin.")
@click.option("--titel", default="", help="Für „neu“: Arbeitstitel der neuen FAQ.")
@click.option("--wer", default=ACTOR, help="Wer zuordnet, steht im Protokoll.")
def label(kennung: str, art: str, absicht: str, titel: str, wer: str) -> None:
    """Ordnet die Frage KENNUNG zu: ART sagt, was sie bedeutet."""
    db = Database()
    item = listing.one(db, kennung) if is_id(kennung) else None
    if item is None:
        raise click.UsageError("Diese Frage gibt es nicht. „lotse inbox list“ zeigt die Kennungen.")
    intent = item.ranking[0][0] if art == RIGHT and item.ranking else None
    if art == RIGHT and intent is None:
        raise click.UsageError("Das Modell hat nichts verstanden: „anders“ mit --absicht benutzen.")
    if art == OTHER:
        known = {c.intent for c in choices(Knowledge.load(), DATA / "nlu")}
        intent = absicht if absicht in known else f"faq/{absicht}"
        if intent not in known:
            raise click.UsageError(f"Die Absicht „{absicht}“ gibt es nicht. Zum Beispiel: --absicht faq/anabin")
    ids = labels.give(db, wer, [item.key], art, intent)
    if not ids:
        raise click.UsageError("Diese Frage ist schon zugeordnet.")
    if art == FRESH:
        gaps.propose(db, wer, item.key, item.message, titel or item.text)
    click.echo(f"{ids[0]}  zugeordnet ({art}). Zurück: lotse inbox undo {ids[0]}")


@command.command("undo")
@click.argument("zuordnung")
@click.option("--wer", default=ACTOR, help="Wer zurücknimmt, steht im Protokoll.")
def undo(zuordnung: str, wer: str) -> None:
    """Nimmt eine Zuordnung zurück, solange sie nicht in den Trainingsdaten ist."""
    if not labels.undo(Database(), wer, [zuordnung]):
        raise click.UsageError("Das lässt sich nicht (mehr) zurücknehmen.")
    click.echo("Zurückgenommen; die Frage ist wieder offen.")


@command.command("export")
@click.argument("datei", type=click.Path(dir_okay=False, writable=True), required=False)
@click.option("--most", type=click.IntRange(1, 100_000), default=10_000, show_default=True)
def export(datei: str | None, most: int) -> None:
    """Schreibt die offenen Fragen als CSV (ohne DATEI: auf die Standardausgabe). Der Export steht im Protokoll."""
    db = Database()
    sort_in(db)
    items = listing.page(db, size=most).items
    out = open(datei, "w", encoding="utf-8-sig", newline="") if datei else sys.stdout  # noqa: SIM115
    try:
        writer = csv.writer(out, delimiter=";", lineterminator="\n")
        writer.writerow(["kennung", "text", "sprache", "verstanden", "sicherheit", "entscheidung", "anzahl", "schlecht", "veraltet", "woche"])
        for item in items:
            best = item.ranking[0] if item.ranking else ("", 0.0)
            row = [item.key, item.text, item.language, best[0], f"{best[1]:.2f}", item.decision, item.count, item.bad, item.outdated, item.week]
            writer.writerow([f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in row])
    finally:
        if datei:
            out.close()
    audit.note(db, ACTOR, "posteingang_ausgeleitet", None, {"fragen": len(items)})
    if datei:
        click.echo(f"{len(items)} Fragen nach {datei} geschrieben.")


@command.command("take")
@click.option("--autor", required=True, help="Wer übernimmt, als „Name <adresse@beispiel.de>“; wird Autor des Commits.")
@click.option("--yes", is_flag=True, help="Ohne Rückfrage schreiben.")
def take(autor: str, yes: bool) -> None:
    """Übernimmt alle zugeordneten Sätze ohne Platzhalter in die Trainingsdaten, als einen Commit."""
    db, workspace = Database(), Workspace()
    waiting = takeover.candidates(db, workspace)
    chosen = {c.id: c.sentence for c in waiting if not c.problem}
    for candidate in waiting:
        if candidate.problem:
            click.echo(f"Ausgelassen: „{candidate.sentence}“. {candidate.problem}")
    if not chosen:
        click.echo("Nichts zu übernehmen.")
        return
    try:
        name, _, mail = autor.removesuffix(">").partition(" <")
        author = Author(name, mail)
        change, written = takeover.prepare(db, chosen, workspace)
        for diff in change.diffs().values():
            click.echo(diff)
        if not yes:
            click.confirm("So übernehmen?", abort=True)
        applied = takeover.take_over(db, author, name, change, written, workspace)
    except EditError as refused:
        raise click.UsageError("\n".join(f"{fault.text} {fault.remedy}" for fault in refused.errors)) from None
    click.echo(f"Übernommen ({applied.commit[:10] or 'kein Commit'}). Das nächste Training kennt die Sätze.")
