"""The running assistant and its database: an apology instead of a wrong answer while it is locked, everything remembered after a restart, nothing personal in its files."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow
SORRY = "das hat gerade nicht geklappt"


@pytest.fixture
def file(lotse: Any) -> Path:
    """Returns the assistant's SQLite file."""
    return Path(lotse.database.removeprefix("sqlite:///"))



def test_restart_between_two_messages_keeps_what_was_told(lotse: Any) -> None:
    talk = lotse.talk()
    talk.say("Ich bin Koch aus Syrien und wohne in Kassel")
    lotse.rasa.stop()
    lotse.rasa.start()
    lotse.rasa.wait_ready()
    answer = talk.say("Was weißt du über mich?").text
    assert "Koch" in answer and "Syrien" in answer
    assert talk.say("Was kostet die Anerkennung?").faq


def test_open_question_is_still_open_after_a_restart(lotse: Any) -> None:
    talk = lotse.talk()
    assert talk.say("Brauche ich eine Anerkennung?").custom["frage"] == "beruf"
    lotse.rasa.stop()
    lotse.rasa.start()
    lotse.rasa.wait_ready()
    assert talk.say("Maurer aus dem Kosovo").custom["frage"] == "aufenthalt"


def test_locked_database_gets_an_apology_and_the_next_message_the_old_context(lotse: Any, file: Path) -> None:
    talk = lotse.talk()
    talk.say("Ich bin Koch aus Syrien und wohne in Kassel")
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    answer = talk.say("Was kostet die Anerkennung?")
    connection.close()
    assert SORRY in answer.text and not answer.faq
    assert "Koch" in talk.say("Was weißt du über mich?").text


def test_nothing_personal_is_in_the_files(lotse: Any, file: Path) -> None:
    talk = lotse.talk()
    for text in ("Ich heiße Tesfaye Bekele, Telefon 0152 28817386", "Mail tesfaye.b@beispiel.example, geboren am 12.03.1985", "Ich wohne in der Goethestraße 5, 34117 Kassel", "Az. 7654321-423, wo ist Beratung?"):
        assert talk.say(text).text
    content = b"".join(path.read_bytes() for path in file.parent.glob("lotse.db*"))
    assert talk.sender.encode() in content
    for word in ("Tesfaye", "Bekele", "28817386", "tesfaye.b", "12.03.1985", "Goethestra", "7654321"):
        for form in (word.encode(), word.encode("utf-16-le"), json.dumps(word).encode()):
            assert form not in content


def test_strange_ids_and_texts_leave_the_assistant_running(lotse: Any) -> None:
    for sender in ("x\ud800", "a\x00b", "../../etc", "x" * 65):
        assert lotse.post({"sender": sender, "message": "hallo"}).status_code == 400
    for text in ("a\ud800b", "a\x00b", "\udfff"):
        assert lotse.talk().say(text).text
    assert lotse.talk().say("Was kostet die Anerkennung?").faq == "kosten-ueberblick"
