"""What can go wrong, as a code, an HTTP status and a German sentence; for visitors also in their language (`data/oberflaeche`, keys `grund_…`)."""

from __future__ import annotations

from typing import Any

from bot.knowledge.base import Knowledge
from bot.knowledge.contact import hotline_text
from bot.knowledge.sprachen import GERMAN

# For people: the sentence is in data/oberflaeche/<language>.yml under grund_<code>.
PEOPLE = {
    "leer": 400, "zu_lang": 400, "knopf_abgelaufen": 400, "kein_gespraech": 401, "noch_offen": 409, "gespraech_voll": 409, "zu_schnell": 429,
    "ueberlastet": 503, "nicht_gespeichert": 503, "keine_antwort": 503, "aus": 503,
}
# For whoever programs against us.
MACHINES = {
    "format": (400, "Die Anfrage ist nicht richtig aufgebaut: {feld}."),
    "typ": (415, "Bitte JSON senden: Content-Type application/json, UTF-8, nicht komprimiert."),
    "herkunft": (403, "Von dieser Webseite aus ist der Chat nicht erlaubt. Ihre Adresse gehört in LOTSE_EMBED_ORIGINS."),
    "unbekannt": (404, "Diese Nachricht gibt es in Ihrem Gespräch nicht."),
    "stoerung": (500, "Das hat gerade nicht geklappt. Bitte versuchen Sie es noch einmal."),
}
WITH_LINKS = ("ueberlastet", "nicht_gespeichert", "keine_antwort", "aus")
RETRY_SECONDS = {"zu_schnell": "30", "ueberlastet": "10", "nicht_gespeichert": "10", "keine_antwort": "10", "aus": "60"}


class ChatError(Exception):
    """The request is not answered; `values` fill the places of its sentence, `reason` is a German sentence of the staff that goes before it."""

    def __init__(self, art: str, reason: str = "", **values: str) -> None:
        super().__init__(art)
        self.art, self.reason, self.values = art, reason, values

    @property
    def status(self) -> int:
        """The HTTP status."""
        return PEOPLE[self.art] if self.art in PEOPLE else MACHINES[self.art][0]

    def as_json(self, knowledge: Knowledge, base_url: str, sprache: str = GERMAN) -> dict[str, Any]:
        """Returns {"fehler", "art"}; with "uebersetzung" in other languages, and with links to what works without the chat."""
        answer: dict[str, Any] = {"fehler": f"{self.reason} {self._sentence(knowledge, GERMAN)}".strip(), "art": self.art}
        if self.art in PEOPLE and sprache != GERMAN:
            answer.update(uebersetzung=self._sentence(knowledge, sprache), sprache=sprache)
        if self.art in WITH_LINKS:
            words = knowledge.oberflaeche[sprache]
            answer["links"] = [{"titel": words["nav_faq"], "url": f"{base_url}/faq"}, {"titel": words["nav_stellen"], "url": f"{base_url}/stellen"}]
        return answer

    def _sentence(self, knowledge: Knowledge, sprache: str) -> str:
        text = knowledge.oberflaeche[sprache][f"grund_{self.art}"] if self.art in PEOPLE else MACHINES[self.art][1]
        for place, value in {"hotline": hotline_text(knowledge.offices), **self.values}.items():
            text = text.replace("{" + place + "}", value)
        return text
