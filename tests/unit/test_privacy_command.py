"""`lotse privacy`: counts, contents and deletion from the command line, in German and with exit codes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Callable

import pytest

from bot import cli
from bot.knowledge.base import ROOT
from bot.store import journal
from bot.store.database import Database
from bot.store.limits import VARIABLES
from bot.store.values import new_id

Lotse = Callable[..., "tuple[int, str, str]"]


@pytest.fixture
def privacy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Lotse:
    """Returns a function that runs `lotse privacy …` on a database of the test's own."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/lotse.db")

    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["lotse", "privacy", *arguments])
        with pytest.raises(SystemExit) as left:
            cli.main()
        out, err = capfd.readouterr()
        return int(left.value.code or 0), out, err

    return run


def test_show_then_erase_then_nothing(privacy: Lotse) -> None:
    journal.accept(Database(), "c" * 32, new_id(), "Was kostet das?")
    code, out, _ = privacy("show", "c" * 32)
    assert code == 0 and json.loads(out)["journal"][0]["text"] == "Was kostet das?"
    code, out, _ = privacy("erase", "c" * 32, "--yes")
    assert code == 0 and "Nachrichten: 1 gelöscht" in out
    assert privacy("show", "c" * 32)[0] == 1
    assert privacy("erase", "c" * 32, "--yes")[0] == 1


def test_purge_tells_limits_and_counts(privacy: Lotse) -> None:
    code, out, _ = privacy("purge", "--dry-run")
    assert code == 0
    assert "Gespräche: 30 Tage (LOTSE_TAGE_GESPRAECHE)" in out and "Nachrichten: 0 abgelaufen" in out
    assert "Nachrichten: 0 gelöscht" in privacy("purge")[1]


@pytest.mark.parametrize("conversation", ["x", "C" * 32, "c" * 33, "../etc", ""])
def test_strange_id_is_refused(privacy: Lotse, conversation: str) -> None:
    code, _, err = privacy("erase", "--yes", "--", conversation)
    assert code == 2 and "32 Zeichen" in err


def test_wrong_limit_and_address_are_named(privacy: Lotse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSE_TAGE_JOURNAL", "ewig")
    code, _, err = privacy("purge")
    assert code == 3 and "LOTSE_TAGE_JOURNAL" in err and "Traceback" not in err
    monkeypatch.setenv("DATABASE_URL", "oracle://x")
    monkeypatch.delenv("LOTSE_TAGE_JOURNAL")
    assert "DATABASE_URL" in privacy("purge")[2]


@pytest.mark.parametrize("variable, default, most", VARIABLES.values())
def test_limits_in_the_documents_are_those_of_the_code(variable: str, default: int, most: int) -> None:
    line = next(line for line in (ROOT / "docs" / "datenschutz.md").read_text(encoding="utf-8").splitlines() if f"`{variable}`" in line)
    assert f"| {default} Tage" in line
    assert f"{variable}={default}\n" in (ROOT / ".env.example").read_text(encoding="utf-8")


def test_every_table_is_in_the_document() -> None:
    text = (ROOT / "docs" / "datenschutz.md").read_text(encoding="utf-8")
    assert [name for name in ("conversations", "journal", "feedback", "reports", "picks", "audit") if f"`{name}`" not in text] == []
