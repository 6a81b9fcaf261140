"""The release gate: a candidate that understands less than the live model does not go live, unless an admin says why it should."""

from __future__ import annotations

from dataclasses import dataclass

from bot.team.roles import ADMIN, PUBLISH, may
from bot.training.comparison import Comparison
from bot.training.paired import decimal

MACRO_F1_POINTS = 1.0
FAQ_POINTS = 10.0
FAQ_TESTS = 10
SHOWN = 5
SHORTEST_REASON = 10


class Refused(Exception):
    """The release is refused; `reasons` are German sentences with numbers."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Verdict:
    """reasons: what stands against a release; notes: what to know besides, for instance tests that failed before as well."""

    reasons: list[str]
    notes: list[str]

    @property
    def passed(self) -> bool:
        """Tells whether nothing stands against a release."""
        return not self.reasons


def check(comparison: Comparison | None) -> Verdict:
    """Returns what the comparison of the candidate (b) with the live model (a) says about a release."""
    if comparison is None:
        return Verdict(["Der Kandidat ist noch nicht mit dem Modell in Gebrauch verglichen worden: zuerst vergleichen."], [])
    if not comparison.is_fresh:
        return Verdict(["Die Prüffragen oder Gespräche sind seit dem Vergleich geändert worden: noch einmal vergleichen."], [])
    reasons = [*_macro_f1(comparison), *_faqs(comparison), *_off_topic(comparison), *_complaints(comparison), *_conversations(comparison)]
    return Verdict(reasons, _notes(comparison))


def permit(verdict: Verdict, role: str, override: str = "") -> None:
    """Lets a release pass, or not. `override` is an admin's reason to release all the same.

    Raises:
        Refused: the role may not release, or the gate is closed and nobody with the right to do so has overruled it with a reason.
    """
    if not may(role, PUBLISH):
        raise Refused([f"Freigeben darf nur, wer mindestens die Rolle „{PUBLISH}“ hat."])
    if verdict.passed:
        return
    if not override.strip():
        raise Refused(verdict.reasons)
    if role != ADMIN:
        raise Refused([*verdict.reasons, f"Trotzdem freigeben darf nur die Rolle „{ADMIN}“."])
    if len(override.strip()) < SHORTEST_REASON:
        raise Refused([*verdict.reasons, f"Die Begründung ist zu kurz: mindestens {SHORTEST_REASON} Zeichen."])


def _macro_f1(c: Comparison) -> list[str]:
    fall = 100 * (c.figures_a.macro_f1 - c.figures_b.macro_f1)
    if fall <= MACRO_F1_POINTS + 1e-9:
        return []
    return [f"Macro-F1 der Prüffragen fällt um {decimal(fall)} Punkte, von {decimal(100 * c.figures_a.macro_f1)} auf {decimal(100 * c.figures_b.macro_f1)} (erlaubt: {decimal(MACRO_F1_POINTS)})."]


def _faqs(c: Comparison) -> list[str]:
    return [f"FAQ „{f.faq}“ fällt um {decimal(-100 * f.change)} Punkte: {f.right_b} statt {f.right_a} von {f.tests} Prüffragen richtig (erlaubt: {decimal(FAQ_POINTS)} Punkte)."
            for f in c.faqs if f.tests >= FAQ_TESTS and -100 * f.change > FAQ_POINTS + 1e-9]


def _off_topic(c: Comparison) -> list[str]:
    before, now, of = c.figures_a.off_topic_answered, c.figures_b.off_topic_answered, c.figures_b.off_topic
    return [f"Fremde Fragen, die trotzdem eine FAQ bekommen: {now} statt {before} von {of} (erlaubt: nicht mehr als bisher)."] if now > before else []


def _complaints(c: Comparison) -> list[str]:
    broken = [x for x in c.complaints if x.right_a and not x.right_b]
    return _list(broken, "Behobene Beschwerde wieder falsch", lambda x: f"„{x.text}“ führt zu „{x.b or 'keiner Antwort'}“ statt „{x.expected or 'keiner Antwort'}“")


def _conversations(c: Comparison) -> list[str]:
    if c.conversations is None:
        return ["Die Prüfgespräche sind mit dem Kandidaten noch nicht geführt worden: Vergleich mit Gesprächen wiederholen."]
    broken = [x for x in c.conversations if not x.right_b and x.right_a is not False]
    return _list(broken, "Prüfgespräch läuft nicht mehr", lambda x: f"„{x.title}“. {x.problem}")


def _list(items: list, lead: str, text) -> list[str]:
    more = [f"… und {len(items) - SHOWN} weitere dieser Art."] if len(items) > SHOWN else []
    return [*(f"{lead}: {text(item)}" for item in items[:SHOWN]), *more]


def _notes(c: Comparison) -> list[str]:
    notes = [f"Alle Prüffragen: {c.total.sentence}."]
    old_talks = [x.title for x in c.conversations or [] if not x.right_b and x.right_a is False]
    if old_talks:
        notes.append(f"Schon mit dem Modell in Gebrauch scheitern {len(old_talks)} Prüfgespräche: {', '.join(f'„{t}“' for t in old_talks[:SHOWN])}.")
    old_complaints = [x for x in c.complaints if not x.right_a and not x.right_b]
    if old_complaints:
        notes.append(f"Weiter falsch sind {len(old_complaints)} Beschwerden, zuerst „{old_complaints[0].text}“.")
    small = [f for f in c.faqs if f.tests < FAQ_TESTS and -100 * f.change > FAQ_POINTS]
    if small:
        notes.append("Gefallen, aber mit zu wenigen Prüffragen für die Schranke: " + ", ".join(f"{f.faq} ({f.right_b} statt {f.right_a} von {f.tests})" for f in small[:SHOWN]) + ".")
    return notes
