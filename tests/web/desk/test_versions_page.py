"""`?stand=` and „Was hat sich geändert“ on a site over a repository of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.knowledge.live import LiveKnowledge
from bot.web.app import create_app
from bot.web.settings import Settings
from tests.history.conftest import past, told  # noqa: F401 - fixtures
from tests.web.conftest import NOWHERE, SECRET


@pytest.fixture(scope="module")
def site(past: Path) -> TestClient:  # noqa: F811
    """The website over the changed content."""
    settings = Settings("127.0.0.1", 8080, "https://lotse.example", SECRET, (), NOWHERE, f"sqlite:///{past.parent}/lotse.db")
    return TestClient(create_app(settings, LiveKnowledge(past)), base_url="https://lotse.example", raise_server_exceptions=False)


def test_earlier_day_shows_its_wording_and_amount(site: TestClient) -> None:
    then, now = site.get("/faq/blaue-karte?stand=2026-05-31"), site.get("/faq/blaue-karte?stand=2026-09-02")
    assert "Frühere Fassung" in then.text and "In der Regel müssen Sie mindestens 49.999 Euro" in then.text and "31. Mai 2026" in then.text
    assert "Normalerweise müssen Sie mindestens 50.700 Euro" in now.text


@pytest.mark.parametrize("day, status, text", [
    ("2026-02-28", 404, "Die erste Fassung ist vom 1. März 2026."), ("2099-01-01", 400, "liegt in der Zukunft"), ("gestern", 400, "ist kein Datum"), ("2026-02-31", 400, "ist kein Datum"),
    ("", 400, "ist kein Datum"), ("20260531", 400, "ist kein Datum"), ("<script>", 400, "&lt;script&gt;"),
])
def test_other_days_are_explained(site: TestClient, day: str, status: int, text: str) -> None:
    answer = site.get("/faq/blaue-karte", params={"stand": day})
    assert answer.status_code == status and text in answer.text


def test_change_is_marked_word_by_word(site: TestClient) -> None:
    text = site.get("/faq/blaue-karte/verlauf").text
    assert "<del>In</del>" in text or "<del>In der Regel</del>" in text
    assert "<ins>Normalerweise</ins>" in text and "Erste Fassung." in text


def test_start_page_and_feed_name_the_change(site: TestClient) -> None:
    assert "geändert am 01.06.2026" in site.get("/faq").text
    assert "2026-06-01T12:00:00+02:00" in site.get("/faq/feed.atom").text or "2026-06-01T13:00:00+02:00" in site.get("/faq/feed.atom").text


def test_without_history_the_page_says_so(told: Path, settings: Settings) -> None:  # noqa: F811
    import shutil

    shutil.rmtree(told.parent / ".git")
    bare = TestClient(create_app(settings, LiveKnowledge(told)), base_url="https://lotse.example", raise_server_exceptions=False)
    answer = bare.get("/faq/blaue-karte?stand=2026-05-31")
    assert answer.status_code == 503 and "keine lesbare Versionsgeschichte" in answer.text
    assert "keine lesbare Versionsgeschichte" in bare.get("/faq/blaue-karte/verlauf").text
    assert bare.get("/faq/feed.atom").status_code == 200 and bare.get("/faq").status_code == 200
