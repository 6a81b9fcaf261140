"""Errors of the database driver as sentences for the people who run the assistant. Parameters (texts of people) never appear in them."""

from __future__ import annotations

import sqlalchemy.exc as exc

from bot.store.errors import BROKEN, FULL, LOCKED, READ_ONLY, REFUSED, SCHEMA, UNREACHABLE, StoreError

# Words in the driver's message → kind, what happened, what to do.
SQLITE = (
    ("locked", LOCKED, "Die Datenbank {wo} wird länger als 2 Sekunden von einem anderen Programm gesperrt.", "das andere Programm beenden (Sicherung, sqlite3-Sitzung); der Lotse versucht es beim nächsten Mal wieder"),
    ("full", FULL, "Kein Platz mehr für die Datenbank {wo}.", "Platz schaffen; der Lotse arbeitet dann von selbst weiter"),
    ("i/o error", FULL, "Die Datenbank {wo} kann nicht geschrieben oder gelesen werden (Datenträger voll, Größengrenze oder Fehler).", "Platz, Grenzen und Datenträger prüfen"),
    ("readonly", READ_ONLY, "Die Datenbank {wo} ist schreibgeschützt.", "Datei und Ordner dem Benutzer geben, unter dem der Lotse läuft, mit Schreibrecht"),
    ("unable to open", READ_ONLY, "Die Datenbank {wo} lässt sich nicht öffnen.", "der Ordner muss da sein und dem Benutzer gehören, unter dem der Lotse läuft, mit Schreibrecht"),
    ("malformed", BROKEN, "Die Datenbank {wo} ist beschädigt.", "den Lotsen beenden, die Datei zur Seite legen und die letzte Sicherung zurückholen"),
    ("not a database", BROKEN, "{wo} ist keine SQLite-Datenbank.", "den Pfad in DATABASE_URL prüfen, oder die Datei zur Seite legen"),
    ("no such", SCHEMA, "In der Datenbank {wo} fehlen Tabellen oder Spalten.", "den Lotsen neu starten; er legt sie an"),
)
POSTGRES_CODES = (
    ("42P01", SCHEMA, "In der Datenbank {wo} fehlen Tabellen.", "den Lotsen neu starten; er legt sie an"),
    ("42703", SCHEMA, "In der Datenbank {wo} fehlt eine Spalte.", "den Lotsen neu starten"),
    ("42501", READ_ONLY, "Der Datenbankbenutzer darf in {wo} nicht schreiben.", "ihm die Rechte an Schema und Tabellen geben"),
    ("25006", READ_ONLY, "Die Datenbank {wo} nimmt nur Lesezugriffe an.", "mit dem führenden Server verbinden"),
    ("55P03", LOCKED, "Eine Tabelle in {wo} ist länger als 2 Sekunden gesperrt.", "die sperrende Sitzung beenden"),
    ("57014", LOCKED, "Die Datenbank {wo} hat zu lange für eine Anweisung gebraucht.", "Last und Sperren der Datenbank prüfen"),
    ("53100", FULL, "Die Datenbank {wo} hat keinen Platz mehr.", "Platz schaffen"),
)


def translate(error: BaseException, where: str) -> StoreError:
    """Returns the StoreError for an error of SQLAlchemy or the operating system; `where` is the database without password."""
    driver = getattr(error, "orig", None) or error
    code, words = getattr(driver, "pgcode", None) or "", str(driver).lower()
    rows = POSTGRES_CODES if code else SQLITE if type(driver).__module__ == "sqlite3" else ()
    for sign, art, problem, remedy in rows:
        if sign == code or (not code and sign in words):
            return StoreError(art, problem.format(wo=where), remedy)
    if isinstance(error, exc.IntegrityError):
        return StoreError(REFUSED, f"Die Datenbank {where} hat einen Wert abgelehnt ({type(driver).__name__} {code}).", "das ist ein Fehler im Programm; bitte melden")
    if isinstance(error, (exc.OperationalError, exc.InterfaceError, exc.TimeoutError, exc.DisconnectionError, OSError)):
        return StoreError(UNREACHABLE, f"Die Datenbank {where} ist nicht erreichbar ({type(driver).__name__} {code}).".replace(" )", ")"), "Läuft sie, stimmen Adresse, Benutzer und Passwort in DATABASE_URL, sind Verbindungen frei?")
    return StoreError(REFUSED, f"Die Datenbank {where} hat eine Anweisung abgelehnt ({type(driver).__name__} {code}).".replace(" )", ")"), "das ist ein Fehler im Programm; bitte melden")
