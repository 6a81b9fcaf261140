"""`data/glossar.yml`: short, unique, each explained in full by an FAQ."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.errors import ContentErrors
from bot.knowledge.glossar import load_glossar


def test_terms_are_explained_and_lead_to_an_answer(knowledge: Knowledge) -> None:
    assert len(knowledge.glossar) >= 50
    assert all(e.erklaerung.endswith(".") and e.faq in knowledge.faqs for e in knowledge.glossar.values())


def test_amounts_stay_in_werte(knowledge: Knowledge) -> None:
    assert [e.id for e in knowledge.glossar.values() if "Euro" in e.erklaerung] == []


@pytest.mark.parametrize("entry, field", [
    ("x: {begriff: X, erklaerung: Ein Wort., faq: nirgends}", "x.faq"),
    (f"x: {{begriff: X, erklaerung: '{'Wort ' * 40}', faq: da}}", "x.erklaerung"),
    ("x: {begriff: X, erklaerung: Ein Wort., faq: da}\ny: {begriff: x, erklaerung: Ein Wort., faq: da}", "y"),
])
def test_faults_name_the_field(tmp_path: Path, entry: str, field: str) -> None:
    path = tmp_path / "glossar.yml"
    path.write_text(entry, encoding="utf-8")
    errors: list = []
    load_glossar(path, frozenset({"da"}), errors)
    assert [e.field for e in errors] == [field]
    assert ContentErrors(errors).errors[0].remedy
