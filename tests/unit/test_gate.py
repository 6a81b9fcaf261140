"""The release gate: each rule at its limit, its German reason with numbers, and who may overrule it."""

from __future__ import annotations

import pytest

from bot.team import roles
from bot.training import gate
from bot.training.comparison import Complaint, Conversation, FaqChange
from bot.training.gate import Refused, Verdict
from tests.unit.comparisons import comparison, figures


def talk(before: bool | None, now: bool) -> Conversation:
    return Conversation("Nachfragen", "gespraeche.yml", before, now, "" if now else "„und die Kosten?“: Die Antwort ist leer.")


def test_equal_model_may_be_released() -> None:
    verdict = gate.check(comparison())
    assert verdict.passed and verdict.notes[0].startswith("Alle Prüffragen: ±0,0 Punkte")


@pytest.mark.parametrize(("now", "passes"), [(0.96, True), (0.9599, False), (0.99, True)])
def test_macro_f1_may_fall_by_one_point(now: float, passes: bool) -> None:
    assert gate.check(comparison(figures_b=figures(macro_f1=now))).passed is passes


def test_fall_of_macro_f1_is_told_with_numbers() -> None:
    assert gate.check(comparison(figures_b=figures(macro_f1=0.94))).reasons == ["Macro-F1 der Prüffragen fällt um 3,0 Punkte, von 97,0 auf 94,0 (erlaubt: 1,0)."]


@pytest.mark.parametrize(("tests", "before", "now", "passes"), [(10, 10, 9, True), (10, 10, 8, False), (9, 9, 5, True), (20, 20, 18, True), (20, 20, 17, False), (12, 5, 12, True)])
def test_faq_with_ten_tests_may_fall_by_ten_points(tests: int, before: int, now: int, passes: bool) -> None:
    assert gate.check(comparison(faqs=[FaqChange("anabin", tests, before, now)])).passed is passes


def test_fall_of_an_faq_is_told_with_numbers() -> None:
    assert gate.check(comparison(faqs=[FaqChange("anabin", 12, 12, 9)])).reasons == [
        "FAQ „anabin“ fällt um 25,0 Punkte: 9 statt 12 von 12 Prüffragen richtig (erlaubt: 10,0 Punkte)."]


def test_small_faq_is_noted() -> None:
    assert "anabin (5 statt 9 von 9)" in gate.check(comparison(faqs=[FaqChange("anabin", 9, 9, 5)])).notes[1]


@pytest.mark.parametrize(("now", "passes"), [(6, True), (7, False), (0, True)])
def test_off_topic_answers_may_not_rise(now: int, passes: bool) -> None:
    assert gate.check(comparison(figures_b=figures(off_topic_answered=now))).passed is passes


@pytest.mark.parametrize(("before", "now", "passes"), [(True, True, True), (True, False, False), (False, False, True), (None, False, False), (False, True, True)])
def test_conversation_may_not_break(before: bool | None, now: bool, passes: bool) -> None:
    assert gate.check(comparison(conversations=[talk(before, now)])).passed is passes


def test_conversation_that_failed_before_is_noted() -> None:
    assert any("Schon mit dem Modell in Gebrauch scheitern 1 Prüfgespräche: „Nachfragen“" in note for note in gate.check(comparison(conversations=[talk(False, False)])).notes)


def test_conversations_must_have_been_played() -> None:
    assert gate.check(comparison(conversations=None)).reasons == ["Die Prüfgespräche sind mit dem Kandidaten noch nicht geführt worden: Vergleich mit Gesprächen wiederholen."]


@pytest.mark.parametrize(("before", "now", "passes"), [(True, True, True), (True, False, False), (False, False, True), (False, True, True)])
def test_fixed_complaint_may_not_come_back(before: bool, now: bool, passes: bool) -> None:
    complaint = Complaint("was kostet das", "kosten-ueberblick", "faq/kosten-ueberblick", "faq/anabin", before, now)
    assert gate.check(comparison(complaints=[complaint])).passed is passes


def test_complaint_is_told_with_both_answers() -> None:
    found = gate.check(comparison(complaints=[Complaint("was kostet das", "kosten-ueberblick", "faq/kosten-ueberblick", "faq/anabin", True, False)]))
    assert found.reasons == ["Behobene Beschwerde wieder falsch: „was kostet das“ führt zu „faq/anabin“ statt „kosten-ueberblick“"]


def test_many_broken_conversations_are_cut() -> None:
    reasons = gate.check(comparison(conversations=[talk(True, False)] * 20)).reasons
    assert len(reasons) == gate.SHOWN + 1 and reasons[-1] == "… und 15 weitere dieser Art."


def test_without_comparison_nothing_is_released() -> None:
    assert "zuerst vergleichen" in gate.check(None).reasons[0]


def test_comparison_on_other_tests_does_not_count() -> None:
    assert "noch einmal vergleichen" in gate.check(comparison(tests="alt")).reasons[0]


OPEN, CLOSED = Verdict([], []), Verdict(["Grund."], [])


@pytest.mark.parametrize("role", [roles.PUBLISH, roles.ADMIN])
def test_open_gate_lets_pass(role: str) -> None:
    gate.permit(OPEN, role)


@pytest.mark.parametrize(("verdict", "role", "override"), [
    (OPEN, roles.LABEL, ""), (OPEN, roles.READ, ""), (OPEN, "", ""), (CLOSED, roles.PUBLISH, ""), (CLOSED, roles.ADMIN, ""), (CLOSED, roles.PUBLISH, "Das ist so gewollt."), (CLOSED, roles.ADMIN, "kurz"), (CLOSED, roles.ADMIN, " " * 40),
])
def test_closed_gate_or_wrong_role_is_refused(verdict: Verdict, role: str, override: str) -> None:
    with pytest.raises(Refused) as refused:
        gate.permit(verdict, role, override)
    assert refused.value.reasons


def test_admin_overrules_with_a_reason() -> None:
    gate.permit(CLOSED, roles.ADMIN, "Die Gesetzesänderung gilt ab morgen.")
