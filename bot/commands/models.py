"""`lotse models`: the model registry, training as a job, comparison, release and roll-back."""

from __future__ import annotations

import getpass
import json
import time
from dataclasses import asdict
from pathlib import Path
from typing import Callable

import click
from rich.console import Console
from rich.table import Table

from bot import models
from bot.processes import StartError
from bot.team.roles import ADMIN
from bot.training import comparison, gate, jobs, release
from bot.training.compare_csv import TABLES, as_csv
from bot.training.compare_page import fragment
from bot.training.complaints import add_complaint
from bot.training.conversations import FOLDER
from bot.training.gate import Refused
from bot.training.paired import decimal, percent
from bot.training.registry import Model, Registry, UnknownModel

WHO = click.option("--who", default=getpass.getuser, show_default="Ihr Benutzername", help="Wer das tut; steht im Protokoll.")
WHY = click.option("--why", default="", help="Warum; steht in der Modellliste.")
JSON = click.option("--json", "as_json", is_flag=True, help="Als JSON.")
RELEASE_SECONDS = 300.0
WIDTH = 110
LOG_END = 20_000


@click.group("models")
def command() -> None:
    """Modelle: trainieren, vergleichen, freigeben, zurückgehen."""


@command.command("list")
@JSON
def list_models(as_json: bool) -> None:
    """Zeigt alle Modelle, das neueste zuerst."""
    rows = Registry().all()
    if as_json:
        click.echo(json.dumps([_plain(m) for m in rows], ensure_ascii=False, indent=1))
        return
    table = Table(box=None)
    for head in ("Kennung", "Datei", "Zustand", "vom (UTC)", "wer", "Macro-F1", "Archiv"):
        table.add_column(head, no_wrap=True)
    for m in rows:
        table.add_row(m.id[:8], m.file.removesuffix(".tar.gz"), m.state, f"{m.created:%d.%m.%Y %H:%M}", m.who, decimal(100 * m.metrics["macro_f1"]) if "macro_f1" in m.metrics else "–", "da" if m.present else "gelöscht")
    Console(width=max(Console().width, WIDTH)).print(table)


@command.command("show")
@click.argument("model")
def show(model: str) -> None:
    """Zeigt alles über ein Modell (Kennung, Prüfsumme oder Dateiname)."""
    found = _known(lambda: Registry().get(model))
    click.echo(json.dumps(_plain(found), ensure_ascii=False, indent=1))


@command.command("train")
@WHO
@WHY
@click.option("--wait/--no-wait", default=True, help="Bis zum Ende warten (Vorgabe) oder gleich zurückkehren.")
def train(who: str, why: str, wait: bool) -> None:
    """Trainiert im Hintergrund einen Kandidaten und vergleicht ihn mit dem Modell in Gebrauch."""
    jobs.start_training(who, why)
    _follow() if wait else click.echo("Das Training läuft. Stand: lotse models status")


@command.command("status")
@JSON
def status(as_json: bool) -> None:
    """Zeigt, was läuft: Modell, Training oder Vergleich, Freigabe."""
    job, done, runs = jobs.status(), release.status(), release.running()
    if as_json:
        click.echo(json.dumps({"lotse": asdict(runs) if runs else None, "auftrag": asdict(job) if job else None, "freigabe": asdict(done) if done else None}, ensure_ascii=False, indent=1))
        return
    live = models.current()
    click.echo(f"In Gebrauch: {live.version if live else 'kein Modell'}" + ("" if runs else " (der Lotse läuft nicht)"))
    if runs and runs.warm:
        click.echo(f"Bereit zum Zurückgehen: {runs.warm}, bis {time.strftime('%H:%M', time.localtime(runs.warm_until))}")
    if job:
        click.echo(f"{job.kind}: {job.state}, {job.step}, {percent(job.share)}{_left(job)}. {job.message}".rstrip())
    if done:
        click.echo(f"{done.kind} {done.model}: {done.state}, {done.step}. {done.message}".rstrip())


@command.command("log")
def log() -> None:
    """Zeigt das Protokoll des letzten Trainings oder Vergleichs."""
    lines = [f"== {path.name}\n{path.read_text(encoding='utf-8', errors='replace')[-LOG_END:]}" for path in jobs.log_files() if path.is_file()]
    click.echo("\n".join(lines) or "Es gibt noch kein Protokoll.")


@command.command("cancel")
@WHO
def cancel(who: str) -> None:
    """Bricht das laufende Training oder den Vergleich ab."""
    click.echo("Abgebrochen." if jobs.cancel(who) else "Es läuft nichts.")


