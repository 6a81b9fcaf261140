"""The four roles of staff; each may do what the ones before it may."""

from __future__ import annotations

READ, LABEL, PUBLISH, ADMIN = "lesen", "beschriften", "freigeben", "verwalten"
ROLES = (READ, LABEL, PUBLISH, ADMIN)
EXPLAINED = {
    READ: "sieht Posteingang, Berichte und Auswertungen",
    LABEL: "ordnet Nachrichten zu und schlägt Änderungen vor",
    PUBLISH: "trainiert, gibt Antworten und Modelle frei, rollt zurück",
    ADMIN: "verwaltet Konten, überstimmt die Freigabeprüfung mit Begründung, liest das Protokoll",
}


def may(role: str, needed: str) -> bool:
    """Tells whether `role` includes `needed`."""
    return role in ROLES and ROLES.index(role) >= ROLES.index(needed)
