"""Which need and role a message names."""

from __future__ import annotations

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.routing import need_of, role_of

SAID = {
    "Wo ist die nächste Beratung?": "beratung", "Ich habe einen Bescheid mit Auflagen, wer hilft mir in Kassel?": "begleitung", "wo ist qualifi büro": "begleitung",
    "mein chef zahlt keinen lohn, wo beratung": "arbeitsrecht", "wo deutschkurs in hanau": "sprachkurs", "ich will mich selbständig machen, wer berät": "selbststaendigkeit",
    "ich bin noch im Ausland, wer berät mich": "ausland", "Brückenkurs für Ingenieure in Fulda": "qualifizierung", "": "beratung", "🙂": "beratung",
}


@pytest.fixture(scope="module")
def needs():
    return Knowledge.load().needs


@pytest.mark.parametrize(("text", "need"), SAID.items(), ids=list(SAID))
def test_need_is_told_by_its_words(needs, text, need):
    assert need_of(needs, text) == need


@pytest.mark.parametrize(("text", "role"), [("Beratung für Arbeitgeber in Wetzlar", "arbeitgeber"), ("wir suchen pflegekräfte", "arbeitgeber"), ("mein Arbeitgeber kündigt mir", "ratsuchend"), ("", "ratsuchend")])
def test_role_is_told_by_its_words(text, role):
    assert role_of(text) == role