@command.command("compare")
@click.argument("a")
@click.argument("b")
@WHO
@click.option("--csv", "folder", type=click.Path(file_okay=False, path_type=Path), help="Vier CSV-Dateien in diesen Ordner schreiben.")
@click.option("--html", "page", type=click.Path(dir_okay=False, path_type=Path), help="Den Vergleich als Seite schreiben.")
@click.option("--neu", is_flag=True, help="Auch rechnen, wenn es diesen Vergleich schon gibt.")
def compare(a: str, b: str, who: str, folder: Path | None, page: Path | None, neu: bool) -> None:
    """Vergleicht Modell B (neu) mit Modell A (bisher), Gespräche inbegriffen. Ende mit 1, wenn die Schranke zu ist."""
    registry = Registry()
    first, second = _known(lambda: registry.get(a)), _known(lambda: registry.get(b))
    found = comparison.load(first.sha256, second.sha256)
    if neu or found is None or not found.is_fresh or found.conversations is None:
        jobs.start_comparison(second.id, who, first.id)
        _follow()
        found = comparison.load(first.sha256, second.sha256)
    if found is None:
        raise StartError("Der Vergleich ist nicht zustande gekommen.")
    verdict = gate.check(found)
    for line in [*verdict.notes, *verdict.reasons]:
        click.echo(line)
    for table in TABLES if folder else ():
        assert folder is not None
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{table}.csv").write_text(as_csv(found, table), encoding="utf-8", newline="")
    if page:
        page.write_text(f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Modellvergleich</title></head><body><h1>Modellvergleich</h1>{fragment(found, verdict)}</body></html>', encoding="utf-8")
    click.echo("Freigabe möglich." if verdict.passed else "Freigabe gesperrt.")
    if not verdict.passed:
        raise click.exceptions.Exit(1)


@command.command("release")
@click.argument("model")
@WHO
@WHY
@click.option("--override", default="", help="Begründung, um trotz geschlossener Schranke freizugeben.")
def release_model(model: str, who: str, why: str, override: str) -> None:
    """Gibt ein verglichenes Modell frei: startet es daneben, prüft es und schaltet um."""
    order = _known(lambda: release.release(model, who, ADMIN, why, override))
    _watch(order)


@command.command("rollback")
@WHO
@WHY
def rollback(who: str, why: str) -> None:
    """Geht zum Modell davor zurück."""
    _watch(_known(lambda: release.rollback(who, ADMIN, why)))


@command.command("reject")
@click.argument("model")
@WHO
@WHY
def reject(model: str, who: str, why: str) -> None:
    """Lehnt einen Kandidaten ab."""
    registry = Registry()
    _known(lambda: registry.reject(registry.get(model).id, who, why))
    click.echo("Abgelehnt.")


@command.command("note")
@click.argument("model")
@click.argument("text")
@WHO
def note(model: str, text: str, who: str) -> None:
    """Ersetzt die Notiz zu einem Modell."""
    _known(lambda: Registry().note(model, text, who))


@command.command("complaint")
@click.argument("sentence")
@click.argument("faq")
def complaint(sentence: str, faq: str) -> None:
    """Hält einen behobenen Fehler als Prüfung fest: Satz und Kennung der FAQ („keine“: keine FAQ soll antworten)."""
    try:
        new = add_complaint(sentence, "" if faq == "keine" else faq)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"Eingetragen in tests/nlu/beschwerden.yml. Ganze Gespräche gehören nach {FOLDER.name}." if new else "Der Satz steht schon da.")


def _known(action: Callable):
    """Runs an action; refusals become one message and exit code 1, unknown models code 2."""
    try:
        return action()
    except Refused as refused:
        click.echo("Abgelehnt:\n" + "\n".join(f"- {reason}" for reason in refused.reasons), err=True)
        raise click.exceptions.Exit(1) from None
    except (UnknownModel, ValueError) as error:
        raise click.UsageError(str(error)) from None


def _follow() -> None:
    """Shows the running job until it ends. Strg-C leaves it running."""
    step = ""
    while (job := jobs.status()) and job.running:
        name = job.step.split(":")[0]
        if name != step:
            step = name
            click.echo(f"{job.kind}: {step}{_left(job)}", err=True)
        time.sleep(0.3)
    if job is None or job.state != jobs.DONE:
        raise StartError(job.message if job else "Der Auftrag ist verschwunden.")
    click.echo(job.message)


def _watch(order: str) -> None:
    found = release.wait(order, RELEASE_SECONDS)
    if found is None or found.state != release.DONE:
        raise StartError(found.message if found else "Der Lotse hat auf den Auftrag nicht geantwortet.")
    click.echo(f"{found.message} ({decimal(found.took)} Sekunden)")


def _left(job: jobs.Job) -> str:
    return f", noch etwa {job.seconds_left:.0f} Sekunden" if job.seconds_left is not None else ""


def _plain(model: Model) -> dict:
    return {**{k: (v.isoformat() if hasattr(v, "isoformat") else v) for k, v in asdict(model).items()}, "da": model.present, "fassung": model.version}
