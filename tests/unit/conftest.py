"""Shared by the unit tests: the real knowledge, read once, a fixed day, and files written for one test."""

from __future__ import annotations

import datetime as dt
import io
import sys
from pathlib import Path
from typing import Callable

import pytest

from bot import cli
from bot.knowledge.base import Knowledge
from bot.knowledge.check_rules import STEPS
from bot.knowledge.places import Places

Write = Callable[[str, "str | bytes"], Path]
Run = Callable[..., "tuple[int, str, str]"]
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
    "oberflaeche/de.yml": "titel: Lotse\n",
    "betreiber.yml": "name: Beispielverein\n",
    "sprachen.yml": "de: {name: Deutsch, name_deutsch: Deutsch, richtung: ltr, woerter: [hallo]}\n",
    "begriffe.yml": "{}\n",
    "glossar.yml": "{}\n",
    "pruefung.yml": "".join(f"{step}: {{titel: T, saetze: [{{text: Ein Satz., einfach: Ein Satz., faq: beruf}}]}}\n" for step in STEPS),
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


OFFICE = """name: Beratung {0}
angebot: aqb
zielgruppen: [ratsuchende]
region: Hessen
strasse: Musterstraße 1
plz: '34117'
ort: Kassel
email: '{0}@beispiel.example'  # Zentrale
website: 'https://www.beispiel.example'
zustaendig_fuer: [{1}]
zustaendig_laut: genannt
lat: 51.3158
lon: 9.4917
lage: plz
status: aktiv
sicher: geprueft
stand: '{2}'
adresse_stand: '2026'
quellen:
- 'https://www.beispiel.example'
"""


@pytest.fixture
def office_data(write: Write, small_data: Path) -> Path:
    """Returns the tiny `data/` with three offices."""
    for office, kreis, stand in (("nord", "Kassel", "2020-01"), ("sued", "Darmstadt", "2026-10"), ("land", "Hessen", "2019")):
        write(f"data/offices/{office}.yml", OFFICE.format(office, kreis, stand))
    return small_data


@pytest.fixture
def run_lotse(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Returns a function that runs `lotse <arguments>`, types `answer`, and returns exit code, output and errors."""

    def _run(*arguments: str, answer: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lotse", *arguments])
        monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capfd.readouterr()
        return int(left.value.code or 0), out, err

    return _run


@pytest.fixture
def run_offices(office_data: Path, run_lotse: Run) -> Run:
    """Returns a function that runs `lotse offices …` on the three offices and returns exit code, output and errors."""
    return lambda *arguments, answer="": run_lotse("offices", "--data", str(office_data), *arguments, answer=answer)
