"""The index follows the files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.knowledge.base import DATA
from bot.knowledge.live import LiveKnowledge
from bot.search import live
from bot.search.live import LiveSearch


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Returns a copy of `data/` that a test may change."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks at the files at every use, not every few seconds."""
    monkeypatch.setattr(live, "CHECK_SECONDS", 0.0)
    monkeypatch.setattr("bot.knowledge.live.CHECK_SECONDS", 0.0)


def test_new_phrasing_is_found_without_restart(data: Path) -> None:
    search = LiveSearch(LiveKnowledge(data), data)
    assert search.current().find("quorksalat").hits == ()
    path = data / "nlu" / "faq" / "anabin.yml"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n    - quorksalat für die hochschule\n", encoding="utf-8")
    assert search.current().find("quorksalat").hits[0].faq == "anabin"


def test_corrected_answer_is_found_without_restart(data: Path) -> None:
    search = LiveSearch(LiveKnowledge(data), data)
    path = data / "faq" / "anabin.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("frage: ", "frage: Quorksalat – ", 1), encoding="utf-8")
    assert search.current().find("quorksalat").hits[0].faq == "anabin"


def test_broken_phrasings_leave_questions_and_answers_searchable(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    (data / "nlu" / "faq" / "anabin.yml").write_text("kaputt: [", encoding="utf-8")
    search = LiveSearch(LiveKnowledge(data), data)
    assert "anabin" in [hit.faq for hit in search.current().find("anabin Datenbank").hits[:3]]
    assert "Formulierungen nicht lesbar" in caplog.text
