"""Reading all of `data/`: one error that lists every fault of every file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.errors import ContentErrors


def faults(data: Path) -> list[tuple[str, str]]:
    """Returns (file name, field) of every fault."""
    with pytest.raises(ContentErrors) as caught:
        Knowledge.load(data)
    return [(e.file.name, e.field) for e in caught.value.errors]


def test_small_data_is_whole(small_data: Path) -> None:
    assert set(Knowledge.load(small_data).faqs) == {"anabin"}


@pytest.mark.parametrize("name", ["werte.yml", "themen.yml", "angebote.yml", "routing.yml", "texte.yml", "laender.yml", "sprachen.yml", "begriffe.yml", "pruefung.yml", "betreiber.yml", "oberflaeche/de.yml", "orte/gemeinden.csv", "orte/ortsteile.yml"])
def test_missing_file_is_named(small_data: Path, name: str) -> None:
    (small_data / name).unlink()
    assert faults(small_data) == [(Path(name).name, "")]


@pytest.mark.parametrize(("name", "content", "field"), [
    ("themen.yml", "standard: {titel: Alle, aspekte: {kosten: gibt-es-nicht}}\nstudium: {titel: Studium}\n", "standard.kosten"),
    ("themen.yml", "standard: {titel: Alle, aspekte: {preis: anabin}}\nstudium: {titel: Studium}\n", "standard.aspekte.preis"),
    ("texte.yml", "gruss:\n  text: Hallo {beruf\n  knopf: x\n", "gruss.knopf"),
    ("texte.yml", "gruss:\n  text: Hallo\n  knoepfe: [{titel: A}]\n", "gruss.knoepfe[1].senden"),
    ("laender.yml", "ua: {name: Ukraine, gruppe: europa}\n", "ua.gruppe"),
    ("sprachen.yml", "de: {name: Deutsch, name_deutsch: Deutsch, richtung: oben, woerter: [hallo]}\n", "de.richtung"),
    ("angebote.yml", "aqb: {titel: AQB, zweck: '', warum: {standard: Für alle.}}\n", "aqb.zweck"),
    ("angebote.yml", "aqb: {titel: AQB, zweck: Rat.}\n", "aqb.warum.standard"),
    ("angebote.yml", "aqb: {titel: AQB, zweck: Rat., warum: {standard: Für alle., kueche: Für Köche.}}\n", "aqb.warum.kueche"),
    ("routing.yml", "allgemein: {titel: Beratung, gruppen: {standard: [xyz]}}\n", "allgemein.gruppen."),
    ("routing.yml", "beratung: {titel: Beratung, gruppen: {standard: [aqb]}}\n", "allgemein"),
], ids=["thema-ziel", "thema-aspekt", "text-feld", "knopf-ohne-ziel", "gruppe", "richtung", "leerer-zweck", "ohne-grund", "grund-ohne-bedarf", "angebot", "ohne-letzte-zeile"])
def test_fault_is_named_with_file_and_field(small_data: Path, write, name: str, content: str, field: str) -> None:
    write(f"data/{name}", content)
    assert faults(small_data) == [(name, field)]


def test_language_without_its_lines_is_named_line_by_line(small_data: Path, write) -> None:
    write("data/sprachen.yml", "uk: {name: Українська, name_deutsch: Ukrainisch, richtung: ltr, woerter: [привіт]}\n")
    fields = {field for _, field in faults(small_data)}
    assert {"uk.einleitung", "uk.schluss", "uk.notfall", "uk.link"} <= fields


BERUF = """name: Ärztin / Arzt
namen: [Arzt]
gruppe: heilberuf
reglementiert: ja
hinweis: Sie brauchen eine Approbation.
faq: anabin
quellen: [x]
stand: 2026-01-01
sicher: geprueft
"""


@pytest.mark.parametrize(("old", "new", "field"), [
    ("gruppe: heilberuf", "gruppe: arzt", "gruppe"), ("reglementiert: ja", "reglementiert: vielleicht", "reglementiert"), ("faq: anabin", "faq: gibt-es-nicht", "aspekte"),
    ("namen: [Arzt]", "namen: []", "namen"), ("quellen: [x]", "quellen: [x]\nstellen: [gibt-es-nicht]", "stellen"), ("quellen: [x]", "quellen: [x]\nandere_sprachen: {xx: [y]}", "andere_sprachen.xx"),
    ("stand: 2026-01-01", "stand: heute", "stand"),
], ids=["gruppe", "reglementiert", "faq", "ohne-namen", "stelle", "sprache", "stand"])
def test_fault_of_an_occupation_is_named(small_data: Path, write, old: str, new: str, field: str) -> None:
    write("data/berufe/arzt.yml", BERUF.replace(old, new))
    assert faults(small_data) == [("arzt.yml", field)]


def test_name_of_two_occupations_is_named_once(small_data: Path, write) -> None:
    write("data/berufe/arzt.yml", BERUF)
    write("data/berufe/doktor.yml", BERUF.replace("[Arzt]", "[arzt, Doktor]"))
    assert faults(small_data) == [("doktor.yml", "namen")]


def test_faults_of_several_files_are_listed_together(small_data: Path, write) -> None:
    write("data/texte.yml", "gruss: {text: ''}\n")
    write("data/laender.yml", "ua: {gruppe: eu}\n")
    assert faults(small_data) == [("laender.yml", "ua.name"), ("texte.yml", "gruss.text")]


def test_empty_folder_is_one_fault(small_data: Path) -> None:
    shutil.rmtree(small_data)
    assert faults(small_data) == [("werte.yml", "")]
