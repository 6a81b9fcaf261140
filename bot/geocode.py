"""Asks a Nominatim service where an office is. Only for staff, only with `lotse offices import --geocode`, only with addresses of offices.

Nothing that a person writes in a chat may come here: no other module imports this one (tested).
"""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from bot.knowledge.base import ROOT
from bot.knowledge.offices import BOX, Office
from bot.knowledge.staged import replace_file
from bot.processes import StartError

CACHE = ROOT / "var" / "cache" / "geocode.json"
TIMEOUT = 10.0  # seconds without an answer
PAUSE = 1.0  # seconds between two requests: the rule of the public service
STREET = 26  # Nominatim's place_rank: 26 is a street, 30 a house; less is a town or a region
NOTICE = "© OpenStreetMap contributors (ODbL)"
CONTACT = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}|https://\S+", re.ASCII)


class GeocodeError(StartError):
    """The service is not set up or does not answer as it should; the text says what to do."""


class Geocoder:
    """A Nominatim service with a memory on disk and at most one request per second."""

    def __init__(self, url: str, contact: str, cache: Path, timeout: float = TIMEOUT) -> None:
        self._url, self._cache, self._timeout = url.rstrip("/") + "/search", cache, timeout
        self._host = urlsplit(url).hostname
        self._agent = f"anerkennungslotse ({contact})"
        self._known = _read(cache)
        self._asked = -PAUSE

    @classmethod
    def from_environment(cls) -> "Geocoder":
        """Returns the service that LOTSE_NOMINATIM_URL and LOTSE_KONTAKT name.

        Raises:
            GeocodeError: one of them is missing or wrong.
        """
        url, contact = os.environ.get("LOTSE_NOMINATIM_URL", "").strip(), os.environ.get("LOTSE_KONTAKT", "").strip()
        if not re.fullmatch(r"https?://[^\s@?#]+", url):
            raise GeocodeError("--geocode braucht LOTSE_NOMINATIM_URL, die Adresse eines Nominatim-Dienstes (https://…).")
        if not CONTACT.fullmatch(contact):
            raise GeocodeError("--geocode braucht LOTSE_KONTAKT, eine E-Mail- oder https-Adresse: Der Dienst will wissen, wer fragt.")
        return cls(url, contact, CACHE)

    def find(self, office: Office) -> tuple[float, float] | None:
        """Returns latitude and longitude of the office's address, or None when the service knows no such street there.

        Raises:
            GeocodeError: the service does not answer, refuses, or answers with something else.
        """
        key = f"{office.strasse}, {office.plz} {office.ort}"
        if key not in self._known:
            point = _point(self._ask(office), office.plz)
            if point is None:
                return None
            self._known[key] = point
            self._remember()
        return self._known[key]

    def _remember(self) -> None:
        try:
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self._cache, json.dumps(self._known, ensure_ascii=False, indent=1).encode("utf-8"))
        except OSError as error:
            raise GeocodeError(f"Der Zwischenspeicher {self._cache} ist nicht schreibbar ({error.strerror}).") from None

    def _ask(self, office: Office) -> Any:
        time.sleep(max(0.0, self._asked + PAUSE - time.monotonic()))
        query = {"street": office.strasse, "postalcode": office.plz, "city": office.ort, "countrycodes": "de", "format": "jsonv2", "addressdetails": "1", "limit": "1"}
        try:
            response = requests.get(self._url, params=query, headers={"User-Agent": self._agent}, timeout=self._timeout, allow_redirects=False)
        except requests.Timeout:
            raise GeocodeError(f"{self._host} hat in {self._timeout:g} Sekunden nicht geantwortet. Später wiederholen oder ohne --geocode importieren.") from None
        except requests.RequestException:
            raise GeocodeError(f"{self._host} ist nicht erreichbar. Netz und LOTSE_NOMINATIM_URL prüfen oder ohne --geocode importieren.") from None
        finally:
            self._asked = time.monotonic()
        if response.status_code == 429:
            raise GeocodeError(f"{self._host} nimmt gerade keine Anfragen mehr an (429). Später wiederholen; was gefunden ist, wird nicht noch einmal gefragt.")
        if response.status_code != 200:
            raise GeocodeError(f"{self._host} lehnt die Anfrage ab (Status {response.status_code}). LOTSE_NOMINATIM_URL und LOTSE_KONTAKT prüfen.")
        try:
            return response.json()
        except ValueError:
            raise GeocodeError(f"{self._host} antwortet nicht mit JSON. Ist LOTSE_NOMINATIM_URL ein Nominatim-Dienst?") from None


def _point(answer: Any, plz: str) -> tuple[float, float] | None:
    """Returns the point of the first hit if it is a street or house with this PLZ."""
    try:
        hit = answer[0] if answer else None
        if hit is None or int(hit["place_rank"]) < STREET or hit["address"].get("postcode") != plz:
            return None
        lat, lon = round(float(hit["lat"]), 5), round(float(hit["lon"]), 5)
    except (LookupError, TypeError, ValueError, AttributeError):
        raise GeocodeError("Der Dienst antwortet anders als Nominatim. LOTSE_NOMINATIM_URL prüfen.") from None
    return (lat, lon) if BOX[0] <= lat <= BOX[1] and BOX[2] <= lon <= BOX[3] else None


def _read(cache: Path) -> dict[str, tuple[float, float]]:
    """Returns what was found earlier; a damaged memory counts as empty."""
    try:
        return {str(key): (float(lat), float(lon)) for key, (lat, lon) in json.loads(cache.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
