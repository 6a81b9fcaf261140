"""Opening hours in free text: what cannot be true is found, everything else is left alone."""

from __future__ import annotations

import pytest

from bot.knowledge.hours_text import hour_faults

WRONG = {
    "Mo 9–12 und Mo 11–13": "„Mo 9–12“ und „Mo 11–13“ überschneiden sich",
    "Mo 9:00-12:00 und 11.30-13 Uhr": "überschneiden sich",
    "Mo–Fr 9–12, Do 11–18 Uhr": "„Do 9–12“ und „Do 11–18“ überschneiden sich",
    "montags 9-12 Uhr; dienstags 9-12 Uhr; Montag 11-14": "„Mo 9-12“ und „Mo 11-14“ überschneiden sich",
    "Sa–Mo 9–12, So 10–11": "„So 9–12“ und „So 10–11“ überschneiden sich",
    "telefonisch Mo 9–12, Mo 11–13": "überschneiden sich",
    "Mo 9 Uhr bis 12 Uhr, Mo 11 Uhr bis 13 Uhr": "überschneiden sich",
    "Mo–Fr 25:00": "„25:00“ gibt es nicht",
    "Mo 9–25 Uhr": "„9–25“ gibt es nicht",
    "Mo 9:75–10 Uhr": "gibt es nicht",
    "täglich 9:00–24:30": "gibt es nicht",
    "Beginn 25.00 Uhr": "„25.00“ gibt es nicht",
    "Mo 12–9": "endet vor dem Anfang",
    "Mo 9–9 Uhr": "endet vor dem Anfang",
}
RIGHT = (
    "", "nach Vereinbarung", "Mo–Do 9–16 Uhr, Fr 9–12 Uhr", "Mo 9–12 und 12–16 Uhr", "Mo 9–12, telefonisch Mo 10–12", "am 1. Dienstag 9–12, am 2. Dienstag 9–13 Uhr",
    "0–24 Uhr täglich", "Mo–Fr 8–18, Tel. 0641 12-34", "Raum 30-31, Mo 9–12", "ab 01.12. geschlossen, 24.12.2026 zu", "Mo bis Fr 8 bis 12 Uhr und 13 bis 16 Uhr", "Mo–Fr 0:00–24:00",
)


@pytest.mark.parametrize(("text", "message"), WRONG.items(), ids=WRONG)
def test_contradiction_is_named_once(text: str, message: str) -> None:
    [fault] = hour_faults(text)
    assert message in fault


@pytest.mark.parametrize("text", RIGHT)
def test_possible_hours_are_accepted(text: str) -> None:
    assert hour_faults(text) == []
