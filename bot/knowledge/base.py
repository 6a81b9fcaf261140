"""All knowledge in one object. `load()` reads and checks `data/` once; callers keep the result.

`Knowledge.load(folder)` raises one `ContentErrors` that lists every fault of every file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.errors import ContentError, ContentErrors
from bot.knowledge.faq import Faq, load_faq
from bot.knowledge.offices import Angebot, Office, load_angebote, load_offices
from bot.knowledge.places import Places
from bot.knowledge.routing import Need, load_routing
from bot.knowledge.themen import DEFAULT, Thema, load_themen
from bot.knowledge.werte import Wert, load_werte

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"


@dataclass(frozen=True)
class Knowledge:
    """The content of `data/`, checked."""

    werte: dict[str, Wert]
    themen: dict[str, Thema]
    faqs: dict[str, Faq]
    places: Places
    angebote: dict[str, Angebot]
    offices: dict[str, Office]
    needs: dict[str, Need]

    @classmethod
    def load(cls, folder: Path = DATA) -> "Knowledge":
        """Reads everything below `folder`.

        Raises:
            ContentErrors: all faults found, with file, line, field and remedy.
        """
        errors: list[ContentError] = []
        try:
            werte = load_werte(folder / "werte.yml", errors)
            themen = load_themen(folder / "themen.yml", errors)
            topics = tuple(t for t in themen if t != DEFAULT)
            faqs = load_faq(folder / "faq", topics, werte, errors)
            places = Places.load(folder / "orte", errors)
            angebote = load_angebote(folder / "angebote.yml", errors)
            offices = load_offices(folder / "offices", tuple(angebote), frozenset(places.kreise), errors)
            needs = load_routing(folder / "routing.yml", tuple(angebote), errors)
        except ContentErrors as fault:
            raise ContentErrors(errors + fault.errors) from None
        for thema in themen.values():
            for aspekt, target in thema.aspekte.items():
                if target not in faqs:
                    errors.append(ContentError(folder / "themen.yml", 0, f"{thema.id}.{aspekt}", f"Die FAQ „{target}“ gibt es nicht.", "Kennung berichtigen."))
        if errors:
            raise ContentErrors(errors)
        return cls(werte, themen, faqs, places, angebote, offices, needs)
