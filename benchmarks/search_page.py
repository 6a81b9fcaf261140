"""The section „Search for counsellors“ of docs/benchmarks.md, made from what `benchmarks.search` measured."""

from __future__ import annotations

import re
from typing import Any

HEADING = "## Search for counsellors"


def section(result: dict[str, Any]) -> str:
    """Returns the section as Markdown."""
    kinds = list(result["zeilen"][-1]["arten"])
    lines = [HEADING, "", f"{result['anfragen']} queries as counsellors type them (`tests/search/heldout_suche.yml`, written without knowing the search, never tuned on), an answer counts when it is one "
             "of those expected. All approaches index the same text: question, answers, law, topic and phrasings. `python -m benchmarks.search --live` measures all rows in one run.", "",
             "| approach | R@1 | R@3 | MRR | CPU ms | p50 ms | p95 ms |", "|---|---|---|---|---|---|---|"]
    lines += [f"| {r['name']} | {r['r1']:.3f} | {r['r3']:.3f} | {r['mrr']:.3f} | {r['cpu']:.1f} | {r['p50']:.1f} | {r['p95']:.1f} |" for r in result["zeilen"]]
    lines += ["", "R@3 by kind of query:", "", f"| approach | {' | '.join(kinds)} |", f"|---|{'---|' * len(kinds)}"]
    lines += [_kinds(r, kinds) for r in result["zeilen"]]
    lines += ["", "Times of a row are in process; those of „ours“ hold the model's own time and the marking of the results. The machine is shared: read CPU milliseconds and ratios."]
    if result["live"]:
        rest, load = result["live"]["ruhe"], result["live"]["last"]
        lines += ["", f"Over HTTP with Rasa behind it: search p50 {rest['suche_p50']:.0f} ms, p95 {rest['suche_p95']:.0f} ms; an answer page p50 {rest['seite_p50']:.0f} ms, p95 {rest['seite_p95']:.0f} ms. "
                  f"While 8 people chat without a pause ({load['gespraeche_je_sekunde']:.0f} messages a second on the same machine): search p50 {load['suche_p50']:.0f} ms, p95 {load['suche_p95']:.0f} ms "
                  f"({load['mit_modell']:.0%} of them with the model's ranking, the others without waiting longer), an answer page p50 {load['seite_p50']:.0f} ms, p95 {load['seite_p95']:.0f} ms."]
    return "\n".join(lines) + "\n"


def _kinds(row: dict[str, Any], kinds: list[str]) -> str:
    return f"| {row['name']} | " + " | ".join(f"{row['arten'][kind]:.2f}" for kind in kinds) + " |"


def with_section(page: str, new: str) -> str:
    """Returns the page with its section replaced, or added at the end."""
    if HEADING not in page:
        return f"{page.rstrip()}\n\n{new}"
    return re.sub(rf"{re.escape(HEADING)}\n.*?(?=\n## |\Z)", lambda _: new.rstrip(), page, flags=re.DOTALL).rstrip() + "\n"
