"""`lotse evaluate`: the model in use against all held-out sets; a table, JSON and a page to read."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from bot.knowledge.base import ROOT
from bot.training.archive import load_model, thresholds
from bot.training.evaluate import Report, evaluate
from bot.training.heldout import load_sets
from bot.training.report_page import write_page

OUT = ROOT / "var" / "auswertung"


@click.command("evaluate")
@click.option("--model", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Ein anderes Modellarchiv auswerten.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=OUT, help="Ordner für JSON und HTML.")
@click.option("--quiet", is_flag=True, help="Nur die Dateien schreiben.")
def command(path: Path | None, out: Path, quiet: bool) -> None:
    """Wertet das Modell mit allen Prüffragen aus und schreibt bericht.json und bericht.html."""
    model, sets = load_model(path), load_sets()
    with Progress(console=Console(stderr=True), disable=quiet) as bar:
        task = bar.add_task("Prüffragen", total=sum(len(q) for q in sets.values()))
        report = evaluate(model, sets, thresholds(), lambda name, done, _: bar.update(task, completed=done, description=name))
    out.mkdir(parents=True, exist_ok=True)
    (out / "bericht.json").write_text(json.dumps(report.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
    write_page(report, out / "bericht.html", time.strftime("%d.%m.%Y %H:%M"))
    if not quiet:
        show(report)
        click.echo(f"Geschrieben: {out / 'bericht.json'} und {out / 'bericht.html'}")


def show(report: Report) -> None:
    """Prints the figures as a table."""
    table = Table("Prüffragen", "Zahl", "richtig", "unter 3", "beantwortet", "davon richtig", "angeboten", "abgelehnt")
    for s in report.sets:
        off = s.name.startswith("fremd")
        table.add_row(s.name, str(s.questions), "–" if off else f"{s.accuracy:.1%}", "–" if off else f"{s.top3:.1%}", f"{s.answered:.1%}",
                      "–" if off else f"{s.answered_right:.1%}", f"{s.offered:.1%}", f"{s.declined:.1%}")
    console = Console()
    console.print(table)
    console.print(f"Macro-F1 {report.macro_f1:.3f}   AUROC fremd {report.off_topic_auroc:.3f}   fremd beantwortet {report.off_topic_answered:.1%}   "
                  f"Kalibrierfehler {report.calibration_error:.3f}")
