"""`make benchmark`: runs all measurements in one go and writes docs/benchmarks.md; `--reuse` writes the page from the saved ones."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys

import click

from benchmarks import search, serving
from benchmarks.nlu import FOLDER, path_for
from benchmarks.search_page import HEADING, section, with_section
from bot.knowledge.base import ROOT

PAGE = ROOT / "docs" / "benchmarks.md"
SERVING = FOLDER / "betrieb.json"
DEFAULT_PER_INTENT = 12
LANGUAGES = ("en", "ar", "uk", "ru", "tr", "fa", "fr", "es", "ro", "pl")


@click.command(help=__doc__)
@click.option("--per-intent", default=DEFAULT_PER_INTENT, show_default=True, help="Trainingssätze je Absicht für den Vergleich mit Rasas eigenen Modellen.")
@click.option("--without-rasa", is_flag=True, help="Rasas eigene Modelle auslassen (sie brauchen zusammen über eine halbe Stunde).")
@click.option("--reuse", is_flag=True, help="Vorhandene Messungen verwenden.")
def main(per_intent: int, without_rasa: bool, reuse: bool) -> None:
    for size, skip_rasa in ((per_intent, without_rasa), (0, True)):
        if not (reuse and path_for(size).is_file()):
            command = [sys.executable, "-m", "benchmarks.nlu", "--per-intent", str(size)]
            subprocess.run(command + (["--without-rasa"] if skip_rasa else []), cwd=ROOT, check=True)
    if not (reuse and SERVING.is_file()):
        click.echo("Der laufende Lotse …", err=True)
        SERVING.write_text(json.dumps(serving.measure(), indent=1), encoding="utf-8")
    few, everything, live = (json.loads(path.read_text(encoding="utf-8")) for path in (path_for(per_intent), path_for(0), SERVING))
    PAGE.write_text(with_section(page(few, everything, live), _search(reuse)), encoding="utf-8")
    click.echo(f"Geschrieben: {PAGE.relative_to(ROOT)}")


def _search(reuse: bool) -> str:
    """Returns the section on the counsellors' search: measured now, or as it stands on the page."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    if reuse and HEADING in old:
        return old[old.index(HEADING):]
    subprocess.run([sys.executable, "-m", "benchmarks.search", "--live", "--no-page"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return section(json.loads(search.OUT.read_text(encoding="utf-8")))


def page(few: dict, everything: dict, live: dict) -> str:
    """Returns the Markdown page with tables and ratios."""
    memory = ", ".join(f"{name} {mb:.0f} MB" for name, mb in live["memory"].items())
    return "\n".join([
        "# Benchmarks", "",
        f"Measured on {everything['day']} with `make benchmark` on {os.cpu_count()} cores ({platform.machine()}), each approach in a process of its own on the same sentences and the same "
        "frozen questions (`tests/nlu/heldout/`: 824 clear German, 824 beginners' German, 120 contrast, 640 in ten other languages, 251 off topic). The machine is shared: read CPU seconds "
        "and ratios, not wall times. This page is written by the command; do not edit it.", "",
        "“answered” and “wrong”: shares of the German questions answered, and answered wrongly, with the threshold at which 2 % of the off-topic questions get an answer. Search engines "
        "index question, answer and phrasings of each FAQ. DIET gets the FAQ ids as plain intents, its best case. Peak memory includes the libraries that every process loads (about 600 MB).", "",
        f"## With {few['per_intent']} sentences per intent, and Rasa's own models", "", *tables(few), *ratios(few["rows"]),
        "## With all sentences", "", *tables(everything), *ratios(everything["rows"]),
        "## The running assistant", "",
        f"- From start (model present) to the first answer: {live['start']:.1f} s.",
        f"- One answer over REST, sequential, {live['requests']} beginners' questions, each a new conversation: p50 {live['p50']:.0f} ms, p95 {live['p95']:.0f} ms.",
        f"- Resident memory afterwards: {memory}.", ""])


def tables(found: dict) -> list[str]:
    """Returns the table of figures and the one per language."""
    lines = [
        f"{found['sentences']} training sentences, {found['intents']} intents.", "",
        "| approach | clear | beginners | top 3 | contrast | macro-F1 | off-topic AUROC | answered | wrong | train CPU s | ms per question | peak MB |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for r in found["rows"]:
        lines.append(f"| {r['name']} | {r['klar']:.3f} | {r['einfach']:.3f} | {r['top3']:.3f} | {r['kontrast']:.3f} | {r['macro_f1']:.3f} | {r['auroc']:.3f} | {r['beantwortet']:.3f} "
                     f"| {r['falsch']:.3f} | {r['train_cpu']:.0f} | {r['ms']:.1f} | {r['spitze_mb']:.0f} |")
    lines += ["", f"| approach | languages | {' | '.join(LANGUAGES)} |", "|---" * (len(LANGUAGES) + 2) + "|"]
    lines += [f"| {r['name']} | {r['sprachen']:.3f} | {' | '.join(f'''{r['je_sprache'][code]:.2f}''' for code in LANGUAGES)} |" for r in found["rows"] if "cached" not in r["name"]]
    return [*lines, ""]


def ratios(rows: list[dict]) -> list[str]:
    """Returns what we gain on each of Rasa's models and on the best plain search."""
    ours, cached = rows[0], next((r for r in rows if "cached" in r["name"]), rows[0])
    lines = []
    for diet in (r for r in rows if "DIET" in r["name"]):
        lines.append(f"- Against {diet['name']}: {_gain(ours, diet):+.1f} points on German questions; training CPU {ours['train_cpu'] / diet['train_cpu']:.2f} of its cold, "
                     f"{cached['train_cpu'] / diet['train_cpu']:.3f} with cached vectors.")
    searches = [r for r in rows if "search" in r["name"] or "BM25" in r["name"]]
    if searches:
        best = max(searches, key=lambda r: r["klar"] + r["einfach"])
        lines.append(f"- Against the best plain search ({best['name']}): {_gain(ours, best):+.1f} points top-1 on German questions.")
    return [*lines, ""]


def _gain(ours: dict, other: dict) -> float:
    return 100 * ((ours["klar"] + ours["einfach"]) - (other["klar"] + other["einfach"])) / 2


if __name__ == "__main__":
    main()
