"""`lotse offices` on a small data folder: what staff see, the exit codes, and that an import is whole or nothing."""

from __future__ import annotations

import csv
import io
import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from bot.knowledge.base import ROOT
from tests.unit.conftest import Run


def contents(office_data: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in (office_data / "offices").iterdir()}


@pytest.mark.parametrize("name", ["list", "check", "import", "export", "stale"])
def test_every_part_has_help(run_offices: Run, name: str) -> None:
    code, out, _ = run_offices(name, "--help")
    assert (code, f"offices {name} [OPTIONS]" in out) == (0, True)


@pytest.mark.parametrize(("filters", "found"), [((), ["land", "nord", "sued"]), (("--kreis", "KASSEL"), ["land", "nord"]), (("--angebot", "aqb", "--kreis", "Darmstadt"), ["land", "sued"])])
def test_list_shows_one_line_for_each_office(run_offices: Run, filters: tuple[str, ...], found: list[str]) -> None:
    code, out, _ = run_offices("list", *filters)
    assert (code, [line.split()[0] for line in out.splitlines()]) == (0, ["Kennung", *found, str(len(found))])


def test_list_as_json_holds_known_fields_only(run_offices: Run) -> None:
    office = json.loads(run_offices("list", "--json", "--kreis", "Kassel")[1])[1]
    assert (office["kennung"], office["plz"], office["zustaendig_fuer"], office["wird_genannt"], office["frisch"]) == ("nord", "34117", ["Kassel"], True, False)
    assert "telefon" not in office


@pytest.mark.parametrize(("option", "value", "hint"), [("--kreis", "Kasel", "Kassel"), ("--angebot", "xyz", "aqb")])
def test_unknown_filter_names_what_could_be_meant(run_offices: Run, option: str, value: str, hint: str) -> None:
    code, _, err = run_offices("list", option, value)
    assert code == 2
    assert err == f"Fehler: {option}: „{value}“ gibt es nicht. Gemeint sein könnte: {hint}.\n"


def test_check_names_unknown_fields_of_offices_that_still_exist(run_offices: Run, office_data: Path) -> None:
    ended = office_data / "offices" / "sued.yml"
    ended.write_text(ended.read_text(encoding="utf-8").replace("status: aktiv", "status: beendet"), encoding="utf-8")
    code, out, _ = run_offices("check")
    assert code == 0
    assert out.splitlines()[:2] == [f"{office}: es fehlt telefon, sprechzeiten, sprachen" for office in ("land", "nord")]
    assert "sued" not in out


def test_check_ends_with_2_on_a_broken_file(run_offices: Run, write) -> None:
    write("data/offices/kaputt.yml", "name: x\n")
    code, _, err = run_offices("check")
    assert (code, "kaputt.yml:1: Feld „angebot“" in err) == (2, True)


def test_export_writes_every_office(run_offices: Run) -> None:
    code, out, _ = run_offices("export")
    assert (code, [line["kennung"] for line in csv.DictReader(io.StringIO(out), delimiter=";")]) == (0, ["land", "nord", "sued"])


def test_export_never_overwrites_a_file(run_offices: Run, tmp_path: Path) -> None:
    path = tmp_path / "aus.csv"
    assert run_offices("export", str(path), "--excel")[0] == 0
    before = path.read_bytes()
    code, _, err = run_offices("export", str(path))
    assert (code, "gibt es schon" in err, path.read_bytes() == before) == (2, True, True)


def test_import_shows_every_field_and_writes_after_yes(run_offices: Run, office_data: Path, write) -> None:
    before = contents(office_data)
    source = str(write("neu.csv", "kennung;telefon;email\nnord;+49 561 000-0;\n"))
    code, out, _ = run_offices("import", source, answer="j\n")
    assert code == 0
    assert out.startswith("nord  (geändert, Zeile 2)\n  + telefon: +49 561 000-0\n  - email: nord@beispiel.example\n")
    assert "Neu: 0, geändert: 1, unverändert: 0, entfallende Angaben: 1\n" in out
    assert contents(office_data) == {**before, "nord.yml": before["nord.yml"].replace("email: 'nord@beispiel.example'  # Zentrale", "telefon: '+49 561 000-0'")}
    assert run_offices("import", source)[1].startswith("Neu: 0, geändert: 0, unverändert: 1,")


