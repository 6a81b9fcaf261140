"""`lotse faq list|show|edit|split`, `lotse werte` and `lotse proposals`: what the pages of the console do, with the same checks and the same second person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.commands.editing import database_of
from bot.editor.faq_form import faq_values
from bot.editor.phrasings import all_phrasings
from bot.editor.wert_form import wert_values
from bot.editor.workspace import Workspace
from bot.store import accounts, audit, proposals
from bot.store.database import Database
from bot.team import passwords, roles
from tests.unit.editor.conftest import AYLIN, BEN, git
from tests.unit.editor.test_faq_ids import RECORD

WHO = ("--als", str(AYLIN))
PASSWORD = "Zaunkönig-Regal-Montag"
SECOND = ("--konto", BEN.mail, "--passwort", PASSWORD)
LAW, BLUE = "anabin", "blaue-karte-regel"
TEXT = "anabin ist eine Datenbank. Prüfen Sie dort die Hochschule und den Abschluss."


@pytest.fixture(scope="module")
def password_hash() -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def db(workspace: Workspace, password_hash: str) -> Database:
    """The database beside the copy, with Ben who may release and Lea who may not."""
    found = database_of(workspace)
    accounts.add(found, BEN.mail, BEN.name, roles.PUBLISH, password_hash)
    accounts.add(found, "lea@beispiel.example", "Lea Leser", roles.LABEL, password_hash)
    return found


@pytest.fixture
def plain_faq(workspace: Workspace) -> str:
    """An FAQ that cites no law and names no amount."""
    return next(name for name in sorted(path.stem for path in (workspace.data / "faq").glob("*.yml"))
                if not (values := faq_values(name, workspace))["rechtsgrundlagen"] and "{werte" not in values["antwort"])


def test_lists_and_shows(run, workspace: Workspace) -> None:
    code, out, _ = run("faq", "list", "anabin", "Lese")
    assert code == 0 and out.startswith("anabin  ") and out.endswith("1 Antwort\n")
    assert "0 Antworten" in run("faq", "list", "xyzzy")[1]
    assert f"{BLUE}  50.700 Euro" in run("werte", "list")[1]
    assert json.loads(run("faq", "show", LAW, "--json")[1])["frage"] == faq_values(LAW, workspace)["frage"]
    assert "Heute: 50.700 Euro" in run("werte", "show", BLUE)[1]
    assert run("faq", "show", "gibt-es-nicht")[0] == run("werte", "show", "gibt-es-nicht")[0] == 2


def test_what_show_prints_changes_nothing_when_it_comes_back(run, workspace: Workspace, tmp_path: Path) -> None:
    for group, name in (("faq", LAW), ("werte", BLUE)):
        shown = run(group, "show", name)[1]
        (tmp_path / "felder.yml").write_text(shown.split("\nIm Chat,")[0].split("Heute: ")[0], encoding="utf-8")
        assert run(group, "edit", name, "--aus", str(tmp_path / "felder.yml"), "--yes", *WHO) == (0, "Nichts zu ändern.\n", "")


def test_answer_without_law_is_shown_checked_and_written(run, workspace: Workspace, plain_faq: str) -> None:
    code, out, _ = run("faq", "edit", plain_faq, "kurz=Neu und kurz", "--dry-run")
    assert code == 0 and "+kurz: Neu und kurz" in out and "Im Chat, Antwort:" in out and git(workspace.root, "status", "--porcelain", "data") == ""
    code, out, _ = run("faq", "edit", plain_faq, "kurz=Neu und kurz", "verwandt=[anabin, zsba]", *WHO, answer="j\n")
    assert code == 0 and "Commit" in out
    assert (faq_values(plain_faq, workspace)["kurz"], faq_values(plain_faq, workspace)["verwandt"]) == ("Neu und kurz", ["anabin", "zsba"])
    assert git(workspace.root, "log", "-1", "--format=%an <%ae>").strip() == str(AYLIN)


@pytest.mark.parametrize(("arguments", "words"), [
    (("faq", "edit", LAW), "kein Feld angegeben"), (("faq", "edit", LAW, "kurz"), "FELD=WERT schreiben"), (("faq", "edit", LAW, "farbe=rot"), "Feld „farbe“: Dieses Feld gibt es nicht"),
    (("faq", "edit", LAW, "quellen=abc"), "Feld „quellen“: Das Feld hat eine andere Form"), (("faq", "edit", LAW, "verwandt=[a"), "So schreiben: verwandt="), (("faq", "edit", LAW, "verwandt=[&a x, *a]"), "Anker"),
    (("faq", "edit", LAW, "beratung_anbieten=vielleicht"), "weder ja noch nein"), (("faq", "edit", LAW, f"antwort={'wort ' * 81}"), "data/faq/anabin.yml:"), (("faq", "edit", LAW, "antwort=Es kostet 600 Euro."), "steht fest im Text"),
    (("faq", "edit", LAW, "stand=2999-01-01"), "Zukunft"), (("faq", "edit", "../werte", "kurz=x"), "keine Kennung"), (("werte", "edit", BLUE, "werte=viel"), "Das Feld hat eine andere Form"),
    (("werte", "edit", BLUE, "werte=[{wert: viel}]"), "ist keine Zahl"), (("werte", "edit", BLUE, "geprueft_am=gestern"), "kein Datum"),
    (("werte", "new", BLUE, "52.000", "--ab", "bald", "--geprueft-am", "2026-11-25", "--pruefen-bis", "2027-12-31"), "erste Geltungstag"),
])
def test_faults_name_field_and_remedy_and_change_nothing(run, contents, arguments: tuple[str, ...], words: str) -> None:
    before = contents()
    code, _, err = run(*arguments, "--yes", *WHO)
    assert (code, words in err, " → " in err, "Traceback" in err) == (2, True, True, False), err
    assert contents() == before


def test_law_becomes_a_proposal_that_another_person_accepts(run, db: Database, workspace: Workspace, contents) -> None:
    before = contents()
    code, out, _ = run("faq", "edit", LAW, f"antwort={TEXT}", "--yes", *WHO)
    assert code == 0 and "Vorgeschlagen, noch nicht geschrieben" in out and contents() == before
    [row] = proposals.in_state(db)
    assert row.id in out and "1 Vorschlag im Zustand „offen“" in run("proposals", "list")[1]
    code, out, _ = run("proposals", "show", row.id)
    assert code == 0 and f"von {AYLIN}" in out and f"+  {TEXT}" in out
    code, out, _ = run("proposals", "accept", row.id, *SECOND, answer="j\n")
    assert code == 0 and "Angenommen und geschrieben, Commit" in out
    assert faq_values(LAW, workspace)["antwort"] == TEXT
    assert git(workspace.root, "log", "-1", "--format=%an <%ae>|%b").strip() == f"{AYLIN}|Geprüft-von: {BEN}"
    assert {"vorschlag_gemacht", "vorschlag_angenommen"} <= {entry.action for entry in audit.recent(db)}
    assert run("proposals", "accept", row.id, *SECOND, "--yes")[0] == 2  # once only
    undone = run("faq", "undo", git(workspace.root, "rev-parse", "HEAD").strip(), "--yes", *WHO)
    assert undone[0] == 0 and len(proposals.in_state(db)) == 1 and faq_values(LAW, workspace)["antwort"] == TEXT  # taking back law needs two as well


def test_new_value_of_a_year_waits_for_the_second_person(run, db: Database, workspace: Workspace) -> None:
    code, out, _ = run("werte", "new", BLUE, "52.000", "--ab", "2027-01-01", "--bis", "2027-12-31", "--geprueft-am", "2026-11-20", "--pruefen-bis", "2027-12-31", "--yes", *WHO)
    assert code == 0 and "In " in out and wert_values(BLUE, workspace)["werte"][0]["wert"] == 50700
    [row] = proposals.in_state(db)
    assert run("proposals", "accept", row.id, *SECOND, "--yes")[0] == 0
    assert wert_values(BLUE, workspace)["werte"][0] == {"wert": 52000.0, "ab": "2027-01-01", "bis": "2027-12-31"}


@pytest.mark.parametrize(("konto", "passwort", "words"), [
    (BEN.mail, "falsch-falsch-falsch", "Passwort stimmt nicht"), ("niemand@beispiel.example", PASSWORD, "Passwort stimmt nicht"), ("lea@beispiel.example", PASSWORD, "Rolle „freigeben“"),
])
def test_nobody_accepts_without_password_and_role(run, db: Database, contents, konto: str, passwort: str, words: str) -> None:
    run("faq", "edit", LAW, f"antwort={TEXT}", "--yes", *WHO)
    before, [row] = contents(), proposals.in_state(db)
    code, _, err = run("proposals", "accept", row.id, "--yes", "--konto", konto, "--passwort", passwort)
    assert (code, words in err) == (2, True) and contents() == before and len(proposals.in_state(db)) == 1


def test_own_proposal_can_be_taken_back_but_not_accepted(run, db: Database, contents) -> None:
    run("faq", "edit", LAW, f"antwort={TEXT}", "--yes", "--als", str(BEN))
    before, [row] = contents(), proposals.in_state(db)
    code, _, err = run("proposals", "accept", row.id, *SECOND, "--yes")
    assert (code, "eigenen Vorschlag" in err) == (2, True) and contents() == before
    assert run("proposals", "withdraw", row.id, "doch nicht", *WHO)[0] == 2
    assert run("proposals", "withdraw", row.id, "x", "--als", str(BEN))[0] == 2
    assert run("proposals", "withdraw", row.id, "doch nicht", "--als", str(BEN))[1] == "Zurückgezogen.\n"
    assert [r.note for r in proposals.in_state(db, "abgelehnt")] == ["doch nicht"] and "doch nicht" in run("proposals", "list", "--zustand", "abgelehnt")[1]


def test_reject_needs_a_reason_and_a_second_word_is_refused(run, db: Database) -> None:
    run("faq", "edit", LAW, f"antwort={TEXT}", "--yes", *WHO)
    [row] = proposals.in_state(db)
    assert run("proposals", "reject", row.id, " ", *SECOND)[0] == 2
    assert run("proposals", "reject", row.id, "Die Quelle fehlt.", *SECOND)[1] == "Abgelehnt.\n"
    assert "schon entschieden" in run("proposals", "reject", row.id, "noch einmal", *SECOND)[2]
    assert "gibt es nicht" in run("proposals", "show", "0" * 32)[2]


def test_overtaken_proposal_says_so_and_writes_nothing(run, db: Database, workspace: Workspace) -> None:
    run("faq", "edit", LAW, f"antwort={TEXT}", "--yes", *WHO)
    [row] = proposals.in_state(db)
    place = workspace.data / "faq" / f"{LAW}.yml"
    other = place.read_text(encoding="utf-8").replace("antwort: >-\n  ", "antwort: >-\n  Übrigens: ")
    place.write_text(other, encoding="utf-8")
    code, out, _ = run("proposals", "show", row.id)
    assert (code, "Dieselbe Stelle" in out) == (1, True)
    code, _, err = run("proposals", "accept", row.id, *SECOND, "--yes")
    assert (code, "überholt" in err) == (2, True) and place.read_text(encoding="utf-8") == other
    assert [r.id for r in proposals.in_state(db, "ueberholt")] == [row.id]


def test_split_takes_the_chosen_sentences_along(run, workspace: Workspace, tmp_path: Path) -> None:
    chosen = all_phrasings(workspace)["faq/anabin"][:3]
    (tmp_path / "antwort.yml").write_text(json.dumps(RECORD, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "saetze.txt").write_bytes(b"\xef\xbb\xbf" + "\r\n".join(chosen).encode())
    files = (str(tmp_path / "antwort.yml"), str(tmp_path / "saetze.txt"))
    code, out, err = run("faq", "split", "anabin", "h-plus", *files, "--yes", *WHO)
    assert (code, err) == (0, "") and "Geschrieben: 3 Dateien" in out
    now = all_phrasings(workspace)
    assert now["faq/h-plus"] == chosen and not set(chosen) & set(now["faq/anabin"])
    assert "steht nicht bei" in run("faq", "split", "anabin", "h-plus-zwei", *files, "--yes", *WHO)[2] or "gibt es nicht" in run("faq", "split", "anabin", "h-plus-zwei", *files, "--yes", *WHO)[2]
    (tmp_path / "saetze.txt").write_bytes("erste Zeile\nzweite mit ü".encode("latin-1"))
    code, _, err = run("faq", "split", "anabin", "h-plus-drei", *files, "--yes", *WHO)
    assert (code, "saetze.txt:2: Die Datei ist nicht in UTF-8" in err) == (2, True)


def test_undo_without_commit_lists_the_last_changes(run, workspace: Workspace, plain_faq: str) -> None:
    run("faq", "edit", plain_faq, "kurz=Neu und kurz", "--yes", *WHO)
    [line] = run("faq", "undo")[1].splitlines()
    assert line.split("  ")[0] == git(workspace.root, "rev-parse", "--short", "HEAD").strip() and "Aylin Beispiel" in line and "kurz geändert" in line
