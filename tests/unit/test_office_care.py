"""Whom to call and why: each reason on its day, the most urgent office first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.office_care import call_reasons, calls
from bot.knowledge.offices import Office

DAY = dt.date(2026, 11, 25)


@pytest.fixture
def office(knowledge: Knowledge) -> Office:
    """An office that nobody has to call."""
    return replace(knowledge.offices["hlfgp-pflege"], sicher="geprueft", stand="2026-11-01", adresse_stand="2026-11", gueltig_bis=None)


def test_fresh_office_needs_no_call(office: Office) -> None:
    assert call_reasons(office, DAY, 30) == []


@pytest.mark.parametrize(("change", "ahead", "text"), [
    ({"gueltig_bis": dt.date(2026, 12, 5)}, 10, "gilt nur bis 05.12.2026"),
    ({"gueltig_bis": dt.date(2026, 12, 5)}, 9, ""),
    ({"gueltig_bis": dt.date(2026, 11, 24)}, 0, "galt nur bis 24.11.2026"),
    ({"stand": "2026-05-29"}, 0, ""),  # 180 days old
    ({"stand": "2026-05-28"}, 0, "frisch bis 24.11.2026"),
    ({"stand": "2026-05-29"}, 1, "frisch bis 25.11.2026"),
    ({"stand": "2026-08-26", "sicher": "wahrscheinlich"}, 0, "frisch bis 24.11.2026"),
    ({"stand": ""}, 0, "ohne Stand"),
    ({"sicher": "unbekannt"}, 0, "„unbekannt“"),
    ({"adresse_stand": "2023-11-25"}, 0, "Adresse von 25.11.2023"),
    ({"adresse_stand": "2023-11-26"}, 0, ""),
    ({"telefon": "", "email": ""}, 0, "weder Telefon noch E-Mail"),
    ({"telefon": ""}, 0, ""),
    ({"status": "beendet", "stand": ""}, 0, ""),
    ({"angebot": "beendet", "stand": ""}, 0, ""),
])
def test_reason_counts_from_its_day(office: Office, change: dict[str, object], ahead: int, text: str) -> None:
    reasons = call_reasons(replace(office, **change), DAY, ahead)
    assert [text in reason.text for reason in reasons] == ([True] if text else [])


def test_offices_that_people_lose_first_come_first(office: Office) -> None:
    offices = [
        replace(office, id="e-kontakt", telefon="", email=""), replace(office, id="d-adresse", adresse_stand="2020"), replace(office, id="c-alt", stand="2026-01"),
        replace(office, id="b-uralt", stand="2020"), replace(office, id="a-endet-spaeter", gueltig_bis=dt.date(2026, 12, 20)), replace(office, id="z-endet", gueltig_bis=dt.date(2026, 12, 1)),
    ]
    assert [found.id for found, _ in calls(offices, DAY, 30)] == ["z-endet", "a-endet-spaeter", "b-uralt", "c-alt", "d-adresse", "e-kontakt"]