def test_import_of_a_new_office_makes_a_file_that_loads(run_offices: Run, office_data: Path, write) -> None:
    header, _, example = run_offices("export", "--vorlage")[1].splitlines()
    filled = example.removeprefix("# ").replace("Gießen (Landkreis) | Vogelsbergkreis", "Darmstadt")
    code, out, _ = run_offices("import", str(write("neu.csv", f"{header}\n{filled}\n")), "--yes")
    assert (code, "Neu: 1, " in out) == (0, True)
    assert "Beispiel-Beratung Musterstadt" in run_offices("list", "--kreis", "Darmstadt")[1]


@pytest.mark.parametrize(("answer", "expected"), [("n\n", 1), ("\n", 1), ("", 130)], ids=["no", "enter", "nobody-there"])
def test_import_without_a_yes_changes_nothing(run_offices: Run, office_data: Path, write, answer: str, expected: int) -> None:
    before = contents(office_data)
    assert run_offices("import", str(write("neu.csv", "kennung;email\nnord;\n")), answer=answer)[0] == expected
    assert contents(office_data) == before


def test_one_bad_row_keeps_all_files(run_offices: Run, office_data: Path, write) -> None:
    before = contents(office_data)
    code, out, err = run_offices("import", str(write("neu.csv", "kennung;plz\nnord;34119\nsued;6428\n")), "--yes")
    assert (code, out) == (2, "")
    assert "neu.csv:3: Feld „plz“: „6428“ ist keine Postleitzahl." in err
    assert contents(office_data) == before


def test_a_thousand_faults_are_not_all_printed(run_offices: Run, write) -> None:
    _, _, err = run_offices("import", str(write("neu.csv", "kennung\n" + "Ä\n" * 1000)), "--yes")
    assert (err.count("\n"), err.splitlines()[-1]) == (102, "… und 900 weitere.")


@pytest.mark.parametrize(("cells", "hint"), [
    ("kennung;strasse\nnord;Neue Straße 1\n", "lat und lon bleiben"), ("kennung;telefon\nnord;+49 561 000-0\n", "stand und adresse_stand bleiben"),
    ("kennung;name;angebot;zielgruppen;region;zustaendig_laut;lage;status;sicher;quellen\nnordd;N;aqb;pflege;Hessen;keine;keine;aktiv;geprueft;https://a.example\n", "Es gibt schon „nord“"),
], ids=["point", "date", "misspelt"])
def test_import_warns_of_what_was_forgotten(run_offices: Run, write, cells: str, hint: str) -> None:
    assert hint in run_offices("import", str(write("neu.csv", cells)))[1]


def test_full_disk_keeps_all_files(office_data: Path, write) -> None:
    before = contents(office_data)
    source = str(write("neu.csv", "kennung;email\nnord;\nsued;\n"))
    done = subprocess.run([sys.executable, "-m", "bot.cli", "offices", "--data", str(office_data), "import", source, "--yes"], cwd=ROOT, capture_output=True, text=True,
                          encoding="utf-8", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)), check=False)
    assert (done.returncode, "nicht schreibbar" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
    assert contents(office_data) == before


def test_stale_names_the_most_urgent_first_and_ends_with_1(run_offices: Run) -> None:
    code, out, _ = run_offices("stale", "--days", "0", "--json")
    assert (code, [office["kennung"] for office in json.loads(out)][:2]) == (1, ["land", "nord"])


def test_stale_ends_with_0_when_nobody_has_to_be_called(run_offices: Run, office_data: Path) -> None:
    for path in (office_data / "offices").iterdir():
        path.unlink()
    assert run_offices("stale") == (0, "Niemand muss angerufen werden.\n", "")
