"""All knowledge in one object. `load()` reads and checks `data/` once; callers keep the result.

`Knowledge.load(folder)` raises one `ContentErrors` that lists every fault of every file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.knowledge.angebote import Angebot, load_angebote
from bot.knowledge.begriffe import Begriff, load_begriffe
from bot.knowledge.berufe import Beruf, load_berufe
from bot.knowledge.betreiber import Betreiber, load_betreiber
from bot.knowledge.check_rules import StepRules, load_check_rules
from bot.knowledge.errors import ContentError, ContentErrors
from bot.knowledge.faq import Faq, load_faq
from bot.knowledge.find_beruf import BerufFinder
from bot.knowledge.find_land import LandFinder
from bot.knowledge.glossar import Eintrag, load_glossar
from bot.knowledge.laender import Land, load_laender
from bot.knowledge.oberflaeche import load_oberflaeche
from bot.knowledge.offices import Office, load_offices
from bot.knowledge.places import Places
from bot.knowledge.routing import Need, check_table, load_routing
from bot.knowledge.sprachen import Sprache, load_sprachen
from bot.knowledge.texte import Text, load_texte
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
    texte: dict[str, Text]
    berufe: dict[str, Beruf]
    laender: dict[str, Land]
    sprachen: dict[str, Sprache]
    begriffe: dict[str, Begriff]
    glossar: dict[str, Eintrag]
    check_rules: tuple[StepRules, ...]
    oberflaeche: dict[str, dict[str, str]]
    betreiber: Betreiber

    @cached_property
    def beruf_finder(self) -> BerufFinder:
        """Returns the search over all names of the occupations, built at the first use."""
        return BerufFinder(self.berufe)

    @cached_property
    def land_finder(self) -> LandFinder:
        """Returns the search over all names of countries, built at the first use."""
        return LandFinder(self.laender)

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
            check_table(needs, angebote, folder, errors)
            texte = load_texte(folder / "texte.yml", errors)
            berufe = load_berufe(folder / "berufe", frozenset(faqs), frozenset(offices), errors)
            laender = load_laender(folder / "laender.yml", errors)
            sprachen = load_sprachen(folder / "sprachen.yml", errors)
            oberflaeche = load_oberflaeche(folder / "oberflaeche", tuple(sprachen), errors)
            betreiber = load_betreiber(folder / "betreiber.yml", errors)
            begriffe = load_begriffe(folder / "begriffe.yml", errors)
            glossar = load_glossar(folder / "glossar.yml", frozenset(faqs), errors)
            known = {"berufe": frozenset(berufe), "faqs": frozenset(faqs), "offices": frozenset(offices)}
            check_rules = load_check_rules(folder / "pruefung.yml", known, werte, errors)
        except ContentErrors as fault:
            raise ContentErrors(errors + fault.errors) from None
        for thema in themen.values():
            for aspekt, target in thema.aspekte.items():
                if target not in faqs:
                    errors.append(ContentError(folder / "themen.yml", 0, f"{thema.id}.{aspekt}", f"Die FAQ „{target}“ gibt es nicht.", "Kennung berichtigen."))
        if errors:
            raise ContentErrors(errors)
        return cls(werte, themen, faqs, places, angebote, offices, needs, texte, berufe, laender, sprachen, begriffe, glossar, check_rules, oberflaeche, betreiber)
