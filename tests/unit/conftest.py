"""Shared by the unit tests: the real knowledge, read once, a fixed day, and files written for one test."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Callable

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.places import Places

Write = Callable[[str, "str | bytes"], Path]
SMALL = {
    "werte.yml": """gebuehr:
  bezeichnung: Gebühr
  einheit: Euro
  norm: § 1 BQFG
  quelle: https://hessen.de/
  geprueft_am: 2026-01-01
  pruefen_bis: 2099-01-01
  werte: [{wert: 100}]
""",
    "faq/anabin.yml": """frage: Was ist anabin?
kurz: anabin
thema: studium
antwort: Das ist eine Liste im Netz. Sie nennt alle Schulen.
antwort_einfach: Das ist eine Liste im Netz.
quellen: [{titel: anabin, url: 'https://anabin.kmk.org/'}]
gilt: bundesweit
stand: 2026-03-31
pruefen_bis: 2099-01-01
sicher: geprueft
""",
    "themen.yml": "standard: {titel: Alle}\nstudium: {titel: Studium}\n",
    "angebote.yml": "aqb: {titel: AQB, zweck: Beratung., warum: {standard: Für alle.}}\n",
    "routing.yml": "beratung: {titel: Beratung, gruppen: {standard: [aqb]}}\nallgemein: {titel: Auskunft, gruppen: {standard: [aqb]}}\n",
    "texte.yml": "gespraech/dank:\n  text: Gern geschehen!\n",
    "laender.yml": "ua: {name: Ukraine, gruppe: drittstaat}\n",
    "sprachen.yml": "de: {name: Deutsch, name_deutsch: Deutsch, richtung: ltr, woerter: [hallo]}\n",
    "begriffe.yml": "{}\n",
    "orte/gemeinden.csv": "ags,name,kreis,lat,lon\n06411000,Darmstadt,Darmstadt,49.8717,8.6503\n06611000,Kassel,Kassel,51.3158,9.4917\n",
    "orte/plz.csv": "plz,lat,lon,ags\n34117,51.3158,9.4917,06611000\n",
    "orte/plz_andere.csv": "plz,land\n80331,Bayern\n",
    "orte/andere_orte.csv": "name,land\nMünchen,Bayern\n",
    "orte/andere_schriften.csv": "ags,name\n06611000,Кассель\n",
    "orte/ortsteile.yml": "Darmstadt: {ortsteile: [Eberstadt]}\n",
}


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Returns the content of `data/`."""
    return Knowledge.load()


@pytest.fixture(scope="session")
def places(knowledge: Knowledge) -> Places:
    """Returns all places of `data/orte`."""
    return knowledge.places


@pytest.fixture(scope="session")
def day() -> dt.date:
    """Returns the day on which the tests take place."""
    return dt.date(2026, 11, 25)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Returns a function that writes a file below the test's own folder and returns its path."""

    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return _write


@pytest.fixture
def small_data(write: Write, tmp_path: Path) -> Path:
    """Returns a whole but tiny `data/` of the test's own: two municipalities, one FAQ, one value, one fixed text."""
    for name, content in SMALL.items():
        write(f"data/{name}", content)
    return tmp_path / "data"
