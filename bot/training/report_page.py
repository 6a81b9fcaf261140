"""The evaluation as one HTML page without scripts: tables, inline SVG bars, confusions as sentences."""

from __future__ import annotations

from html import escape
from pathlib import Path

from bot.training.evaluate import Report

STYLE = ("body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}"
         "table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border-bottom:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}"
         "td.n{text-align:right}@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}}")


def write_page(report: Report, path: Path, when: str) -> None:
    """Writes the report as a page that a browser shows from disk."""
    rows = [[s.name, str(s.questions), _bar(s.accuracy), _percent(s.top3), _percent(s.answered), _percent(s.offered), _percent(s.declined)] for s in report.sets]
    weak = [[escape(faq), _bar(value)] for faq, value in list(report.f1.items())[:40]]
    confused = [[f"„{escape(a)}“ wird {n}-mal als „{escape(b)}“ verstanden."] for a, b, n in report.confusions[:60]]
    errors = [[escape(name), escape(text), escape(want), escape(got), f"{confidence:.0%}"] for name, text, want, got, confidence in report.errors]
    body = "".join((
        f"<h1>Auswertung des Modells</h1><p>{escape(when)}. Macro-F1 {report.macro_f1:.3f}, AUROC fremde Fragen {report.off_topic_auroc:.3f}, "
        f"fremde Fragen beantwortet {report.off_topic_answered:.1%}, Kalibrierfehler {report.calibration_error:.3f}.</p>",
        "<h2>Prüffragen</h2>", _table(["Gruppe", "Fragen", "richtig", "unter den ersten 3", "beantwortet", "angeboten", "abgelehnt"], rows),
        "<h2>Verwechslungen</h2>", _table(["Was verwechselt wird"], confused),
        "<h2>Schwächste FAQ (F1)</h2>", _table(["FAQ", "F1"], weak),
        "<h2>Alle Fehler</h2>", _table(["Gruppe", "Frage", "erwartet", "verstanden", "Sicherheit"], errors),
    ))
    path.write_text(f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Auswertung</title><style>{STYLE}</style></head><body>{body}</body></html>', encoding="utf-8")


def _table(head: list[str], rows: list[list[str]]) -> str:
    if not rows:
        return "<p>Nichts.</p>"
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><thead><tr>{''.join(f'<th scope=col>{escape(h)}</th>' for h in head)}</tr></thead><tbody>{cells}</tbody></table>"


def _percent(value: float) -> str:
    return f"{value:.1%}"


def _bar(value: float) -> str:
    return (f'<svg width="120" height="12" role="img" aria-label="{value:.1%}"><rect width="120" height="12" fill="#ddd"/>'
            f'<rect width="{120 * value:.0f}" height="12" fill="#1f6f54"/></svg> {value:.1%}')
