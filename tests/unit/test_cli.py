"""The command line: help everywhere, exit codes, and German messages instead of tracebacks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import models
from bot.cli import COMMANDS, group, main
from bot.knowledge.base import ROOT

HELP = [[], *([name] for name in COMMANDS), ["data", "check"], ["data", "overdue"]]


@pytest.mark.parametrize("arguments", HELP, ids=lambda a: "-".join(a) or "lotse")
def test_every_command_has_help_in_german(arguments: list[str]) -> None:
    result = CliRunner().invoke(group, [*arguments, "--help"])
    assert result.exit_code == 0
    first = result.output.split("\n\n")[1].strip()
    assert first.endswith(".") and first[0].isupper()


@pytest.mark.parametrize("arguments", [
    ["gibt-es-nicht"], ["data", "chek"], ["data", "check", "--laut"], ["serve", "--port", "abc"], ["serve", "--port", "0"], ["serve", "--port", "70000"], ["data", "overdue", "--days", "-1"],
    ["data", "overdue", "--days", "99999999999"], ["explain"], ["evaluate", "--model", "gibt-es-nicht.tar.gz"],
], ids=" ".join)
def test_wrong_usage_ends_with_code_2(arguments: list[str]) -> None:
    assert CliRunner().invoke(group, arguments).exit_code == 2


@pytest.fixture
def run(monkeypatch, capsys):
    """Returns a function that runs `lotse` in this process and returns exit code, output and errors."""

    def _run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lotse", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        return int(left.value.code or 0), captured.out, captured.err

    return _run


def test_no_command_shows_the_help(run) -> None:
    code, _, errors = run()
    assert (code, errors[:6]) == (2, "Usage:")


def test_unknown_command_is_one_line(run) -> None:
    code, out, errors = run("gibt-es-nicht")
    assert (code, out, errors.count("\n")) == (2, "", 1)
    assert errors.startswith("Fehler: ")


def test_overdue_is_a_finding_with_code_1_and_the_earliest_first(run) -> None:
    code, out, _ = run("data", "overdue", "--days", "3650", "--json")
    due = [row["faellig"] for row in json.loads(out)]
    assert (code, due) == (1, sorted(due))
    assert len(due) > 100


def test_data_check_reads_the_whole_content(run) -> None:
    code, out, _ = run("data", "check")
    assert code in (0, 1)  # 1: something is due for review
    assert "421 Gemeinden gelesen: keine Fehler im Aufbau." in out


@pytest.mark.parametrize("arguments", [["explain", "Was kostet das?"], ["evaluate"]], ids=" ".join)
def test_missing_model_is_a_matter_of_the_environment(run, tmp_path: Path, monkeypatch, arguments: list[str]) -> None:
    monkeypatch.setattr(models, "POINTER", tmp_path / "aktuell.json")
    code, out, errors = run(*arguments)
    assert (code, out, errors) == (3, "", "Fehler: Es gibt noch kein Modell. Zuerst „lotse train“ ausführen.\n")


def test_foreign_archive_is_a_matter_of_the_environment(run, tmp_path: Path) -> None:
    path = tmp_path / "urlaub.tar.gz"
    path.write_bytes(b"kein Archiv")
    code, _, errors = run("evaluate", "--model", str(path))
    assert (code, errors) == (3, f"Fehler: {path} ist kein lesbares Modellarchiv.\n")


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """Returns a copy of code and content."""
    root = tmp_path_factory.mktemp("projekt")
    for name in ("data", "bot"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    return root


@pytest.fixture
def broken(project: Path):
    """Returns a function that breaks files of the copy and runs `lotse` on it as staff would; the files are put back after the test."""
    kept: dict[Path, bytes] = {}

    def _broken(files: dict[str, bytes], *arguments: str) -> subprocess.CompletedProcess[str]:
        for name, content in files.items():
            path = project / "data" / name
            kept[path] = path.read_bytes()
            path.write_bytes(content)
        environment = {**os.environ, "PYTHONPATH": str(project), "PYTHONUTF8": "1"}
        return subprocess.run([sys.executable, "-m", "bot.cli", *arguments], cwd=project, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120)

    yield _broken
    for path, content in kept.items():
        path.write_bytes(content)


BROKEN: dict[str, tuple[dict[str, bytes], list[str]]] = {
    "content": ({"faq/anabin.yml": b"frage: a\n\tkurz: b\n", "offices/zab.yml": b"\xff\xfe\x00", "texte.yml": b"a: {text: ''}\n"}, ["anabin.yml:2:", "zab.yml:1:", "texte.yml:1: Feld „a.text“:"]),
    "place-table": ({"orte/plz.csv": b"kaputt\n"}, ["plz.csv:1:"]),
    "training": ({"nlu/beratung.yml": b'version: "9.0"\nnlu:\n- x\n', "nlu/gespraech.yml": b"[" * 100_000}, ["beratung.yml:1: Feld „version“:", "gespraech.yml:1:"]),
}


@pytest.mark.parametrize(("files", "places"), BROKEN.values(), ids=BROKEN)
def test_data_check_names_broken_content_and_ends_with_code_2(broken, files: dict[str, bytes], places: list[str]) -> None:
    result = broken(files, "data", "check")
    assert result.returncode == 2
    assert "Fehler in den Inhalten" in result.stderr
    assert [place for place in places if place not in result.stderr] == []
    assert "Traceback" not in result.stderr + result.stdout


def test_train_refuses_broken_content_before_it_starts(broken, project: Path) -> None:
    result = broken({"werte.yml": b""}, "train")
    assert (result.returncode, "werte.yml: Die Datei ist leer." in result.stderr) == (2, True)
    assert not (project / "models").exists()
