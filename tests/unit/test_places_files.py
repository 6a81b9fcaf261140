"""Broken place tables are refused with file, line and remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.knowledge.base import DATA
from bot.knowledge.errors import ContentError, ContentErrors
from bot.knowledge.places import Places

TABLES = ("gemeinden.csv", "plz.csv", "plz_andere.csv", "andere_orte.csv", "andere_schriften.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Returns a small copy of `data/orte` with two municipalities."""
    for name in TABLES:
        lines = (DATA / "orte" / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (tmp_path / name).write_text("".join(lines[:3]), encoding="utf-8")
    (tmp_path / "ortsteile.yml").write_text("Darmstadt:\n  ortsteile: [Eberstadt]\n", encoding="utf-8")
    return tmp_path


def faults(folder: Path) -> list[ContentError]:
    errors: list[ContentError] = []
    try:
        Places.load(folder, errors)
    except ContentErrors as fault:
        errors += fault.errors
    return errors


def test_whole_tables_have_no_faults(folder: Path) -> None:
    assert faults(folder) == []


@pytest.mark.parametrize("name", [*TABLES, "ortsteile.yml"])
def test_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert [e.file.name for e in faults(folder)] == [name]


@pytest.mark.parametrize("name", TABLES)
def test_table_in_another_encoding_is_named(folder: Path, name: str) -> None:
    (folder / name).write_bytes("ags,name\n1,Gießen\n".encode("latin-1"))
    assert [(e.file.name, e.problem) for e in faults(folder)] == [(name, "Die Tabelle ist nicht lesbar.")]


@pytest.mark.parametrize("name", TABLES)
def test_table_without_its_columns_is_named(folder: Path, name: str) -> None:
    (folder / name).write_text("a;b\n1;2\n", encoding="utf-8")
    assert [(e.file.name, e.line) for e in faults(folder)] == [(name, 1)]


@pytest.mark.parametrize("name", TABLES)
def test_table_without_rows_is_named(folder: Path, name: str) -> None:
    (folder / name).write_text("ags,name,kreis,lat,lon,plz,land\n", encoding="utf-8")
    assert [(e.file.name, e.line) for e in faults(folder)] == [(name, 1)]


@pytest.mark.parametrize("row", ["06411000,Darmstadt", "06411000,Darmstadt,,49.8,8.6", "06411000,Darmstadt,Darmstadt,nord,8.6", "06411000,Darmstadt,Darmstadt,49.8,nan"])
def test_incomplete_row_is_named_with_its_line(folder: Path, row: str) -> None:
    with (folder / "gemeinden.csv").open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    assert [(e.file.name, e.line) for e in faults(folder)] == [("gemeinden.csv", 4)]


def test_unknown_municipality_in_the_district_list_is_named(folder: Path) -> None:
    (folder / "ortsteile.yml").write_text("Darmstadt:\n  ortsteile: [Eberstadt]\nDarmstat:\n  ortsteile: [Bessungen]\n", encoding="utf-8")
    assert [(e.file.name, e.line, e.field) for e in faults(folder)] == [("ortsteile.yml", 3, "Darmstat")]


def test_plz_of_an_unknown_municipality_is_not_answered(folder: Path) -> None:
    shutil.copy(DATA / "orte" / "plz.csv", folder / "plz.csv")
    errors: list[ContentError] = []
    assert Places.load(folder, errors).resolve("34117").kind == "plz_unbekannt"
