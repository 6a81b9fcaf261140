"""Offices as a table: the columns, with what belongs in them, and the writing. Used by `lotse offices export` and, for the names, `import`.

A cell is the text of one field; several entries stand in one cell with „|“ between them. Fields with fields of their own
(`sprechtage`) have no column: they stay in the files and an import leaves them alone.
"""

from __future__ import annotations

import csv
import io

from bot.knowledge.offices import BASIS, LAGE, SICHER, STATUS, ZIELGRUPPEN, Office

COMMENT = "#"
# Column → what belongs there, then the example of the template; in the order of the files.
COLUMNS = {
    "kennung": ("Dateiname ohne .yml: a–z, 0–9 und Bindestrich, für immer. Zeilen, die mit # beginnen, gelten nicht", "beispiel-beratung-musterstadt"),
    "name": ("Name der Stelle, höchstens 200 Zeichen", "Beispiel-Beratung Musterstadt"),
    "traeger": ("Träger; darf leer sein", "Beispiel e. V."),
    "angebot": ("Kennung aus data/angebote.yml", "aqb"),
    "zielgruppen": (f"Mehrere mit | trennen: {', '.join(ZIELGRUPPEN)}", "ratsuchende | pflege"),
    "region": ("zum Beispiel Mittelhessen, Hessen, bundesweit", "Mittelhessen"),
    "strasse": ("Straße und Hausnummer; leer, wenn nicht belegt", "Musterstraße 1"),
    "plz": ("fünf Ziffern; leer, wenn nicht belegt", "35390"),
    "ort": ("Ort; leer, wenn nicht belegt", "Gießen"),
    "telefon": ("+49, Vorwahl, Nummer; leer, wenn nicht belegt", "+49 641 000-0"),
    "email": ("leer, wenn nicht belegt", "beratung@beispiel.example"),
    "website": ("mit https://; leer, wenn nicht belegt", "https://www.beispiel.example"),
    "sprechzeiten": ("freier Text, Zeiten als 9–12 Uhr", "Mo–Do 9–12 Uhr, telefonisch Fr 10–12 Uhr"),
    "sprachen": ("Kürzel, mehrere mit | trennen", "de | en"),
    "hinweis": ("ein Satz, den Ratsuchende brauchen, höchstens 200 Zeichen; darf leer sein", "Beratung nur mit Termin."),
    "frueher": ("alte Namen, nach denen Menschen noch fragen, mehrere mit | trennen; darf leer sein", "Alte Musterberatung"),
    "zustaendig_fuer": ("Kreise wie in data/orte/gemeinden.csv, ein Land oder bundesweit; mehrere mit | trennen", "Gießen (Landkreis) | Vogelsbergkreis"),
    "zustaendig_laut": (f"eines von: {', '.join(BASIS)}", "genannt"),
    "lat": ("Breite, um 50; leer, wenn unbekannt", "50.587"),
    "lon": ("Länge, um 9; leer, wenn unbekannt", "8.677"),
    "lage": (f"worauf lat und lon zeigen: {', '.join(LAGE)}", "ortsmitte"),
    "status": (f"eines von: {', '.join(STATUS)}", "aktiv"),
    "sicher": (f"eines von: {', '.join(SICHER)}", "wahrscheinlich"),
    "stand": ("Tag der Quelle: JJJJ, JJJJ-MM, JJJJ-MM-TT oder TT.MM.JJJJ", "2026-10"),
    "adresse_stand": ("Tag der Quelle der Adresse; ab drei Jahren wird sie nicht mehr gezeigt", "2026-10"),
    "gueltig_bis": ("letzter Tag des Angebots; leer, wenn unbefristet", "2028-12-31"),
    "quellen": ("Adressen der Quellen, mehrere mit | trennen; mindestens eine", "https://www.beispiel.example/kontakt"),
}
FIELDS = tuple(COLUMNS)[1:]


def office_cells(office: Office) -> dict[str, str]:
    """Returns the text of every field; unknown ones are empty."""
    cells = {}
    for field in FIELDS:
        value = getattr(office, field)
        text = " | ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        cells[field] = " ".join(text.split())
    return cells


def write_table(offices: list[Office], excel: bool) -> bytes:
    """Returns a table in UTF-8 with „;“ between cells; for Excel with byte order mark and decimal commas."""
    return _encode([[office.id, *office_cells(office).values()] for office in offices], excel)


def write_template(excel: bool) -> bytes:
    """Returns an empty table: under the header what belongs in each column and an example, both as comments that import skips."""
    hints, example = ([f"{COMMENT} {first}", *rest] for first, *rest in zip(*COLUMNS.values()))
    return _encode([hints, example], excel)


def _encode(rows: list[list[str]], excel: bool) -> bytes:
    lat, lon = list(COLUMNS).index("lat"), list(COLUMNS).index("lon")
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([cell.replace(".", ",") if excel and number in (lat, lon) else cell for number, cell in enumerate(row)])
    return file.getvalue().encode("utf-8-sig" if excel else "utf-8")
