"""`make benchmark`: runs all measurements in one go and writes docs/benchmarks.md."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time

import click

from benchmarks import search, serving
from benchmarks.nlu import OUT
from benchmarks.search_page import section, with_section
from bot.knowledge.base import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
DEFAULT_PER_INTENT = 12


@click.command(help=__doc__)
@click.option("--per-intent", default=DEFAULT_PER_INTENT, show_default=True, help="Trainingssätze je Absicht für den Vergleich mit Rasas Standard (0: alle, dauert über eine Stunde).")
@click.option("--without-rasa", is_flag=True, help="Rasas Standard auslassen.")
@click.option("--reuse", is_flag=True, help="Vorhandene Messung des Verstehens verwenden.")
def main(per_intent: int, without_rasa: bool, reuse: bool) -> None:
    if not (reuse and OUT.is_file()):
        command = [sys.executable, "-m", "benchmarks.nlu", "--per-intent", str(per_intent)]
        subprocess.run(command + (["--without-rasa"] if without_rasa else []), cwd=ROOT, check=True)
    nlu = json.loads(OUT.read_text(encoding="utf-8"))
    click.echo("Der laufende Lotse …", err=True)
    live = serving.measure()
    PAGE.parent.mkdir(exist_ok=True)
    subprocess.run([sys.executable, "-m", "benchmarks.search", "--live", "--no-page"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    found = json.loads(search.OUT.read_text(encoding="utf-8"))
    PAGE.write_text(with_section(page(nlu, live), section(found)), encoding="utf-8")
    click.echo(f"Geschrieben: {PAGE.relative_to(ROOT)}")


def page(nlu: dict, live: dict) -> str:
    """Returns the Markdown page with tables and ratios."""
    rows = nlu["rows"]
    ours = rows[0]
    cached = next((r for r in rows if "cached" in r["name"]), ours)
    diet = next((r for r in rows if r["name"].startswith("Rasa")), None)
    searches = [r for r in rows if "search" in r["name"] or "BM25" in r["name"]]
    lines = [
        "# Benchmarks", "",
        f"Measured on {time.strftime('%Y-%m-%d')} with `make benchmark` on {os.cpu_count()} cores ({platform.machine()}), all rows in one run on the same sentences and the same "
        "frozen questions. The machine is shared: read CPU seconds and ratios, not absolute wall times. This page is written by the command; do not edit it.", "",
        "## Understanding", "",
        f"{nlu['sentences']} training sentences, {nlu['intents']} intents"
        + (f" (at most {nlu['per_intent']} sentences per intent, off topic 10 times that)" if nlu["per_intent"] else " (all data)")
        + ". Questions: 824 clear German, 824 beginners' German, 120 contrast, 640 in ten other languages, 251 off topic; see `tests/nlu/heldout/`.", "",
        "| approach | clear | beginners | top 3 | contrast | languages | macro-F1 | off-topic AUROC | train CPU s | ms per question |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        lines.append(f"| {r['name']} | {r['klar']:.3f} | {r['einfach']:.3f} | {r['top3']:.3f} | {r['kontrast']:.3f} | {r['sprachen']:.3f} | {r['macro_f1']:.3f} "
                     f"| {r['auroc']:.3f} | {r['train_cpu']:.0f} | {r['ms']:.1f} |")
    lines += ["", "Search engines index question, answer and phrasings of each FAQ. DIET gets the FAQ ids as plain intents, its best case. Train CPU of the two hybrid rows "
              "is the model alone; importing Rasa and writing the archive come on top for every Rasa model. The rows on vectors after the first use its cache.", ""]
    if diet:
        german = (ours["klar"] + ours["einfach"]) / 2 - (diet["klar"] + diet["einfach"]) / 2
        lines += [f"- Against Rasa's default: {100 * german:+.1f} points on German questions; training CPU {ours['train_cpu'] / diet['train_cpu']:.2f} of DIET's cold, "
                  f"{cached['train_cpu'] / diet['train_cpu']:.3f} with cached vectors."]
    if searches:
        best = max(searches, key=lambda r: r["klar"] + r["einfach"])
        gain = (ours["klar"] + ours["einfach"]) / 2 - (best["klar"] + best["einfach"]) / 2
        lines += [f"- Against the best plain search ({best['name']}): {100 * gain:+.1f} points top-1 on German questions."]
    memory = ", ".join(f"{name} {mb:.0f} MB" for name, mb in live["memory"].items())
    lines += ["", "## The running assistant", "",
              f"- From start (model present) to the first answer: {live['start']:.1f} s.",
              f"- One answer over REST, sequential, {live['requests']} beginners' questions, each a new conversation: p50 {live['p50']:.0f} ms, p95 {live['p95']:.0f} ms.",
              f"- Resident memory afterwards: {memory}.", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
