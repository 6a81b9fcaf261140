"""A comparison as CSV files that a spreadsheet opens: semicolons, German commas, no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from typing import Iterable, Sequence

from bot.training.comparison import Comparison

TABLES = ("gruppen", "faq", "saetze", "gespraeche")
BOM = "\ufeff"


def as_csv(comparison: Comparison, table: str) -> str:
    """Returns one of TABLES with its head line; begins with the mark by which Excel knows UTF-8.

    Raises:
        KeyError: no such table.
    """
    head, rows = {"gruppen": _sets, "faq": _faqs, "saetze": _flips, "gespraeche": _talks}[table](comparison)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return BOM + out.getvalue()


def _sets(c: Comparison) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    rows = [(s.name, s.questions, s.a, s.b, s.b - s.a, s.low, s.high, s.p, s.better, s.worse) for s in [c.total, *c.sets]]
    return ("gruppe", "fragen", "richtig_bisher", "richtig_neu", "unterschied", "von_95", "bis_95", "p", "besser", "schlechter"), rows


def _faqs(c: Comparison) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    return ("faq", "fragen", "richtig_bisher", "richtig_neu", "unterschied"), [(f.faq, f.tests, f.right_a, f.right_b, f.change) for f in c.faqs]


def _flips(c: Comparison) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    rows: list[Sequence[object]] = [("besser" if f.better else "schlechter", f.group, f.text, f.expected or "keine", f.a or "keine", f.b or "keine", f.confidence_a, f.confidence_b) for f in c.flips]
    rows += [("beschwerde_gut" if x.right_b else "beschwerde_falsch", "beschwerden", x.text, x.expected or "keine", x.a or "keine", x.b or "keine", "", "") for x in c.complaints]
    return ("art", "gruppe", "satz", "erwartet", "bisher", "neu", "sicherheit_bisher", "sicherheit_neu"), rows


def _talks(c: Comparison) -> tuple[Sequence[str], Iterable[Sequence[object]]]:
    return ("gespraech", "datei", "laeuft_neu", "grund"), [(t.title, t.file, "ja" if t.right_b else "nein", t.problem) for t in c.conversations or []]


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.5f}".rstrip("0").rstrip(".").replace(".", ",")
    text = str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and isinstance(value, str) else text
