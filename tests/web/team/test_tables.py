"""Tables of phrasings through the real upload: what is good becomes a preview, what is poisoned changes nothing and says where."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from starlette.testclient import TestClient

from bot.editor.phrasings import all_phrasings
from bot.editor.workspace import Workspace
from bot.store import audit
from bot.team import roles
from tests.web.team.editing import form_with, post, take_over

PAGE = "/team/daten/tabelle"


def book(*rows: tuple[Any, ...]) -> bytes:
    sheet = Workbook()
    for row in rows:
        sheet.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    sheet.save(out)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def upload(client: TestClient, content: bytes, name: str):
    csrf = dict(form_with(client.get(PAGE).text, "vorgang", "tabelle"))["csrf"]
    return client.post("/team/aendern", data={"csrf": csrf, "vorgang": "tabelle"}, files={"datei": (name, content)})


def table(*rows: str, head: str = "kennung;satz;aktion") -> bytes:
    return "\r\n".join((head, *rows)).encode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_table_comes_out_and_goes_in_again_as_it_was(editor: TestClient, sign_in, kind: str) -> None:
    sign_in(roles.LABEL)
    out = editor.get(f"/team/daten/export.{kind}")
    assert out.status_code == 200 and f".{kind}" in out.headers["content-disposition"]
    assert audit.recent(editor.app.state.database)[0].action == "formulierungen_ausgeleitet"  # type: ignore[attr-defined]
    answer = upload(editor, out.content, f"formulierungen.{kind}")
    assert answer.status_code == 400 and "Es hat sich nichts geändert" in answer.text


def test_changed_table_becomes_one_commit(editor: TestClient, sign_in, workspace: Workspace) -> None:
    sign_in(roles.PUBLISH)
    moved = all_phrasings(workspace)["faq/zsba"][0]
    lines = editor.get("/team/daten/export.xlsx?absicht=faq/anabin").content
    sheet = load_workbook(io.BytesIO(lines)).active
    assert sheet["A1"].value == "kennung" and sheet["A2"].value == "faq/anabin"  # type: ignore[index]
    answer = upload(editor, book(("kennung", "satz", "aktion"), ("faq/anabin", "wie lese ich die liste der schulen aus tiflis", ""), ("faq/anabin", moved, "verschieben")), "C:\\Tabellen\\..\\neu.xlsx")
    assert "1 ergänzt, 0 entfernt, 1 verschoben" in answer.text
    assert take_over(editor, answer).status_code == 200
    now = all_phrasings(workspace)
    assert moved in now["faq/anabin"] and moved not in now["faq/zsba"] and "wie lese ich die liste der schulen aus tiflis" in now["faq/anabin"]


POISON = {
    "formula": (book(("kennung", "satz", "aktion"), ("faq/anabin", '=HYPERLINK("http://boese.example")', "")), "a.xlsx", "Formel"),
    "formula in csv": (table("faq/anabin;=cmd|'/c calc'!A0;"), "a.csv", "Zelle beginnt mit"),
    "two encodings": (table("faq/anabin;Prüfung über Größe;") + "\r\nfaq/anabin;Prüfung der Maße;\x81".encode("latin-1"), "a.csv", "UTF-8"),
    "utf-16": (table("faq/anabin;Satz;").decode().encode("utf-16"), "a.csv", "UTF-8"),
    "100,000 rows": (table(*(f"faq/anabin;satz {n};" for n in range(100_000)))[: 2 * 1024 * 1024 - 4000], "a.csv", "20000 Zeilen"),
    "way out by path": (table("../../../etc/passwd;ein Satz zum Lesen;"), "a.csv", "gibt es nicht"),
    "name with path": (b"MZ\x90", "../../etc/cron.d/x.exe", "werden nicht gelesen"),
    "program as xlsx": (b"MZ\x90\x00", "a.xlsx", "keine Excel-Mappe"),
    "zip bomb": (archive(**{"xl__worksheets__sheet1.xml": b"0" * 45_000_000}), "a.xlsx", "zu groß"),
    "entities": (archive(**{"xl__workbook.xml": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}), "a.xlsx", "unerlaubte Bausteine"),
    "macros": (archive(**{"xl__vbaProject.bin": b"x"}), "a.xlsx", "Makros"),
    "no header": (table("ein Satz;faq/anabin", head="a;b"), "a.csv", "Kopfzeile"),
    "open quote": (table('faq/anabin;"ein Satz ohne Ende;'), "a.csv", "Anführungszeichen"),
    "control characters": (table("faq/anabin;ein Satz mit \x07;"), "a.csv", "a.csv:2"),
    "personal data": (table("faq/anabin;ruft mich an 0611 4477889 wegen anabin;"), "a.csv", "persönliche"),
    "empty": (b"", "a.csv", "leer"),
}


@pytest.mark.parametrize("name", list(POISON))
def test_poisoned_table_is_refused_with_a_reason_and_changes_nothing(editor: TestClient, sign_in, contents, name: str) -> None:
    sign_in(roles.LABEL)
    before = contents()
    content, file, told = POISON[name]
    answer = upload(editor, content, file)
    assert answer.status_code == 400 and told in answer.text and 'role="alert"' in answer.text and "Traceback" not in answer.text
    assert contents() == before and "etc/passwd</" not in answer.text


def test_table_of_an_old_spreadsheet_keeps_its_umlauts(editor: TestClient, sign_in) -> None:
    sign_in(roles.LABEL)
    answer = upload(editor, table("faq/anabin;Prüfung über Größe in der Liste;").decode().encode("cp1252"), "a.csv")
    assert answer.status_code == 200 and "Prüfung über Größe in der Liste</ins>" in answer.text


def test_faults_name_line_and_column(editor: TestClient, sign_in) -> None:
    sign_in(roles.LABEL)
    answer = upload(editor, table("faq/anabin;ein guter Satz über Listen;", "faq/anabinn;noch einer über Listen;", "faq/anabin;;", "faq/anabin;und einer;fliegen"), "neu.csv").text
    assert "neu.csv:3</code>, kennung" in answer or "neu.csv:4</code>, satz" in answer
    assert "neu.csv:4" in answer and "neu.csv:5" in answer


def test_larger_than_allowed_is_refused_at_the_door(editor: TestClient, sign_in, contents) -> None:
    sign_in(roles.LABEL)
    before = contents()
    assert upload(editor, b"x" * (2 * 1024 * 1024 + 70_000), "a.csv").status_code == 413
    assert contents() == before


@pytest.mark.parametrize("text", ["", "kein base64 §", "eJw", "AAAA"])
def test_forged_carried_table_is_refused(editor: TestClient, sign_in, contents, text: str) -> None:
    csrf = sign_in(roles.LABEL)
    before = contents()
    assert post(editor, [("csrf", csrf), ("vorgang", "tabelle"), ("tabelle", text), ("dateiname", "a.csv"), ("schritt", "uebernehmen")]).status_code == 400
    assert contents() == before


def test_readers_may_take_tables_but_not_bring_them(editor: TestClient, sign_in) -> None:
    csrf = sign_in(roles.READ)
    assert "Hochladen" not in editor.get(PAGE).text
    assert editor.post("/team/aendern", data={"csrf": csrf, "vorgang": "tabelle"}, files={"datei": ("a.csv", table())}).status_code == 403
    assert editor.get("/team/daten/export.exe").status_code == 404
