"""`lotse inbox`, `reports`, `gaps` and `stats rate`: what staff do with messages, without a browser."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa

from bot.commands import gaps, inbox, reports, stats, team
from bot.editor.phrasings import all_phrasings
from bot.editor.workspace import Workspace
from bot.store import accounts, audit, labels, picks
from bot.store import reports as stored_reports
from bot.store.database import Database
from bot.store.erase import erase
from bot.store.groups import key_of
from bot.store.tables import inbox as inbox_table
from bot.store.tables import journal
from bot.team.inbox import listing
from bot.team.stats import sample
from tests.unit.editor.conftest import AYLIN, clone, git, workspace  # noqa: F401 (fixtures)
from tests.unit.test_team_commands import db, run  # noqa: F401 (fixture)
from tests.web.team.nachrichten import say


def test_one_question_with_its_talk_and_copies(db: Database) -> None:  # noqa: F811
    say(db, "Was kostet anabin?", [("faq/anabin", 0.5), ("faq/zsba", 0.2)])
    say(db, "Und anabin, der Preis?", [("faq/anabin", 0.5)])
    run(inbox.command, "list")
    first, second = key_of("Was kostet anabin?"), key_of("Und anabin, der Preis?")
    with db.write() as connection:
        connection.execute(inbox_table.update().where(inbox_table.c.key == second).values(near=first))
    shown = run(inbox.command, "show", first).output
    assert "50%  faq/anabin" in shown and f"Ähnlich: Und anabin, der Preis? (1×, {second})" in shown and "> Was kostet anabin?" in shown
    done = run(inbox.command, "label", first, "richtig", "--aehnliche").output
    assert "mit 1 ähnlichen" in done and "0 Fragen offen" in run(inbox.command, "list").output
    assert run(inbox.command, "undo", *done.split(" undo ")[1].split()).exit_code == 0
    assert "2 Fragen offen" in run(inbox.command, "list").output or "1 Fragen offen" in run(inbox.command, "list").output
    assert run(inbox.command, "show", "0" * 32).exit_code == 2


def test_chosen_sentences_go_in_and_come_out_again(db: Database, workspace: Workspace) -> None:  # noqa: F811
    for text in ("Wie lese ich das Ergebnis von anabin richtig?", "Ich heiße Olena Petrenko, was sagt anabin zu mir?"):
        say(db, text, [("faq/anabin", 0.9)])
    run(inbox.command, "list")
    for row in listing.page(db).items:
        run(inbox.command, "label", row.key, "richtig")
    project = ("--projekt", str(workspace.root))
    shown = run(inbox.command, "waiting", *project).output
    plain, masked = sorted(shown.splitlines()[:2], key=lambda line: "entfernt" in line)
    assert "2 warten." in shown and "entfernt" in masked
    tried = run(inbox.command, "take", *project, "--dry-run")
    assert tried.exit_code == 0 and "+    - Wie lese ich das Ergebnis" in tried.output and "Ausgelassen" in tried.output and git(workspace.root, "status", "--porcelain", "data") == ""
    who = ("--autor", str(AYLIN), "--yes")
    assert run(inbox.command, "take", plain.split()[0], *project, *who).exit_code == 0
    assert run(inbox.command, "take", masked.split()[0], "--satz", "was sagt anabin zu meinem abschluss genau", "--pruefung", *project, *who).exit_code == 0
    assert "{frage: 'was sagt anabin zu meinem abschluss genau', id: anabin}" in (workspace.tests / "nlu" / "beschwerden.yml").read_text(encoding="utf-8")
    assert "was sagt anabin zu meinem abschluss genau" in all_phrasings(workspace)["faq/anabin"]
    unknown = run(inbox.command, "take", "0" * 32, *project, *who)
    assert unknown.exit_code == 2 and "wartet nicht" in unknown.output
    assert "Nichts zu entfernen" in run(inbox.command, "withdraw", *project, *who).output
    with db.read() as connection:
        talks = connection.execute(sa.select(journal.c.conversation).distinct()).scalars().all()
    for talk in talks:
        erase(db, talk)
    assert "2 Sätze entfernt" in run(inbox.command, "withdraw", *project, *who).output
    assert "was sagt anabin zu meinem abschluss genau" not in all_phrasings(workspace)["faq/anabin"]


def test_reports_and_searches(db: Database) -> None:  # noqa: F811
    id = stored_reports.report(db, "anabin", "veraltet", "Neues Gesetz")
    assert "1 Meldung\n" in run(reports.command, "list", "--grund", "veraltet").output
    assert run(reports.command, "set", id, "erledigt", "--notiz", "geändert", "--wer", "anna").exit_code == 0
    assert "0 Meldungen" in run(reports.command, "list").output and "Notiz: geändert" in run(reports.command, "list", "--zustand", "erledigt").output
    assert run(reports.command, "set", "0" * 32, "neu").exit_code == 2
    picks.pick(db, "anabin preis", "anabin", 7)
    key = run(reports.command, "searches").output.split()[0]
    assert run(reports.command, "judge", key, "merken").exit_code == 0 and labels.waiting(db)[0]["intent"] == "faq/anabin"
    assert "0 Suchen" in run(reports.command, "searches").output and run(reports.command, "judge", key, "merken").exit_code == 2
    assert {"meldung_bearbeitet", "suche_richtig"} <= {row.action for row in audit.recent(db)}


def test_gaps_are_taken_and_changed(db: Database) -> None:  # noqa: F811
    for _ in range(2):
        say(db, "Miete?", [("out_of_scope", 0.4)], decision="ablehnung")
    key = run(gaps.command, "list").output.split()[-1]
    assert run(gaps.command, "take", key, "--wer", "niemand").exit_code == 2
    run(team.command, "add", "anna", "--name", "Anna", "--rolle", "beschriften", "--passwort", "Zaunkönig-Regal-Montag")
    id = run(gaps.command, "take", key, "--wer", "anna").output.split()[0]
    assert run(gaps.command, "change", id, "--zustand", "erledigt", "--notiz", "FAQ ergänzt").exit_code == 0
    assert "[erledigt] Miete?  (anna, 2×)" in run(gaps.command, "list").output
    assert run(gaps.command, "change", "0" * 32, "--zustand", "neu").exit_code == 2


def test_sample_is_rated(db: Database) -> None:  # noqa: F811
    accounts.add(db, "anna", "Anna", "beschriften", "")
    start = db.now()
    for number in range(3):
        say(db, f"Frage {number}", [("faq/anabin", 0.9)])
    assert "Noch 0 zu bewerten" in run(stats.command, "rate", "--wer", "anna").output
    later = Database()
    later.now = lambda: start + dt.timedelta(days=8)
    week = sample.last_week(later)
    sample.draw(later, "anna", week)
    shown = run(stats.command, "rate", "--wer", "anna", "--woche", week).output
    assert "Noch 3 zu bewerten." in shown
    assert "Noch 2 zu bewerten." in run(stats.command, "rate", shown.split()[0], "richtig", "--wer", "anna", "--woche", week).output
    assert run(stats.command, "rate", shown.split()[0], "--wer", "anna").exit_code == run(stats.command, "rate", "--wer", "niemand").exit_code == 2
