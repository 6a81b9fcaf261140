"""Cells out of an Excel workbook that a stranger may have made: the archive is measured before anything in it is read."""

from __future__ import annotations

import io
import zipfile
from typing import Iterator

from bot.editor.errors import EditError, refuse
from bot.editor.tables import COLUMNS

MAX_UNPACKED = 40 * 1024 * 1024
MAX_PARTS = 100


def sheet_rows(raw: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yields line and texts of every row of the first sheet.

    Raises:
        EditError: no workbook, one that is too large or holds more than cells, or a formula.
    """
    from openpyxl import load_workbook

    broken = refuse("Die Excel-Mappe ist beschädigt oder keine.", "Im Tabellenprogramm öffnen und neu als .xlsx speichern.", place=name)
    try:
        _check_archive(raw, name)
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # never trust how large a sheet says that it is
        for line, row in enumerate(sheet.iter_rows(max_col=len(COLUMNS) + 5), start=1):
            cells: list[str] = []
            for cell in row:
                if getattr(cell, "data_type", "n") == "f":
                    raise refuse("In der Zelle steht eine Formel.", "Als Text eintragen; beginnt der Satz mit „=“, einen Apostroph davor setzen.", COLUMNS[len(cells)] if len(cells) < 3 else "", f"{name}:{line}")
                cells.append("" if cell.value is None else str(cell.value))
            yield line, cells
    except EditError:
        raise
    except Exception:  # openpyxl raises what its XML, zip and date readers raise
        raise broken from None


def _check_archive(raw: bytes, name: str) -> None:
    """Refuses archives that grow beyond measure, hold programs, or describe themselves to an XML reader."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.infolist()
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise refuse("Die Excel-Mappe ist ausgepackt zu groß.", "Nur die Tabelle mit den drei Spalten neu speichern.", place=name)
        if any(part.filename.lower().endswith((".bin", ".exe", ".vbs")) for part in parts):
            raise refuse("Die Excel-Mappe enthält Makros oder eingebettete Dateien.", "Ohne Makros als .xlsx speichern.", place=name)
        left = MAX_UNPACKED
        for part in parts:
            with archive.open(part) as stream:
                tail = b""
                while block := stream.read(1 << 16):
                    left -= len(block)
                    if left < 0:
                        raise refuse("Die Excel-Mappe ist ausgepackt zu groß.", "Nur die Tabelle mit den drei Spalten neu speichern.", place=name)
                    if part.filename.endswith((".xml", ".rels")) and b"<!" in tail + block and (b"<!DOCTYPE" in tail + block or b"<!ENTITY" in tail + block):
                        raise refuse("Die Excel-Mappe enthält unerlaubte Bausteine.", "Im Tabellenprogramm neu speichern.", place=name)
                    tail = block[-16:]
