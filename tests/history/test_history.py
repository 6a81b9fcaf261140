"""Earlier wordings from a real repository."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.history.diff import word_diff
from bot.history.repository import NoHistory, Repository
from bot.history.wording import NotYet, wording_on
from bot.knowledge.base import Knowledge
from tests.history.conftest import record


@pytest.fixture
def repository(past: Path) -> Repository:
    """Returns the history of the changed content."""
    return Repository(past)


@pytest.fixture(scope="module")
def content(past: Path) -> Knowledge:
    """Returns the content of today."""
    return Knowledge.load(past)


@pytest.mark.parametrize("day, begin, amount", [
    (dt.date(2026, 3, 1), "In der Regel", "49.999 Euro"), (dt.date(2026, 5, 31), "In der Regel", "49.999 Euro"), (dt.date(2026, 6, 1), "Normalerweise", "49.999 Euro"),
    (dt.date(2026, 9, 1), "Normalerweise", "50.700 Euro"), (dt.date(2026, 11, 25), "Normalerweise", "50.700 Euro"),
])
def test_wording_and_amounts_are_those_of_the_day(repository: Repository, content: Knowledge, day: dt.date, begin: str, amount: str) -> None:
    found = wording_on(repository, content, "blaue-karte", day)
    assert found.faq.antwort.startswith(begin) and amount in found.faq.antwort


def test_before_the_first_version_its_day_is_told(repository: Repository, content: Knowledge) -> None:
    with pytest.raises(NotYet) as raised:
        wording_on(repository, content, "blaue-karte", dt.date(2026, 2, 28))
    assert raised.value.first == dt.date(2026, 3, 1)


def test_answer_outside_the_history_has_no_first_day(repository: Repository, content: Knowledge) -> None:
    with pytest.raises(NotYet) as raised:
        wording_on(repository, content, "nie-gewesen", dt.date(2026, 11, 1))
    assert raised.value.first is None


def test_changes_name_what_is_new_and_what_changed(repository: Repository) -> None:
    changes = repository.changes("faq")
    assert (changes[0].name, changes[0].is_new, changes[0].version.day) == ("faq/blaue-karte.yml", False, dt.date(2026, 6, 1))
    assert all(change.is_new for change in changes[1:])


def test_new_commit_is_seen(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(told)
    monkeypatch.setattr("bot.history.repository.HEAD_SECONDS", 0.0)
    assert len(repository.versions("faq/anabin.yml")) == 1
    (told / "faq" / "anabin.yml").write_text((told / "faq" / "anabin.yml").read_text(encoding="utf-8") + "# geprüft\n", encoding="utf-8")
    record(told, "2026-10-01")
    assert [v.day for v in repository.versions("faq/anabin.yml")] == [dt.date(2026, 10, 1), dt.date(2026, 3, 1)]


def test_faults_of_an_old_file_are_not_judged_today(data: Path, commit) -> None:
    path = data / "faq" / "anabin.yml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("thema: ", "thema: abgeschafft-", 1), encoding="utf-8")
    commit("2026-01-01")
    path.write_text(good, encoding="utf-8")
    commit("2026-02-01")
    assert wording_on(Repository(data), Knowledge.load(data), "anabin", dt.date(2026, 1, 15)).faq.frage


def test_no_repository_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoHistory, match="keine lesbare Versionsgeschichte"):
        Repository(tmp_path).head()


def test_no_git_program_is_said(told: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoHistory, match="git"):
        Repository(told).head()


@pytest.mark.parametrize("old, new", [("Die Frist ist 1 Monat.", "Die Frist ist 3 Monate."), ("", "Neu"), ("Weg", ""), ("gleich", "gleich"), ("a  b\nc", "a b\nd c")])
def test_diff_gives_both_texts_back(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(text for kind, text in pieces if kind in "=+") == new
    assert "".join(text for kind, text in pieces if kind in "=-") == old


def test_diff_marks_the_changed_words_only() -> None:
    assert word_diff("Die Frist ist 1 Monat.", "Die Frist ist 1 Woche.") == [("=", "Die Frist ist 1 "), ("-", "Monat."), ("+", "Woche.")]
