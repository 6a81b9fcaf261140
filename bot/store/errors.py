"""Trouble with the database, told in German. No heavy import, so that the command line stays quick."""

from __future__ import annotations

LOCKED, FULL, UNREACHABLE, READ_ONLY, BROKEN = "gesperrt", "voll", "nicht_erreichbar", "schreibgeschuetzt", "beschaedigt"
SCHEMA, REFUSED, SETTING = "schema", "abgelehnt", "einstellung"


class StoreError(Exception):
    """Nothing was stored or read. `art` is one of the words above; the text says what to do and never holds what people wrote."""

    def __init__(self, art: str, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} → {remedy}")
        self.art = art
