"""How the actions of the audit are told to people: they are kept as short keys („freigabe_begonnen“)."""

from __future__ import annotations

UMLAUTS = {"geaendert": "geändert", "rueckkehr": "Rückkehr", "uebernommen": "übernommen", "ueberholt": "überholt", "geloescht": "gelöscht", "zurueck": "zurück"}


def said(action: str) -> str:
    """Returns an action as German words: „rueckkehr_begonnen“ → „Rückkehr begonnen“."""
    words = " ".join(UMLAUTS.get(word, word) for word in action.replace("_", " ").split())
    return words[:1].upper() + words[1:]
