"""Phrasings as a table for spreadsheets: columns `kennung`, `satz`, `aktion`. The way back is `table_import.py`."""

from __future__ import annotations

import csv
import io
from typing import Iterable

from bot.editor.phrasings import all_phrasings
from bot.editor.workspace import Workspace

COLUMNS = ("kennung", "satz", "aktion")
# What a spreadsheet takes for a formula when a cell begins with it; an apostrophe before it makes it text.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
HELP = (
    "Je Zeile ein Satz. aktion leer: den Satz ergänzen oder lassen; entfernen: wegnehmen; verschieben: von seiner jetzigen Absicht zu dieser.",
    "Was nicht in der Tabelle steht, bleibt, wie es ist. Sätze, die mit = + - oder @ beginnen, stehen mit einem Apostroph davor.",
)
WIDTHS = (34, 100, 14)


def export_csv(intents: Iterable[str] | None = None, workspace: Workspace = Workspace(), excel: bool = False) -> bytes:  # noqa: B008 (frozen)
    """Returns the phrasings of some intents, or of all, as CSV with semicolons in UTF-8; `excel` adds the mark that Excel needs."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_rows(intents, workspace))
    return (b"\xef\xbb\xbf" if excel else b"") + out.getvalue().encode("utf-8")


def export_xlsx(intents: Iterable[str] | None = None, workspace: Workspace = Workspace()) -> bytes:  # noqa: B008
    """Returns the same as an Excel workbook with a second sheet that explains the columns."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Formulierungen")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABC", WIDTHS):
        sheet.column_dimensions[letter].width = width
    head = [WriteOnlyCell(sheet, value=column) for column in COLUMNS]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in _rows(intents, workspace):
        cells = [WriteOnlyCell(sheet, value=value) for value in row]
        for cell in cells:
            cell.data_type = "s"  # never a formula, a date or a number
        sheet.append(cells)
    help_sheet = book.create_sheet("Anleitung")
    for line in HELP:
        help_sheet.append([line])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(intents: Iterable[str] | None, workspace: Workspace) -> list[tuple[str, str, str]]:
    known = all_phrasings(workspace)
    chosen = known if intents is None else {intent: known[intent] for intent in intents if intent in known}
    return [(escaped(intent), escaped(sentence), "") for intent, sentences in chosen.items() for sentence in sentences]


def escaped(cell: str) -> str:
    """Returns a cell that no spreadsheet takes for a formula."""
    return "'" + cell if cell.startswith(FORMULA) or (cell.startswith("'") and cell[1:].startswith(FORMULA)) else cell


def unescaped(cell: str) -> str:
    """Returns what `escaped` was given."""
    return cell[1:] if cell.startswith("'") and escaped(cell[1:]) == cell else cell
