"""Reads a table of offices from a spreadsheet. Used by `lotse offices import`.

The loader of `data/offices/` judges the values (`build_office`), so a table obeys the same rules as the files.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from pathlib import Path

from bot.knowledge.errors import ContentError, ContentErrors
from bot.knowledge.office_columns import COLUMNS, COMMENT
from bot.knowledge.table_text import cell_faults, read_text
from bot.knowledge.yamlfile import Located, Record

MAX_ROWS = 5000
DELIMITERS = ";,\t"
LISTS = ("zielgruppen", "sprachen", "frueher", "zustaendig_fuer", "quellen")
DATES = ("stand", "adresse_stand", "gueltig_bis")
GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(20\d{2})")
MONTHS = "Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez".split()
EXCEL_MONTH = re.compile(rf"({'|'.join(MONTHS)})\.? (\d{{2}})")  # what Excel makes of 2025-04
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Row:
    """One office of a table. `line` counts from 1; a column that the table does not have is missing in `cells`."""

    line: int
    id: str
    cells: dict[str, str]

    def with_cells(self, **cells: str) -> "Row":
        """Returns a copy with other cells."""
        return replace(self, cells={**self.cells, **cells})


def read_table(path: Path) -> list[Row]:
    """Returns the rows of a table with „;“, „,“ or tabs between cells, in UTF-8 or Windows-1252.

    Raises:
        ContentErrors: the file or any row is faulty; every fault names its line and, where it is known, the field.
    """
    lines = list(io.StringIO(read_text(path), newline=""))
    delimiter = max(DELIMITERS, key=next(line for line in lines if line.strip()).count)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    errors: list[ContentError] = []
    rows: list[Row] = []
    header: list[str] = []
    count = 0
    while count <= MAX_ROWS:
        line = reader.line_num + 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            break
        except csv.Error:  # what follows cannot be told apart any more
            field = _open_field(lines[line - 1], delimiter, header)
            errors.append(ContentError(path, line, field, "Ein Anführungszeichen wird nicht geschlossen oder steht mitten in der Zelle.",
                                       "Die Zelle mit \" beginnen und beenden, Anführungszeichen im Text verdoppeln."))
            break
        if not any(cells) or cells[0].startswith(COMMENT):
            continue
        if not header:
            header = [cell.lower() for cell in cells]
            _check_header(header, line, path)
        else:
            count += 1
            rows += _row(line, cells, header, path, errors)
    else:
        raise ContentErrors([ContentError(path, line, "", f"Die Tabelle hat mehr als {MAX_ROWS} Stellen.", "In kleinere Tabellen aufteilen.")])
    _check_ids(rows, path, errors)
    if not rows and not errors:
        errors.append(ContentError(path, 0, "", "Die Tabelle enthält keine Stelle.", "Unter die Kopfzeile je Stelle eine Zeile schreiben."))
    if errors:
        raise ContentErrors(errors)
    return rows


def _open_field(line: str, delimiter: str, header: list[str]) -> str:
    """Returns the column whose cell is still open at the end of the line, or ""."""
    try:
        list(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error as error:
        cells = next(csv.reader([line], delimiter=delimiter))
        if "end of data" in str(error) and len(cells) <= len(header):
            return header[len(cells) - 1]
    return ""


def _check_header(header: list[str], line: int, path: Path) -> None:
    known = ", ".join(COLUMNS)
    errors = []
    for number, column in enumerate(header, start=1):
        faults = cell_faults(column)
        if not column:
            errors.append(ContentError(path, line, "", f"Die {number}. Spalte hat keine Überschrift.", "Überschrift ergänzen oder die Spalte löschen."))
        elif faults:
            errors.append(ContentError(path, line, f"Überschrift {number}", *faults[0]))
        elif column not in COLUMNS:
            errors.append(ContentError(path, line, column, "Diese Spalte gibt es nicht.", f"Schreibweise prüfen. Bekannt sind: {known}."))
        elif column in header[: number - 1]:
            errors.append(ContentError(path, line, column, "Diese Spalte steht zweimal da.", "Eine der beiden löschen."))
    if "kennung" not in header:
        errors.append(ContentError(path, line, "kennung", "Diese Spalte fehlt.", "Die erste Zeile nennt die Spalten; eine Vorlage gibt „lotse offices export --vorlage“."))
    if errors:
        raise ContentErrors(errors)


def _row(line: int, cells: list[str], header: list[str], path: Path, errors: list[ContentError]) -> list[Row]:
    """Returns the row in a list, or nothing when it is faulty."""
    if len(cells) != len(header):
        errors.append(ContentError(path, line, "", f"Die Zeile hat {len(cells)} Zellen, die Kopfzeile {len(header)}.",
                                   "Zellen ergänzen; Text mit dem Trennzeichen in Anführungszeichen setzen."))
        return []
    named = dict(zip(header, cells))
    faults = [ContentError(path, line, field, *fault) for field, cell in named.items() for fault in cell_faults(cell)]
    office_id = named.pop("kennung")
    if not any(fault.field == "kennung" for fault in faults) and not (ID.fullmatch(office_id) and len(office_id) <= 60):
        faults.append(ContentError(path, line, "kennung", f"„{office_id[:60]}“ ist keine Kennung.", "Bis 60 Zeichen: a–z, 0–9 und einzelne Bindestriche, zum Beispiel aqb-marburg."))
    errors += faults
    return [] if faults else [Row(line, office_id, named)]


def _check_ids(rows: list[Row], path: Path, errors: list[ContentError]) -> None:
    first: dict[str, int] = {}
    for row in rows:
        line = first.setdefault(row.id, row.line)
        if line != row.line:
            errors.append(ContentError(path, row.line, "kennung", f"„{row.id}“ steht schon in Zeile {line}.", "Eine der beiden Zeilen löschen oder umbenennen."))


def row_record(row: Row, known: dict[str, Located], path: Path, errors: list[ContentError]) -> Record:
    """Returns the row, and below it the fields that are `known` from the file, as the loader wants them; faults will name the table and the line."""
    values = {field: Located(located.value, row.line) for field, located in known.items() if field not in row.cells}
    values |= {field: Located(_value(field, cell, row.line), row.line) for field, cell in row.cells.items() if cell}
    record = Record(Located(values, row.line), path, errors)
    for field in LISTS[:-1]:
        if re.search("[;,]", row.cells.get(field, "")):
            record.fault(field, "Mehrere Einträge sind nicht mit „|“ getrennt.", "Zum Beispiel „Fulda (Landkreis) | Kassel“ schreiben.")
    return record


def _value(field: str, cell: str, line: int) -> object:
    """Returns what a YAML file would hold; what cannot be read stays text, which the loader refuses."""
    if field in LISTS:
        return [Located(item.strip(), line) for item in cell.split("|")]
    if field in ("lat", "lon"):
        number = cell.replace(",", ".")
        return float(number) if re.fullmatch(r"-?\d{1,3}(\.\d+)?", number, re.ASCII) else cell
    if field in DATES:
        return _iso_date(cell)
    return cell


def _iso_date(cell: str) -> str:
    german, month = GERMAN_DATE.fullmatch(cell), EXCEL_MONTH.fullmatch(cell)
    if german:
        return f"{german[3]}-{german[2]:0>2}-{german[1]:0>2}"
    if month:
        return f"20{month[2]}-{MONTHS.index(month[1]) + 1:02}"
    return cell
