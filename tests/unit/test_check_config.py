"""`lotse check-config` names what is missing, with its field, and never falls over."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.check_config import command
from bot.knowledge.betreiber import FIELDS


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Runs the command with a database of its own and some variables."""
    def start(**environment: str):
        for name in ("LOTSE_BASE_URL", "LOTSE_SECRET", "LOTSE_PORT", "LOTSE_EMBED_ORIGINS"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/lotse.db")
        monkeypatch.setenv("LOTSE_SECRET", "x" * 40)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return CliRunner().invoke(command)
    return start


def test_missing_data_of_the_operator_are_named(run) -> None:
    result = run()
    assert result.exit_code == 1
    assert all(f"data/betreiber.yml, {name}: fehlt" in result.output for name in FIELDS)


@pytest.mark.parametrize(("name", "value", "said"), [
    ("LOTSE_SECRET", "kurz", "LOTSE_SECRET ist zu kurz"),
    ("LOTSE_BASE_URL", "lotse.example", "keine Webadresse"),
    ("LOTSE_BASE_URL", "http://lotse.example", "nicht https"),
    ("LOTSE_PORT", "achtzig", "kein Port"),
    ("LOTSE_EMBED_ORIGINS", "*", "keine Herkunft"),
    ("DATABASE_URL", "mysql://a/b", "Datenbank: DATABASE_URL"),
    ("DATABASE_URL", "postgresql://lotse@127.0.0.1:9/lotse", "Datenbank"),
])
def test_wrong_settings_are_named(run, name: str, value: str, said: str) -> None:
    result = run(**{name: value})
    assert result.exit_code == 1 and said in result.output and "Traceback" not in result.output


def test_nothing_to_say_behind_tls(run) -> None:
    assert "LOTSE_BASE_URL" not in run(LOTSE_BASE_URL="https://lotse.example").output
