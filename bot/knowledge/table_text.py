"""The raw side of tables from spreadsheets: which bytes can be read, and what no cell may hold."""

from __future__ import annotations

import re
from pathlib import Path

from bot.knowledge.errors import ContentError, ContentErrors
from bot.knowledge.yamlfile import CONTROL

MAX_BYTES = 10 * 1024 * 1024
# UTF-8 that was read as Windows-1252 („MÃ¼ller“, „â€““), and the mark of a lost character.
MOJIBAKE = re.compile("Ã[^ A-Za-z]|Â[\u0080-\u00bf]|â€|\ufffd")
# First bytes → what such a file is.
FOREIGN = {b"PK\x03\x04": "eine Arbeitsmappe (xlsx, ods) oder ein Archiv", b"\xd0\xcf\x11\xe0": "eine alte Excel-Mappe (xls)", b"\xff\xfe": "Text in UTF-16",
           b"\xfe\xff": "Text in UTF-16", b"%PDF": "ein PDF"}


def read_text(path: Path) -> str:
    """Returns the text of a CSV file in UTF-8, with or without byte order mark, or in Windows-1252 (which covers Latin-1).

    Raises:
        ContentErrors: the file is missing, empty, too large or no text.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _fault(path, f"Die Datei ist nicht lesbar ({error.strerror}).", "Pfad und Rechte prüfen.") from None
    if len(raw) > MAX_BYTES:
        raise _fault(path, "Die Datei ist größer als 10 MiB.", "In kleinere Tabellen aufteilen.")
    return decode_table(raw, path, "Eine Vorlage gibt „lotse offices export --vorlage“.")


def decode_table(raw: bytes, path: Path, template: str) -> str:
    """Returns what `read_text` returns for a file with the content `raw`; `path` is only named in errors, `template` says where a good table comes from.

    Raises:
        ContentErrors: empty or no text.
    """
    for start, kind in FOREIGN.items():
        if raw.startswith(start):
            raise _fault(path, f"Das ist keine CSV-Datei, sondern {kind}.", "Im Tabellenprogramm „Speichern unter: CSV UTF-8“ wählen.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        try:
            text = raw.decode("cp1252")
        except UnicodeDecodeError:
            raise _fault(path, "Hier steht ein Zeichen, das weder UTF-8 noch Windows-1252 ist.", "Als „CSV UTF-8“ speichern.", line) from None
        if MOJIBAKE.search(text):
            raise _fault(path, "Die Datei ist bis hierher UTF-8, ab hier Windows-1252.", "Die Teile einzeln öffnen und zusammen als „CSV UTF-8“ speichern.", line) from None
    if "\0" in text:
        raise _fault(path, "Die Datei ist kein Text.", "Als „CSV UTF-8“ speichern.", text.count("\n", 0, text.index("\0")) + 1)
    if not text.strip():
        raise _fault(path, "Die Datei ist leer.", template)
    return text


def _fault(path: Path, problem: str, remedy: str, line: int = 0) -> ContentErrors:
    return ContentErrors([ContentError(path, line, "", problem, remedy)])


def cell_faults(cell: str) -> list[tuple[str, str]]:
    """Returns problem and remedy of what no cell may hold, whatever its column."""
    faults = []
    if len(cell.splitlines()) > 1:
        faults.append(("In der Zelle steht ein Zeilenumbruch.", "In eine Zeile schreiben; fehlt ein schließendes Anführungszeichen?"))
    elif CONTROL.search(cell):
        faults.append(("In der Zelle steht ein unsichtbares Steuerzeichen.", "Den Text neu schreiben."))
    if MOJIBAKE.search(cell):
        faults.append(("Umlaute sind verloren gegangen („Ã¼“ statt „ü“).", "Die Quelle neu als „CSV UTF-8“ speichern."))
    return faults
