"""A comparison as an HTML fragment for the console: tables with captions, bars as inline SVG with a text of their own, no script, no style.

Classes for the console's style sheet: vergleich, zahl, besser, schlechter, gleich, balken, tor-auf, tor-zu.
"""

from __future__ import annotations

from html import escape
from typing import Sequence

from bot.training.comparison import Comparison, Facts, FaqChange, SetChange
from bot.training.gate import Verdict
from bot.training.paired import decimal, percent, points

MOST = 200
WIDTH, HEIGHT = 120, 14
NAMES = {"alle": "Alle Fachfragen", "de_klar": "Klares Deutsch", "de_einfach": "Lernerdeutsch", "kontrast": "Leicht zu verwechseln", "fremd_nah": "Fremd, nah am Thema",
         "fremd_fern": "Fremd, fern vom Thema", "fremd_andere_sprachen": "Fremd, andere Sprachen"}
LANGUAGES = {"en": "Englisch", "ar": "Arabisch", "uk": "Ukrainisch", "ru": "Russisch", "tr": "Türkisch", "fa": "Persisch", "fr": "Französisch", "es": "Spanisch", "ro": "Rumänisch", "pl": "Polnisch"}
BIN = 0.0005  # differences below are shown as none


def fragment(comparison: Comparison, verdict: Verdict, level: int = 2) -> str:
    """Returns the whole comparison as HTML; headings begin at `level`."""
    c = comparison
    parts = [
        _gate(verdict, level), _heading(level, "Im Überblick"), _overview(c), f"<p>{escape(c.total.sentence)}.</p>",
        _heading(level, "Nach Gruppen"), _sets(c),
        _heading(level, "FAQ, die sich ändern"), _faqs([f for f in c.faqs if f.right_a != f.right_b]),
        _heading(level, "Sätze, die sich ändern"), _flips(c), *_complaints(c, level), _heading(level, "Prüfgespräche"), _talks(c),
    ]
    return f'<div class="vergleich">{"".join(parts)}</div>'


def name_of(group: str) -> str:
    """Returns the German name of a set of questions."""
    return NAMES.get(group) or LANGUAGES.get(group.removeprefix("sprache_"), group)


def _gate(verdict: Verdict, level: int) -> str:
    title = "Freigabe möglich" if verdict.passed else "Freigabe gesperrt"
    reasons = "".join(f"<li>{escape(reason)}</li>" for reason in verdict.reasons)
    notes = "".join(f"<p>{escape(note)}</p>" for note in verdict.notes)
    return f'<section class="{"tor-auf" if verdict.passed else "tor-zu"}">{_heading(level, title)}{f"<ul>{reasons}</ul>" if reasons else ""}{notes}</section>'


def _overview(c: Comparison) -> str:
    a, b = c.figures_a, c.figures_b
    rows = [
        ("Fachfragen richtig", percent(c.total.a), percent(c.total.b), _mark(c.total.b - c.total.a)),
        ("Macro-F1", decimal(100 * a.macro_f1), decimal(100 * b.macro_f1), _mark(b.macro_f1 - a.macro_f1)),
        ("Fremde Fragen mit FAQ beantwortet", f"{a.off_topic_answered} von {a.off_topic}", f"{b.off_topic_answered} von {b.off_topic}", _mark(a.off_topic_answered / max(1, a.off_topic) - b.off_topic_answered / max(1, b.off_topic))),
        ("Fremdes erkannt (AUROC)", decimal(a.off_topic_auroc, 3), decimal(b.off_topic_auroc, 3), _mark(b.off_topic_auroc - a.off_topic_auroc)),
        ("Kalibrierfehler", decimal(a.calibration_error, 3), decimal(b.calibration_error, 3), _mark(a.calibration_error - b.calibration_error)),
        ("Größe in MB", decimal(c.a.size / 1e6), decimal(c.b.size / 1e6), ""),
        ("Training in Sekunden", _seconds(c.a), _seconds(c.b), ""),
        ("Millisekunden je Satz", decimal(c.a.latency_ms), decimal(c.b.latency_ms), ""),
    ]
    head = ("Was", f"Bisher: {short(c.a)}", f"Neu: {short(c.b)}", "Urteil")
    return _table("Beide Modelle auf denselben Fragen", head, [(escape(r[0]), r[1], r[2], r[3]) for r in rows], numbers=(1, 2))


def _sets(c: Comparison) -> str:
    rows = [(escape(name_of(s.name)), str(s.questions), _bar(s.a), _bar(s.b), f"{points(s.b - s.a)} ({points(s.low)} bis {points(s.high)})", decimal(s.p, 3), _verdict(s)) for s in [c.total, *c.sets]]
    head = ("Gruppe", "Fragen", "bisher", "neu", "Unterschied in Punkten (95 %)", "p", "Urteil")
    return _table("Anteil richtig je Gruppe; bei fremden Fragen der Anteil ohne FAQ-Antwort", head, rows, numbers=(1, 4, 5))


