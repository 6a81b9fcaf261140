"""When a message cannot be stored it is not forwarded, and the person is told."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any, Callable

from tests.web.chat.visitor import API, Visitor, new_id


def test_locked_database_is_told_and_nothing_forwarded(site: Callable[..., Any], counting: tuple[str, list[str]], tmp_path: Path, rows: Callable[[], list[Any]]) -> None:
    visitor = Visitor(site(counting[0]))
    visitor.start()
    visitor.history()  # makes the tables
    holder = sqlite3.connect(tmp_path / "lotse.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    id = new_id()
    answer = visitor.send("hallo", id=id)
    assert (answer.status_code, answer.json()["art"]) == (503, "nicht_gespeichert")
    assert "nicht angekommen" in answer.json()["fehler"] and "+49 30 1815-1111" in answer.json()["fehler"]
    assert visitor.post("feedback", id=new_id(), grund="hilft").json()["art"] == "nicht_gespeichert"
    assert visitor.post("delete").json()["art"] == "nicht_gespeichert"
    assert visitor.client.get("/bereit").json()["teile"]["datenbank"] is False
    assert counting[1] == []
    holder.execute("ROLLBACK")
    holder.close()
    assert visitor.send("hallo", id=id).json()["art"] == "keine_antwort"
    assert counting[1] == ["/webhooks/rest/turn"]
    assert [row.state for row in rows()] == ["gescheitert"]


def test_unanswered_message_may_be_sent_again_once(site: Callable[..., Any], counting: tuple[str, list[str]], rows: Callable[[], list[Any]]) -> None:
    visitor = Visitor(site(counting[0]))
    visitor.start()
    id = new_id()
    assert [visitor.send("hallo", id=id).json()["art"] for _ in range(4)] == ["keine_antwort"] * 4
    assert len(counting[1]) == 2
    assert [(row.state, row.text) for row in rows()] == [("gescheitert", "hallo")]


def test_same_id_with_another_text_is_not_forwarded(site: Callable[..., Any], counting: tuple[str, list[str]], rows: Callable[[], list[Any]]) -> None:
    visitor = Visitor(site(counting[0]))
    visitor.start()
    id = new_id()
    visitor.send("hallo", id=id)
    visitor.send("etwas anderes", id=id)
    assert len(counting[1]) == 1 and [row.text for row in rows()] == ["hallo"]


def test_personal_data_is_masked_in_the_journal(visitor: Visitor, rows: Callable[[], list[Any]]) -> None:
    visitor.send("Ich heiße Ali Hassan, ali.hassan@example.org")
    (row,) = rows()
    assert row.text == "Ich heiße <NAME>, <E-MAIL>"
    assert visitor.history()[0]["text"] == "Ich heiße <NAME>, <E-MAIL>"


def test_data_folder_that_cannot_be_used(site: Callable[..., Any], tmp_path: Path) -> None:
    client = site()
    (tmp_path / "lotse.db").unlink(missing_ok=True)
    (tmp_path / "lotse.db").mkdir()
    visitor = Visitor(client)
    client.app.state.database._ready = False
    visitor.start()
    answer = visitor.send("hallo")
    assert (answer.status_code, answer.json()["art"]) == (503, "nicht_gespeichert")
    assert client.get(f"{API}/state").status_code == 200
