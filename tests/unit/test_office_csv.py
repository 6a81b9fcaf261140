"""Tables from spreadsheets: what is understood, and one clear message with line and field for what is not."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Callable

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.errors import ContentErrors
from bot.knowledge.office_columns import COLUMNS, FIELDS, write_table, write_template
from bot.knowledge.office_csv import MAX_ROWS, MONTHS, read_table
from bot.knowledge.office_files import Change, plan_changes
from bot.knowledge.offices import Office

GOOD = {
    "kennung": "stelle-a", "name": "Beratung Gießen", "angebot": "aqb", "zielgruppen": "ratsuchende | pflege", "region": "Mittelhessen", "plz": "35390", "telefon": "+49 641 000-0",
    "sprechzeiten": "Mo–Do 9–12 Uhr", "zustaendig_fuer": "Gießen (Landkreis)", "zustaendig_laut": "genannt", "lat": "50.587", "lon": "8.677", "lage": "ortsmitte",
    "status": "aktiv", "sicher": "geprueft", "stand": "2026-10", "quellen": "https://a.example | https://b.example/x,y",
}
HEADER = ";".join(GOOD)
TOMORROW = (dt.date.today() + dt.timedelta(days=1)).isoformat()


def row(**cells: str) -> str:
    return ";".join({**GOOD, **cells}.values())


def second(**cells: str) -> str:
    """Returns a table whose first office, on line 2, is good and whose second, on line 3, has the given cells."""
    return "\n".join([HEADER, row(), row(**{"kennung": "stelle-b", **cells})]) + "\n"


BAD: dict[str, tuple[str | bytes, int, str, str]] = {
    # name: table, line, field, part of the message
    "empty": ("", 0, "", "Die Datei ist leer"),
    "only-blanks": ("\ufeff \n\n", 0, "", "Die Datei ist leer"),
    "only-header": (HEADER + "\n", 0, "", "enthält keine Stelle"),
    "workbook": (b"PK\x03\x04" + bytes(40), 0, "", "Arbeitsmappe"),
    "utf-16": (second().encode("utf-16"), 0, "", "UTF-16"),
    "binary": (b"kennung;name\na;b\0c\n", 2, "", "kein Text"),
    "neither-utf8-nor-cp1252": (b"kennung;name\na;\x81\xff\n", 2, "", "weder UTF-8 noch Windows-1252"),
    "lost-umlauts": (second(name="Beratung GieÃŸen"), 3, "name", "Umlaute sind verloren"),
    "mixed-encodings": (second(name="Büro").encode() + row(kennung="stelle-c", name="Büro").encode("cp1252"), 4, "", "bis hierher UTF-8"),
    "no-id-column": ("name;ort\na;b\n", 1, "kennung", "Diese Spalte fehlt"),
    "unknown-column": ("kennung;straße\na;b\n", 1, "straße", "Diese Spalte gibt es nicht"),
    "double-column": ("kennung;ort;Ort \na;b;c\n", 1, "ort", "steht zweimal"),
    "column-without-name": ("kennung;;ort\na;b;c\n", 1, "", "Die 2. Spalte hat keine Überschrift"),
    "missing-required-column": ("kennung;name\nstelle-neu;Neu\n", 2, "angebot", "fehlt oder ist leer"),
    "missing-required-cell": (second(quellen=""), 3, "quellen", "fehlt oder ist leer"),
    "too-few-cells": (second() + "stelle-c;Kurz\n", 4, "", "hat 2 Zellen, die Kopfzeile 17"),
    "too-many-cells": (second(name="a;b"), 3, "", "hat 18 Zellen"),
    "id-twice": (second(kennung="stelle-a"), 3, "kennung", "steht schon in Zeile 2"),
    "id-with-umlaut": (second(kennung="stelle-gießen"), 3, "kennung", "ist keine Kennung"),
    "id-as-path": (second(kennung="../../config"), 3, "kennung", "ist keine Kennung"),
    "id-empty": (second(kennung=""), 3, "kennung", "ist keine Kennung"),
    "id-too-long": (second(kennung="a" * 61), 3, "kennung", "ist keine Kennung"),
    "plz-four-digits": (second(plz="1067"), 3, "plz", "keine Postleitzahl"),
    "plz-as-decimal": (second(plz="35390,0"), 3, "plz", "keine Postleitzahl"),
    "swapped-coordinates": (second(lat="8.677", lon="50.587"), 3, "lat", "liegt nicht in Deutschland"),
    "lost-decimal-point": (second(lat="50587"), 3, "lat", "keine Zahl"),
    "half-a-point": (second(lon=""), 3, "lat", "gehören zusammen"),
    "future-date": (second(stand=TOMORROW), 3, "stand", "liegt in der Zukunft"),
    "no-such-day": (second(stand="31.02.2026"), 3, "stand", "kein Datum"),
    "american-date": (second(stand="10/25/2026"), 3, "stand", "kein Datum"),
    "overlapping-hours": (second(sprechzeiten="Mo 9–12 und Mo 11–13"), 3, "sprechzeiten", "überschneiden sich"),
    "impossible-hour": (second(sprechzeiten="Mo 9–25:00"), 3, "sprechzeiten", "gibt es nicht"),
    "phone-without-country": (second(telefon="0641 0000"), 3, "telefon", "hat nicht die Form"),
    "unknown-kreis": (second(zustaendig_fuer="Gießen"), 3, "zustaendig_fuer", "kein Kreis in Hessen"),
    "list-with-commas": (second(zielgruppen="ratsuchende, pflege"), 3, "zielgruppen", "nicht mit „|“ getrennt"),
    "unknown-status": (second(status="offen"), 3, "status", "nicht erlaubt"),
    "html": (second(name="<script>alert(1)</script>"), 3, "name", "HTML"),
    "formula": (second(name="=cmd"), 3, "name", "Formel"),
    "formula-call": (second(region="=cmd|' /C calc'!A0"), 3, "region", "Formel"),
    "formula-plus": (second(name="+1 Beratung"), 3, "name", "Formel"),
    "formula-minus": (second(name="-2"), 3, "name", "Formel"),
    "formula-at": (second(name="@SUM(A1)"), 3, "name", "Formel"),
    "formula-in-list": (second(quellen="https://a.example | =1"), 3, "quellen", "Formel"),
    "formula-as-phone": (second(telefon="+49 641 000-0+cmd"), 3, "telefon", "hat nicht die Form"),
    "formula-as-number": (second(lat="=1+1"), 3, "lat", "keine Zahl"),
    "quote-open-to-the-end": (second(name='"Beratung'), 3, "name", "Anführungszeichen"),
    "quote-open-until-the-next": (second(name='"Beratung') + row(kennung="stelle-c", name='"Büro"'), 3, "name", "Anführungszeichen"),
    "quote-in-the-cell": (second(name='"Beratung "Mitte" e. V."'), 3, "", "Anführungszeichen"),
    "line-break-in-cell": (second(name='"Beratung\nMitte"'), 3, "name", "Zeilenumbruch"),
    "escape-sequence": (second(name="Beratung\x1b[2J"), 3, "name", "Steuerzeichen"),
    "escape-sequence-in-header": ("kennung;\x1b[2J\na;b\n", 1, "Überschrift 2", "Steuerzeichen"),
    "too-many-rows": (HEADER + "\n" + "".join(row(kennung=f"s-{n}") + "\n" for n in range(MAX_ROWS + 1)), MAX_ROWS + 2, "", "mehr als 5000 Stellen"),
    "too-large": (b"x" * (10 * 1024 * 1024 + 1), 0, "", "größer als 10 MiB"),
}


def plan(path: Path, knowledge: Knowledge) -> list[Change]:
    return plan_changes(read_table(path), path, knowledge, path.parent)


def read_one(write, knowledge: Knowledge, content: str | bytes) -> Office:
    [change] = plan(write("stellen.csv", content), knowledge)
    return change.office


@pytest.mark.parametrize(("content", "line", "field", "message"), BAD.values(), ids=BAD)
def test_fault_is_named_with_line_and_field(write, knowledge: Knowledge, content: str | bytes, line: int, field: str, message: str) -> None:
    path = write("stellen.csv", content)
    with pytest.raises(ContentErrors) as caught:
        plan(path, knowledge)
    found = [e for e in caught.value.errors if (e.file, e.line, e.field) == (path, line, field) and message in e.problem]
    assert found, str(caught.value)
    assert found[0].remedy
    assert {e.line for e in caught.value.errors} == {line}


def test_missing_table_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ContentErrors, match="nicht lesbar"):
        read_table(tmp_path / "fehlt.csv")


def test_all_faulty_rows_are_named_at_once(write, knowledge: Knowledge) -> None:
    with pytest.raises(ContentErrors) as caught:
        plan(write("stellen.csv", "\n".join([HEADER, row(plz="1"), row(kennung="b"), row(kennung="c", plz="2", status="offen")])), knowledge)
    assert [(e.line, e.field) for e in caught.value.errors] == [(2, "plz"), (4, "plz"), (4, "status")]


@pytest.mark.parametrize(("delimiter", "encoding", "newline"), [
    (";", "utf-8", "\n"), (",", "utf-8", "\n"), ("\t", "utf-8", "\n"), (";", "utf-8-sig", "\r\n"), (";", "cp1252", "\r\n"), (",", "latin-1", "\r"),
])
def test_dialects_of_spreadsheets_are_read(write, knowledge: Knowledge, delimiter: str, encoding: str, newline: str) -> None:
    cells = {**GOOD, "name": f'Büro {delimiter} „West" Straße' if encoding.startswith("utf") else f"Büro {delimiter} Straße", "sprechzeiten": "Mo 9-12 Uhr"}
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells.values()]
    found = read_one(write, knowledge, newline.join([delimiter.join(GOOD), delimiter.join(quoted), ""]).encode(encoding))
    assert (found.name, found.plz, found.zielgruppen) == (cells["name"], "35390", ("ratsuchende", "pflege"))


@pytest.mark.parametrize(("cell", "stand"), [("2026", "2026"), ("2026-10", "2026-10"), ("25.10.2026", "2026-10-25"), ("1.4.2026", "2026-04-01"), ("Apr 26", "2026-04"), ("Mrz. 25", "2025-03")])
def test_dates_as_spreadsheets_write_them_are_read(write, knowledge: Knowledge, cell: str, stand: str) -> None:
    assert read_one(write, knowledge, f"{HEADER}\n{row(stand=cell)}\n").stand == stand


def test_decimal_comma_is_read(write, knowledge: Knowledge) -> None:
    found = read_one(write, knowledge, f"{HEADER}\n{row(lat='50,587', lon='8,677')}\n")
    assert (found.lat, found.lon) == (50.587, 8.677)


def test_blank_lines_and_comments_are_skipped(write, knowledge: Knowledge) -> None:
    assert read_one(write, knowledge, f"\n# eine Notiz\n{HEADER}\n\n{';' * (len(GOOD) - 1)}\n#{row(kennung='x')}\n{row()}\n").id == "stelle-a"


def test_columns_are_all_fields_without_fields_of_their_own(knowledge: Knowledge) -> None:
    structured = {field for office in knowledge.offices.values() for field, value in vars(office).items() if isinstance(value, tuple) and any(not isinstance(v, str) for v in value)}
    assert {"id", *FIELDS} | structured == set(Office.__dataclass_fields__)


def saved_by_excel(table: bytes) -> bytes:
    """Returns what a German Excel makes of a table when it saves it as „CSV (Trennzeichen-getrennt)“: its own dates, Windows-1252."""
    text = re.sub(r";(20\d\d)-(\d\d)-(\d\d)(?=;)", r";\3.\2.\1", table.decode("utf-8-sig"))
    text = re.sub(r";20(\d\d)-(\d\d)(?=;)", lambda found: f";{MONTHS[int(found[2]) - 1]} {found[1]}", text)
    return text.replace("\n", "\r\n").encode("cp1252")


@pytest.mark.parametrize(("excel", "treat"), [(False, bytes), (True, bytes), (True, saved_by_excel)], ids=["plain", "for-excel", "saved-by-excel"])
def test_exported_table_changes_nothing_when_read_again(write, knowledge: Knowledge, excel: bool, treat: Callable[[bytes], bytes]) -> None:
    path = write("stellen.csv", treat(write_table(list(knowledge.offices.values()), excel)))
    changes = plan_changes(read_table(path), path, knowledge, DATA / "offices")
    assert len(changes) == len(knowledge.offices)
    assert [c.row.id for c in changes if c.fields or c.after != c.before] == []


def test_export_for_excel_has_mark_and_decimal_commas(knowledge: Knowledge) -> None:
    table = write_table([knowledge.offices["zab"]], excel=True)
    assert table.startswith(b"\xef\xbb\xbfkennung;")
    assert b";50,75657;7,07286;" in table


def test_template_as_it_is_holds_no_office(write) -> None:
    with pytest.raises(ContentErrors, match="enthält keine Stelle"):
        read_table(write("vorlage.csv", write_template(excel=True)))


def test_example_of_the_template_is_a_good_office(write, knowledge: Knowledge) -> None:
    header, _, example = write_template(excel=False).decode().splitlines()
    found = read_one(write, knowledge, f"{header}\n{example.removeprefix('# ')}\n")
    assert (found.id, len(COLUMNS)) == ("beispiel-beratung-musterstadt", header.count(";") + 1)
