"""Faults in data/pruefung.yml are named with field and remedy."""

from __future__ import annotations

import pytest

from bot.knowledge.check_rules import STEPS, load_check_rules

KNOWN = {"berufe": frozenset({"koch"}), "faqs": frozenset({"nicht-reglementiert"}), "offices": frozenset({"zab"})}
GOOD = {"text": "Ein Satz.", "einfach": "Ein Satz.", "faq": "nicht-reglementiert"}


def yaml_of(**changes: str) -> str:
    rows = "\n".join(f"    {key}: {value}" for key, value in {**GOOD, **changes}.items()).replace("    ", "  - ", 1)
    return "\n".join(f"{step}:\n  titel: T\n  saetze:\n{rows}" for step in STEPS)


def faults(write, text: str) -> list[str]:
    errors: list = []
    load_check_rules(write("pruefung.yml", text), KNOWN, {}, errors)
    return [e.problem for e in errors]


def test_good_file_has_no_faults(write):
    assert faults(write, yaml_of(wenn="{berufe: [koch, unbekannt], land: [eu]}", stelle="zab")) == []


@pytest.mark.parametrize(("changes", "problem"), [
    ({"wenn": "{berufe: [kohc]}"}, "„kohc“ gibt es hier nicht."), ({"wenn": "{land: [mars]}"}, "„mars“ gibt es hier nicht."), ({"wenn": "{wetter: [gut]}"}, "Dieses Feld gibt es nicht."),
    ({"faq": "nirgends"}, "Die FAQ „nirgends“ gibt es nicht."), ({"faq": "beruf.farbe"}, "Die FAQ „beruf.farbe“ gibt es nicht."), ({"stelle": "amt"}, "Die Stelle „amt“ gibt es nicht."),
    ({"text": "'{werte.nichts} Euro'"}, "Den Wert „nichts“ gibt es nicht."), ({"text": "''"}, "Das Feld fehlt oder ist leer."),
])
def test_fault_is_named(write, changes, problem):
    assert problem in faults(write, yaml_of(**changes))


def test_missing_step_is_named(write):
    assert "Das Feld fehlt oder ist leer." in faults(write, "noetig:\n  titel: T\n  saetze:\n  - {text: A., einfach: A., faq: nicht-reglementiert}\n")
