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

from bot.cli import COMMANDS, group
from bot.knowledge.base import ROOT

HELP = [[], *([name] for name in COMMANDS), ["data", "check"], ["data", "overdue"]]


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """Returns a copy of code and content."""
    root = tmp_path_factory.mktemp("projekt")
    for name in ("data", "bot"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def lotse(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs `lotse` on the copy as staff would."""
    environment = {**os.environ, "PYTHONPATH": str(project), "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, "-m", "bot.cli", *arguments], cwd=project, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120)


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
def broken(project: Path):
    """Returns a function that changes a file of the copy; the file is put back after the test."""
    kept: dict[Path, bytes] = {}

    def _broken(name: str, content: bytes) -> None:
        path = project / "data" / name
        kept[path] = path.read_bytes()
        path.write_bytes(content)

    yield _broken
    for path, content in kept.items():
        path.write_bytes(content)


BROKEN = {
    "faq-tab": ("faq/anabin.yml", b"frage: a\n\tkurz: b\n", "anabin.yml:2:"), "office-binary": ("offices/zab.yml", b"\xff\xfe\x00", "zab.yml:1:"),
    "plz-table": ("orte/plz.csv", b"kaputt\n", "plz.csv:1:"), "nlu-version": ("nlu/beratung.yml", b'version: "9.0"\nnlu: []\n', "beratung.yml:1:"),
}


@pytest.mark.parametrize(("name", "content", "place"), BROKEN.values(), ids=BROKEN)
def test_data_check_names_broken_content_and_ends_with_code_2(project: Path, broken, name: str, content: bytes, place: str) -> None:
    broken(name, content)
    result = lotse(project, "data", "check")
    assert result.returncode == 2
    assert place in result.stderr
    assert "Fehler in den Inhalten" in result.stderr
    assert "Traceback" not in result.stderr + result.stdout


def test_data_check_lists_the_faults_of_several_files(project: Path, broken) -> None:
    broken("faq/anabin.yml", b"frage: [\n")
    broken("texte.yml", b"a: {text: ''}\n")
    result = lotse(project, "data", "check")
    assert result.returncode == 2
    assert "anabin.yml" in result.stderr
    assert "texte.yml" in result.stderr


def test_data_check_reads_the_whole_content(project: Path) -> None:
    result = lotse(project, "data", "check")
    assert result.returncode in (0, 1)  # 1: something is due for review
    assert "421 Gemeinden gelesen: keine Fehler im Aufbau." in result.stdout


def test_overdue_is_a_finding_with_code_1_and_the_earliest_first(project: Path) -> None:
    result = lotse(project, "data", "overdue", "--days", "3650", "--json")
    due = [row["faellig"] for row in json.loads(result.stdout)]
    assert (result.returncode, due) == (1, sorted(due))
    assert len(due) > 100


def test_train_refuses_broken_content_before_it_starts(project: Path, broken) -> None:
    broken("werte.yml", b"")
    result = lotse(project, "train")
    assert (result.returncode, "werte.yml: Die Datei ist leer." in result.stderr) == (2, True)
    assert not (project / "models").exists()


def test_missing_model_is_a_matter_of_the_environment(project: Path) -> None:
    result = lotse(project, "explain", "Was kostet die Anerkennung?")
    assert (result.returncode, result.stderr) == (3, "Fehler: Es gibt noch kein Modell. Zuerst „lotse train“ ausführen.\n")


def test_no_command_shows_the_help(project: Path) -> None:
    result = lotse(project)
    assert result.returncode == 2
    assert result.stderr.startswith("Usage:")


def test_broken_content_is_one_message_without_a_traceback(project: Path, broken) -> None:
    broken("sprachen.yml", b"[" * 100_000)
    result = lotse(project, "data", "overdue")
    assert (result.returncode, "Traceback" in result.stderr) == (2, False)
    assert "zu tief verschachtelt" in result.stderr
