"""Rows out of a CSV or XLSX file that a stranger may have made: limits first, then form, then cells."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

from bot.editor.errors import EditError, FieldError, refuse
from bot.editor.table_xlsx import sheet_rows
from bot.editor.tables import COLUMNS, FORMULA, unescaped
from bot.knowledge.errors import ContentErrors
from bot.knowledge.table_text import cell_faults, decode_table

MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 20_000
MAX_CELL = 300
SHOWN = 50
ACTIONS = ("", "entfernen", "verschieben")
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    line: int
    intent: str
    sentence: str
    action: str


def read_rows(raw: bytes, name: str) -> list[Row]:
    """Returns the rows of an uploaded table.

    Args:
        raw: the file's content.
        name: its name, for its ending and for messages.

    Raises:
        EditError: the file or a row is faulty; nothing of it is to be used.
    """
    name = Path(name.replace("\\", "/")).name[:80] or "Tabelle"
    if len(raw) > MAX_BYTES:
        raise refuse("Die Datei ist größer als 2 MiB.", "In kleinere Tabellen aufteilen.", place=name)
    ending = Path(name).suffix.lower()
    if ending not in (".csv", ".xlsx"):
        raise refuse(f"Dateien mit der Endung „{ending[:10]}“ werden nicht gelesen.", "Als CSV UTF-8 oder als Excel-Mappe (.xlsx) speichern.", place=name)
    if (ending == ".xlsx") != raw.startswith(ZIP):
        kind = "keine Excel-Mappe" if ending == ".xlsx" else "eine Arbeitsmappe oder ein Archiv"
        raise refuse(f"Die Datei heißt {ending}, ist aber {kind}.", "Im Tabellenprogramm neu als CSV UTF-8 oder .xlsx speichern.", place=name)
    cells = sheet_rows(raw, name) if ending == ".xlsx" else _csv(raw, name)
    return _rows(cells, name)


def _csv(raw: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    try:
        text = decode_table(raw, Path(name), "Eine Vorlage gibt „lotse phrasings export“.")
    except ContentErrors as faults:
        raise EditError(FieldError(e.field, e.problem, e.remedy, f"{name}:{e.line}" if e.line else name) for e in faults.errors) from None
    lines = list(io.StringIO(text, newline=""))
    first = next(line for line in lines if line.strip())
    reader = csv.reader(lines, delimiter=max(";,\t", key=first.count), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise refuse("Ein Anführungszeichen wird nicht geschlossen oder steht mitten in der Zelle.", "Die Zelle mit \" beginnen und beenden, Anführungszeichen im Text verdoppeln.",
                         place=f"{name}:{line}") from None


def _rows(lines: Iterator[tuple[int, list[str]]], name: str) -> list[Row]:
    header: list[str] = []
    rows: list[Row] = []
    faults: list[FieldError] = []
    for line, cells in lines:
        cells = [cell.strip() if header else cell.strip().lower() for cell in cells]
        if line > 2 * MAX_ROWS:
            raise refuse(f"Die Tabelle hat mehr als {MAX_ROWS} Zeilen.", "In kleinere Tabellen aufteilen, leere Zeilen löschen.", place=f"{name}:{line}")
        if not any(cells):
            continue
        if not header:
            header = _header(cells, name, line)
            continue
        if len(rows) >= MAX_ROWS:
            raise refuse(f"Die Tabelle hat mehr als {MAX_ROWS} Zeilen.", "In kleinere Tabellen aufteilen.", place=f"{name}:{line}")
        if any(cells[len(header):]) or len(cells) < len(header) - header.count("aktion"):
            faults.append(FieldError("", f"Die Zeile hat {len(cells)} Zellen, die Kopfzeile {len(header)}.", "Zellen ergänzen; Text mit dem Trennzeichen in Anführungszeichen setzen.", f"{name}:{line}"))
            continue
        named = dict(zip(header, cells))
        found = [FieldError(field, *fault, f"{name}:{line}") for field, cell in named.items() for fault in _cell_faults(field, cell)]
        faults += found
        if len(faults) > SHOWN:
            break
        if not found:
            rows.append(Row(line, unescaped(named["kennung"]), unescaped(named["satz"]), named.get("aktion", "").lower()))
    if faults:
        raise EditError(faults[:SHOWN])
    if not rows:
        raise refuse("Die Tabelle enthält keinen Satz.", "Unter die Kopfzeile je Satz eine Zeile schreiben.", place=name)
    return rows


def _header(cells: list[str], name: str, line: int) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    wrong = [cell for cell in cells if cell not in COLUMNS]
    if wrong or len(set(cells)) != len(cells) or not {"kennung", "satz"} <= set(cells):
        raise refuse(f"Die Kopfzeile heißt nicht „{'; '.join(COLUMNS)}“.", "Die erste Zeile nennt die Spalten; eine Vorlage gibt „lotse phrasings export“.", "Kopfzeile", f"{name}:{line}")
    return cells


def _cell_faults(field: str, cell: str) -> list[tuple[str, str]]:
    faults = cell_faults(cell)
    if len(cell) > MAX_CELL:
        faults.append((f"Die Zelle hat {len(cell)} Zeichen, erlaubt sind {MAX_CELL}.", "Kürzen; fehlt weiter oben ein schließendes Anführungszeichen?"))
    elif cell.startswith(FORMULA):
        faults.append((f"Die Zelle beginnt mit „{cell[0]}“ wie eine Formel.", "Das Zeichen weglassen oder einen Apostroph davor setzen."))
    elif not cell and field != "aktion":
        faults.append(("Die Zelle ist leer.", "Ausfüllen oder die Zeile löschen."))
    elif field == "aktion" and cell.lower() not in ACTIONS:
        faults.append((f"Die Aktion „{cell[:20]}“ gibt es nicht.", "Leer lassen oder „entfernen“ oder „verschieben“ schreiben."))
    return faults
