"""The chat can be turned off with a reason; what protects people stays on."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable

import pytest
from click.testing import CliRunner

from bot import chat_switch
from bot.commands.chat_switch import command
from tests.web.chat.visitor import API, Visitor, new_id


def test_nothing_is_taken_while_off(visitor: Visitor, switch: Path, rows: Callable[[], list[Any]]) -> None:
    chat_switch.turn_off("Wir prüfen die Beträge.")
    for answer in (visitor.post("message", id=new_id(), text="hallo"), visitor.post("start")):
        assert (answer.status_code, answer.json()["art"]) == (503, "aus")
        assert answer.json()["fehler"].startswith("Wir prüfen die Beträge. ") and "+49 30 1815-1111" in answer.json()["fehler"]
    assert visitor.client.get(f"{API}/state").json() == {"an": False, "grund": "Wir prüfen die Beträge."}
    assert rows() == []


def test_history_and_deletion_go_on(visitor: Visitor, switch: Path) -> None:
    chat_switch.turn_off("Pause.")
    assert visitor.history() == []
    assert visitor.post("delete").status_code == 204


def test_on_again_at_once(visitor: Visitor, switch: Path) -> None:
    chat_switch.turn_off("Pause.")
    assert chat_switch.turn_on() and not chat_switch.turn_on()
    assert visitor.client.get(f"{API}/state").json() == {"an": True}


@pytest.mark.parametrize("content", ["", "{", "[]", '{"grund": ""}', "null", '{"seit": 1}'])
def test_broken_file_means_off(switch: Path, content: str) -> None:
    switch.write_text(content, encoding="utf-8")
    state = chat_switch.state()
    assert state is not None and state.reason == chat_switch.NO_REASON


def test_folder_in_its_place_means_off(switch: Path) -> None:
    switch.mkdir()
    assert chat_switch.state() is not None


def test_command(switch: Path) -> None:
    run = CliRunner().invoke
    assert run(command, ["state"]).output == "Ein.\n"
    assert "Besucher lesen: „Wir räumen auf.“" in run(command, ["off", "--grund", " Wir räumen  auf. "]).output
    shown = run(command, ["state"])
    assert shown.exit_code == 1 and "Wir räumen auf." in shown.output
    assert "wieder ein" in run(command, ["on"]).output
    assert "schon ein" in run(command, ["on"]).output


@pytest.mark.parametrize("grund", ["", "   ", "x" * 301])
def test_command_wants_a_reason(switch: Path, grund: str) -> None:
    result = CliRunner().invoke(command, ["off", "--grund", grund])
    assert result.exit_code == 2 and "1 bis 300 Zeichen" in result.output
    assert chat_switch.state() is None
