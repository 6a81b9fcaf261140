"""`lotse inbox`: the inbox without a browser: look, label, take back, export. Into the training data: `inbox_training.py`."""

from __future__ import annotations

import csv
import sys

import click

from bot.commands import ACTOR, inbox_training
from bot.knowledge.base import DATA, Knowledge
from bot.store import audit, journal, labels, reports
from bot.store.database import Database
from bot.store.groups import sort_in
from bot.store.tables import ASIDE, DELETED, FOREIGN, FRESH, OTHER, RIGHT
from bot.store.values import is_id
from bot.team import gaps
from bot.team.inbox import listing
from bot.team.inbox.choices import choices, name_of
from bot.team.inbox.listing import DECISIONS, FEEDBACK, Filters, Item

KINDS = (RIGHT, OTHER, FRESH, FOREIGN, DELETED, ASIDE)


@click.group("inbox")
def command() -> None:
    """Posteingang: echte Nachrichten (geschwärzt) ansehen, zuordnen, in die Trainingsdaten übernehmen."""


for part in inbox_training.commands:
    command.add_command(part)


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
    reported = reports.count(db, "veraltet") if rueckmeldung == "veraltet" else 0
    if reported:
        click.echo(f"Von Beratenden als „veraltet“ gemeldet: {reported} (lotse reports list --grund veraltet)")


@command.command("show")
@click.argument("kennung")
@click.option("--warum", "why", is_flag=True, help="Auch die nächsten Trainingssätze (lädt die Satzvektoren, einige Sekunden).")
def show_one(kennung: str, why: bool) -> None:
    """Zeigt eine Frage: wie sie verstanden wurde, das Gespräch darum, ähnliche Fragen."""
    db, knowledge = Database(), Knowledge.load()
    sort_in(db)
    item = _item(db, kennung)
    click.echo(f"{item.text}\n{item.count}× gefragt, {DECISIONS[item.decision]}, {item.week}")
    for intent, confidence in item.ranking:
        click.echo(f"  {confidence:.0%}  {intent}  {name_of(knowledge, intent)}")
    if item.next:
        click.echo(f"Danach: Die Person {item.next.label}.{f' Rückmeldung: {item.next.opinion}.' if item.next.opinion else ''}")
    for key, text, count in item.near:
        click.echo(f"Ähnlich: {text} ({count}×, {key})")
    row = journal.find(db, item.message)
    for said in journal.history(db, row.conversation) if row is not None else ():
        click.echo(f"> {said.text}\n" + "\n".join(f"< {message.get('text', '')}" for message in said.reply or []))
    if why:
        from bot.team.inbox.nearest import reasons
        from bot.team.warm import warm

        for reason in reasons(warm(), knowledge, item.text, wait=True) or ():
            click.echo(f"  {reason.percent}  {reason.intent}: {reason.sentence}")


@command.command("label")
@click.argument("kennung")
@click.argument("art", type=click.Choice(KINDS))
@click.option("--absicht", default="", help="Für „anders“: Kennung der FAQ oder Absicht, zum Beispiel faq/anabin.")
@click.option("--aehnliche", is_flag=True, help="Gilt auch für die ähnlichen Fragen, die „show“ nennt.")
@click.option("--titel", default="", help="Für „neu“: Arbeitstitel der neuen FAQ.")
@click.option("--wer", default=ACTOR, help="Wer zuordnet, steht im Protokoll.")
def label(kennung: str, art: str, absicht: str, aehnliche: bool, titel: str, wer: str) -> None:
    """Ordnet die Frage KENNUNG zu: ART sagt, was sie bedeutet."""
    db = Database()
    item = _item(db, kennung)
    intent = item.ranking[0][0] if art == RIGHT and item.ranking else None
    if art == RIGHT and intent is None:
        raise click.UsageError("Das Modell hat nichts verstanden: „anders“ mit --absicht benutzen.")
    if art == OTHER:
        known = {c.intent for c in choices(Knowledge.load(), DATA / "nlu")}
        intent = absicht if absicht in known else f"faq/{absicht}"
        if intent not in known:
            raise click.UsageError(f"Die Absicht „{absicht}“ gibt es nicht. Zum Beispiel: --absicht faq/anabin")
    copies = [key for key, _, _ in item.near] if aehnliche and art != DELETED else []
    ids = labels.give(db, wer, [item.key, *copies], art, intent)
    if not ids:
        raise click.UsageError("Diese Frage ist schon zugeordnet.")
    if art == FRESH:
        gaps.propose(db, wer, item.key, item.message, titel or item.text)
    click.echo(f"{ids[0]}  zugeordnet ({art}{f', mit {len(ids) - 1} ähnlichen' if len(ids) > 1 else ''}). Zurück: lotse inbox undo {' '.join(ids)}")


@command.command("undo")
@click.argument("zuordnung", nargs=-1, required=True)
@click.option("--wer", default=ACTOR, help="Wer zurücknimmt, steht im Protokoll.")
def undo(zuordnung: tuple[str, ...], wer: str) -> None:
    """Nimmt Zuordnungen zurück, solange sie nicht in den Trainingsdaten sind."""
    if not labels.undo(Database(), wer, zuordnung):
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


def _item(db: Database, key: str) -> Item:
    item = listing.one(db, key) if is_id(key) else None
    if item is None:
        raise click.UsageError("Diese Frage gibt es nicht. „lotse inbox list“ zeigt die Kennungen.")
    return item