def _faqs(changes: Sequence[FaqChange]) -> str:
    rows = [(escape(f.faq), str(f.tests), f"{f.right_a}", f"{f.right_b}", f"{points(f.change)} {_mark(f.change)}") for f in changes]
    return _table("Prüffragen je FAQ, die schlechtesten zuerst", ("FAQ", "Fragen", "richtig bisher", "richtig neu", "Punkte"), rows, numbers=(1, 2, 3, 4))


def _flips(c: Comparison) -> str:
    rows = [(_mark(1 if f.better else -1), escape(name_of(f.group)), f'<bdi>{escape(f.text)}</bdi>', escape(f.expected or "keine FAQ"), f"{escape(f.a or 'keine FAQ')} ({percent(f.confidence_a)})",
             f"{escape(f.b or 'keine FAQ')} ({percent(f.confidence_b)})") for f in c.flips]
    return _table("Sätze, die besser oder schlechter verstanden werden", ("Urteil", "Gruppe", "Satz", "erwartet", "bisher", "neu"), rows)


def _complaints(c: Comparison, level: int) -> list[str]:
    if not c.complaints:
        return []
    rows = [(_word(x.right_a), _word(x.right_b), f"<bdi>{escape(x.text)}</bdi>", escape(x.expected or "keine FAQ"), escape(x.b or "keine FAQ")) for x in c.complaints]
    return [_heading(level, "Behobene Beschwerden"), _table("Sätze, die stimmen müssen", ("bisher", "neu", "Satz", "erwartet", "neu verstanden"), rows)]


def _talks(c: Comparison) -> str:
    if c.conversations is None:
        return "<p>Noch nicht geführt.</p>"
    bad = [t for t in c.conversations if not t.right_b]
    lead = f"<p>{len(c.conversations) - len(bad)} von {len(c.conversations)} Gesprächen laufen wie geschrieben.</p>"
    rows = [(escape(t.title), escape(t.file), {None: "nicht geführt", True: "richtig", False: "falsch"}[t.right_a], escape(t.problem)) for t in bad]
    return lead + (_table("Gespräche, die nicht laufen", ("Gespräch", "Datei", "bisher", "was geschieht"), rows) if bad else "")


def _heading(level: int, text: str) -> str:
    return f"<h{level}>{escape(text)}</h{level}>"


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    if not rows:
        return "<p>Keine.</p>"
    body = "".join("<tr>" + "".join(_cell(i, cell, i in numbers) for i, cell in enumerate(row)) + "</tr>" for row in rows[:MOST])
    more = f"<p>… und {len(rows) - MOST} weitere; alle stehen in der CSV-Datei.</p>" if len(rows) > MOST else ""
    return f'<div class="tabelle" role="region" aria-label="{escape(caption)}" tabindex="0"><table><caption>{escape(caption)}</caption><thead><tr>{"".join(f"<th scope=col>{escape(h)}</th>" for h in head)}</tr></thead><tbody>{body}</tbody></table></div>{more}'


def _cell(i: int, content: str, number: bool) -> str:
    if i == 0:
        return f'<th scope="row">{content}</th>'
    return f'<td class="zahl">{content}</td>' if number else f"<td>{content}</td>"


def _bar(share: float) -> str:
    """Returns a bar that grows from the left, with its number as text beside it."""
    return (f'<span class="anteil"><svg class="balken" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true" focusable="false"><rect width="{WIDTH}" height="{HEIGHT}" fill="#d9d9d9"/>'
            f'<rect width="{WIDTH * share:.1f}" height="{HEIGHT}" fill="#1f6f54"/></svg> {percent(share)}</span>')


def _verdict(s: SetChange) -> str:
    if s.p >= 0.05:
        return '<span class="gleich">kein belegbarer Unterschied</span>'
    return _mark(s.b - s.a)


def _mark(difference: float) -> str:
    if abs(difference) < BIN:
        return '<span class="gleich">gleich</span>'
    return '<span class="besser">▲ besser</span>' if difference > 0 else '<span class="schlechter">▼ schlechter</span>'


def _word(right: bool) -> str:
    return '<span class="besser">richtig</span>' if right else '<span class="schlechter">falsch</span>'


def short(facts: Facts) -> str:
    """Returns what a model is called on a page."""
    return facts.file.removesuffix(".tar.gz")


def _seconds(facts: Facts) -> str:
    return decimal(facts.seconds) if facts.seconds else "unbekannt"
