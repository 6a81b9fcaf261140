"""Phrasings as CSV and XLSX: the round trip changes nothing, and a poisoned file changes nothing either."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.editor.errors import EditError
from bot.editor.phrasings import all_phrasings
from bot.editor.table_import import import_table
from bot.editor.table_read import MAX_ROWS, read_rows
from bot.editor.tables import FORMULA, escaped, export_csv, export_xlsx, unescaped
from bot.editor.transaction import apply
from bot.editor.workspace import Workspace
from tests.unit.editor.conftest import AYLIN

NEW = "wo finde ich diese liste mit den hochschulen und dem h plus"
HEAD = "kennung;satz;aktion\n"


def table(*rows: str) -> bytes:
    return (HEAD + "\n".join(rows)).encode("utf-8")


def book(*rows: tuple) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def sheet(rows: Iterable[bytes]) -> bytes:
    """A workbook whose sheet holds the header and then these rows as they are."""
    head = b"".join(b'<c r="%s1" t="inlineStr"><is><t>%s</t></is></c>' % (c, t) for c, t in ((b"A", b"kennung"), (b"B", b"satz")))
    content = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">' + head + b"</row>" + b"".join(rows) + b"</sheetData></worksheet>"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(("kennung", "satz")))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, content if part.startswith("xl/worksheets/") else old.read(part))
    return out.getvalue()


def lying() -> bytes:
    """An archive whose directory says that 60 MB are 10 bytes."""
    raw = bytearray(zipped(xl__workbook=b"0" * 60_000_000))
    place = raw.rindex(b"PK\x01\x02") + 24
    raw[place:place + 4] = (10).to_bytes(4, "little")
    return bytes(raw)


def locked() -> bytes:
    """An archive that says it is encrypted."""
    raw = bytearray(zipped(xl__workbook=b"<a/>"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.rindex(mark) + place] |= 1
    return bytes(raw)


@pytest.mark.parametrize("kind", ["csv", "excel", "xlsx"])
def test_round_trip_of_all_phrasings_changes_nothing(workspace: Workspace, kind: str) -> None:
    raw = export_xlsx(None, workspace) if kind == "xlsx" else export_csv(None, workspace, excel=kind == "excel")
    assert import_table(raw, f"a.{'xlsx' if kind == 'xlsx' else 'csv'}", workspace).is_empty
    assert len(read_rows(raw, f"a.{'xlsx' if kind == 'xlsx' else 'csv'}")) == sum(map(len, all_phrasings(workspace).values()))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_table_adds_removes_and_moves_in_one_change(workspace: Workspace, kind: str) -> None:
    first, second = all_phrasings(workspace)["faq/anabin"][:2]
    rows = [("faq/anabin", NEW, ""), ("faq/anabin", first, "entfernen"), ("faq/zsba", second.upper(), "Verschieben")]
    raw = table(*(";".join(row) for row in rows)) if kind == "csv" else book(("Kennung", "Satz", "Aktion"), *rows)
    change = import_table(raw, f"tabelle.{kind}", workspace)
    assert change.title == "Formulierungen aus einer Tabelle: 1 ergänzt, 1 entfernt, 1 verschoben"
    apply(change, AYLIN, workspace)
    now = all_phrasings(workspace)
    assert NEW in now["faq/anabin"] and not {first, second} & set(now["faq/anabin"]) and second in now["faq/zsba"]


def test_table_from_windows_with_commas_is_read(workspace: Workspace) -> None:
    raw = f"kennung,satz\r\nfaq/anabin,\"Übung, für {NEW}\"\r\n".encode("cp1252")
    [diff] = import_table(raw, "a.csv", workspace).diffs().values()
    assert f"+    - Übung, für {NEW}\n" in diff


POISON: dict[str, tuple[bytes, str, str]] = {
    "formula": (table("faq/anabin;=cmd|' /C calc'!A0;"), "a.csv", "beginnt mit „=“"), "plus": (table("faq/anabin;+49 ruf an;"), "a.csv", "beginnt mit „+“"),
    "minus": (table("faq/anabin;-2+3;"), "a.csv", "beginnt mit „-“"), "at": (table("faq/anabin;@SUM(1);"), "a.csv", "beginnt mit „@“"),
    "formula-cell": (book(("kennung", "satz"), ("faq/anabin", "=HYPERLINK(\"http://a.b\")")), "a.xlsx", "steht eine Formel"),
    "rows": (HEAD.encode() + b"".join(b"faq/anabin;s%d;\n" % n for n in range(100_000)), "a.csv", f"mehr als {MAX_ROWS} Zeilen"),
    "size": (HEAD.encode() + b"x" * (2 * 1024 * 1024), "a.csv", "größer als 2 MiB"), "utf-16": (HEAD.encode("utf-16"), "a.csv", "UTF-16"),
    "no-text": (b"\x00\x01\x02\x81\x8d", "a.csv", "weder UTF-8 noch"), "mixed": (HEAD.encode() + "faq/anabin;Übung;\n".encode() + "faq/anabin;Prüfung;\n".encode("cp1252"), "a.csv", "ab hier Windows-1252"),
    "mojibake": (table("faq/anabin;PrÃ¼fung;"), "a.csv", "Umlaute sind verloren"), "quote": (table('faq/anabin;"offen;'), "a.csv", "Anführungszeichen"),
    "quote-lines": (table('faq/anabin;"a', 'b";'), "a.csv", "Zeilenumbruch"), "path": (table("../../etc/passwd;ein satz;"), "a.csv", "gibt es nicht"), "path-2": (table("faq/../../domain;ein satz;"), "a.csv", "gibt es nicht"),
    "null-id": (table("faq/anabin\x00;ein satz;"), "a.csv", "kein Text"), "unknown": (table("faq/anabim;ein satz;"), "a.csv", "gibt es nicht"), "action": (table("faq/anabin;ein satz;löschen"), "a.csv", "Aktion „löschen“"),
    "columns": (b"id;text\na;b\n", "a.csv", "Kopfzeile"), "double-column": (b"kennung;satz;satz\na;b;c\n", "a.csv", "Kopfzeile"), "cells": (table("faq/anabin;a;;zuviel"), "a.csv", "4 Zellen"), "empty": (b"", "a.csv", "leer"),
    "only-head": (HEAD.encode(), "a.csv", "keinen Satz"), "empty-cell": (table("faq/anabin;;"), "a.csv", "ist leer"), "twice": (table("faq/anabin;Ein Satz;", "faq/zsba;ein satz!;"), "a.csv", "steht schon in Zeile 2"),
    "taken": (table("faq/anabin;zsba;"), "a.csv", "steht schon bei „faq/zsba“"), "absent": (table("faq/anabin;gibt es nicht;entfernen"), "a.csv", "steht nicht bei"), "mail": (table("faq/anabin;mail an mia@web.de;"), "a.csv", "persönliche"),
    "markup": (table("faq/anabin;a [b](c);"), "a.csv", "Klammern"), "long": (table(f"faq/anabin;{'x' * 301};"), "a.csv", "301 Zeichen"),
    "csv-named-xlsx": (table("faq/anabin;a;"), "a.xlsx", "keine Excel-Mappe"), "xlsx-named-csv": (book(("kennung", "satz"), ("faq/anabin", "a")), "a.csv", "eine Arbeitsmappe"),
    "ending": (b"x", "../../a.exe", "Endung „.exe“"), "old-excel": (b"\xd0\xcf\x11\xe0", "a.csv", "alte Excel-Mappe"), "no-book": (zipped(a=b"<a/>"), "a.xlsx", "beschädigt"), "broken-zip": (b"PK\x03\x04kaputt", "a.xlsx", "beschädigt"),
    "zip-bomb": (zipped(xl__workbook=b"0" * 60_000_000), "a.xlsx", "ausgepackt zu groß"), "many-parts": (zipped(**{f"a{n}": b"" for n in range(101)}), "a.xlsx", "ausgepackt zu groß"),
    "path-in-zip": (zipped(**{"..__..__..__tmp__boese": b"x"}), "a.xlsx", "beschädigt"), "lying-zip": (lying(), "a.xlsx", "beschädigt"), "locked-zip": (locked(), "a.xlsx", "beschädigt"),
    "rows-xlsx": (sheet(b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>faq/anabin</t></is></c><c r="B%d" t="inlineStr"><is><t>s%d</t></is></c></row>' % (n, n, n, n) for n in range(2, 100_000)), "a.xlsx", f"mehr als {MAX_ROWS} Zeilen"),
    "far-row": (sheet([b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>faq/anabin</t></is></c></row>']), "a.xlsx", f"mehr als {MAX_ROWS} Zeilen"),
    "far-column": (sheet([b'<row r="2"><c r="A2" t="inlineStr"><is><t>faq/anabin</t></is></c><c r="XFD2" t="inlineStr"><is><t>x</t></is></c></row>']), "a.xlsx", "Zelle"),
    "broken-sheet": (sheet([b"<row><c"]), "a.xlsx", "beschädigt"), "utf-16-without-mark": (HEAD.encode("utf-16-le"), "a.csv", "a.csv"), "utf-32": (HEAD.encode("utf-32"), "a.csv", "a.csv"),
    "entities": (zipped(xl__workbook=b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "a.xlsx", "unerlaubte Bausteine"),
}


@pytest.mark.parametrize(("raw", "name", "words"), POISON.values(), ids=POISON)
def test_poisoned_file_gives_a_clear_error_and_changes_nothing(workspace: Workspace, contents, raw: bytes, name: str, words: str) -> None:
    before = contents()
    with pytest.raises(EditError) as caught:
        import_table(raw, name, workspace)
    assert words in str(caught.value) and all(e.remedy and not e.place.startswith((".", "/")) for e in caught.value.errors)
    assert len(caught.value.errors) <= 50 and contents() == before


def test_sentence_with_a_test_question_is_refused_when_it_is_written(workspace: Workspace) -> None:
    with pytest.raises(EditError, match="Prüffrage"):
        apply(import_table(table("faq/anabin;was ist bqfg bitte erklaeren;"), "a.csv", workspace), AYLIN, workspace)


@given(st.text(min_size=1, max_size=20))
def test_no_exported_cell_begins_like_a_formula_and_all_come_back(text: str) -> None:
    assert not escaped(text).startswith(FORMULA)
    assert unescaped(escaped(text)) == text


def test_workbook_holds_text_only(workspace: Workspace) -> None:
    sheet = load_workbook(io.BytesIO(export_xlsx(["faq/anabin"], workspace)))["Formulierungen"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert [row[1] for row in csv.reader(io.StringIO(export_csv(["faq/anabin"], workspace).decode()), delimiter=";")][1:] == all_phrasings(workspace)["faq/anabin"]
