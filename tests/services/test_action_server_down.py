"""Without the action server: FAQ answers and the Anerkennungsprüfung still come, office questions get a sentence with hotline and website."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture
def without_actions(lotse):
    """The assistant with its action server stopped; started again afterwards."""
    lotse.actions.stop()
    yield lotse
    lotse.actions.start()
    lotse.actions.wait_ready()


def test_faq_is_answered_and_office_question_gets_the_hotline(without_actions):
    talk = without_actions.talk()
    assert talk.say("Was kostet die Anerkennung?").faq == "kosten-ueberblick"
    answer = talk.say("brauche hilfe in marburg")
    assert "+49 30 1815-1111" in answer.text
    assert "anerkennung-in-deutschland.de" in answer.text
    assert talk.say("Was ist die Chancenkarte?").faq == "chancenkarte"


def test_check_asks_and_answers_as_always(without_actions):
    talk = without_actions.talk()
    assert talk.say("Brauche ich eine Anerkennung?").custom["frage"] == "beruf"
    assert talk.say("Maurer aus dem Kosovo").custom["frage"] == "aufenthalt"
    answer = talk.say("Kassel")
    assert answer.custom["typ"] == "pruefung"
    assert "Handwerkskammer Kassel" in answer.text
    assert "nicht erreichbar" not in answer.text


def test_office_question_works_again_afterwards(lotse):
    assert lotse.talk().say("brauche hilfe in marburg").custom["typ"] == "stellen"
