"""`lotse inbox`, `lotse stats` and `lotse team` do what the console does, in words for people."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands import inbox, stats, team
from bot.store import accounts, audit, labels
from bot.store.database import Database
from bot.store.groups import key_of
from tests.web.team.nachrichten import say


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/lotse.db")
    return Database()


def run(group, *arguments: str, **options) -> Result:  # type: ignore[no-untyped-def]
    return CliRunner().invoke(group, list(arguments), **options)


def test_list_label_undo_export(db: Database, tmp_path: Path) -> None:
    say(db, "Was kostet anabin?")
    say(db, "=cmd|' /C calc'!A0")
    shown = run(inbox.command, "list").output
    key = key_of("Was kostet anabin?")
    assert key in shown and "2 Fragen offen, aus 2 Nachrichten." in shown
    done = run(inbox.command, "label", key, "anders", "--absicht", "aqb")
    assert done.exit_code == 0 and "1 Fragen offen" in run(inbox.command, "list").output
    label = done.output.split()[0]
    assert labels.waiting(db)[0]["intent"] == "faq/aqb"
    assert run(inbox.command, "undo", label).exit_code == 0 and run(inbox.command, "undo", label).exit_code == 2
    assert run(inbox.command, "export", str(tmp_path / "offen.csv")).exit_code == 0
    table = (tmp_path / "offen.csv").read_text(encoding="utf-8-sig")
    assert table.count("\n") == 3 and ";'=cmd" in table
    assert {"posteingang_anders", "posteingang_zurueckgenommen", "posteingang_ausgeleitet"} <= {row.action for row in audit.recent(db)}


@pytest.mark.parametrize(("arguments", "said"), [
    (("label", "0" * 32, "richtig"), "gibt es nicht"), (("label", "x", "fremd"), "gibt es nicht"), (("undo", "0" * 32), "nicht (mehr)"),
])
def test_wrong_use_is_told_in_german(db: Database, arguments: tuple[str, ...], said: str) -> None:
    result = run(inbox.command, *arguments)
    assert result.exit_code == 2 and said in result.output


def test_unknown_intent_is_refused(db: Database) -> None:
    say(db, "Frage")
    run(inbox.command, "list")
    result = run(inbox.command, "label", key_of("Frage"), "anders", "--absicht", "gibt-es-nicht")
    assert result.exit_code == 2 and "gibt es nicht" in result.output and labels.waiting(db) == []


def test_stats_gaps_and_sample(db: Database) -> None:
    for number in range(6):
        say(db, f"Frage {number}", [("faq/anabin", 0.9)])
    for _ in range(2):
        say(db, "Miete?", [("out_of_scope", 0.4)], decision="ablehnung")
    output = run(stats.command).output
    assert "Ergebnis beantwortet: •" in output or "Ergebnis beantwortet: 6" in output
    assert "Ergebnis abgelehnt: < 5" in output
    assert "thema;woche;kreis;gespraeche" in run(stats.command, "csv", "themen").output
    assert "[offen] Miete?  (2×, 0× schlecht)" in run(stats.command, "gaps").output
    assert run(stats.command, "--quartal", "Sommer", "csv", "themen").exit_code == 2
    assert "0 gezogen" in run(stats.command, "sample").output
    assert run(stats.command, "sample", "--woche", "2999-W01").exit_code == 2


def test_accounts_waiting_and_log(db: Database) -> None:
    added = run(team.command, "add", "anna@lotse.example", "--name", "Anna", "--rolle", "verwalten", "--passwort", "Zaunkönig-Regal-Montag")
    assert added.exit_code == 0, added.output
    assert run(team.command, "add", "anna@lotse.example", "--name", "Anna", "--rolle", "lesen", "--passwort", "Zaunkönig-Regal-Montag").exit_code == 2
    assert run(team.command, "change", "anna@lotse.example", "--sperren").exit_code == 2
    assert "Einmalpasswort: " in run(team.command, "change", "anna@lotse.example", "--einmalpasswort").output
    assert "konto_angelegt" in run(team.command, "log").output and "anna@lotse.example" in run(team.command, "list").output
    say(db, "Frage")
    assert "1  Frage im Posteingang" in run(team.command, "waiting").output


def test_accounts_with_one_time_password_or_elsewhere_and_log_as_table(db: Database) -> None:
    assert "Einmalpasswort: " in run(team.command, "add", "ben", "--name", "Ben", "--rolle", "lesen", "--einmalpasswort").output
    assert run(team.command, "add", "eva", "--name", "Eva", "--rolle", "lesen", "--dienstkonto").exit_code == 0
    ben, eva = accounts.find(db, "ben"), accounts.find(db, "eva")
    assert ben and ben.temporary and eva and eva.password == ""
    assert run(team.command, "add", "uwe", "--name", "Uwe", "--rolle", "lesen", "--dienstkonto", "--einmalpasswort").exit_code == 2
    assert run(team.command, "add", "uwe", "--name", "Uwe", "--rolle", "lesen", input="Zaunkönig-Regal-Montag\nZaunkönig-Regal-Montag\n").exit_code == 0
    table = run(team.command, "log", "--csv").output
    assert table.startswith("zeit_utc;wer;was;worauf;angaben\n") and "konto_angelegt;ben" in table
    assert audit.recent(db)[0].action == "protokoll_ausgeleitet"
