"""The chat on a foreign site: strict policy, one request, nothing from elsewhere, nothing left behind; how long the site takes to load."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow
KEPT = "() => ({ session: Object.keys(sessionStorage), local: Object.keys(localStorage), cookies: document.cookie })"
BYTES, LATENCY_MS, SLOWER = 50_000, 400, 6


def test_foreign_page_asks_for_one_file_until_somebody_opens_the_chat(visit: Any, site: Any) -> None:
    seen = visit(foreign=True)
    expect(seen.page.locator("button.start")).to_be_visible()
    assert [url for url in seen.requests if url.startswith(site.url)] == [f"{site.url}/static/chat.js"]


def test_chat_works_under_the_policy_of_a_foreign_site_and_asks_nobody_else(visit: Any, site: Any) -> None:
    seen = visit(foreign=True).open()
    answer = seen.ask("Was kostet die Anerkennung?")
    assert "100 bis 600 Euro" in answer.inner_text()
    assert seen.errors == []
    assert [url for url in seen.requests if not url.startswith((site.url, site.other))] == []


def test_focus_moves_inside_a_panel_that_covers_a_phone(visit: Any) -> None:
    seen = visit(foreign=True).open()
    for _ in range(4):
        seen.page.keyboard.press("Shift+Tab")
    expect(seen.page.locator(".fenster")).to_be_visible()


def test_token_of_an_embedded_talk_is_gone_after_deleting(visit: Any) -> None:
    seen = visit(foreign=True).open()
    seen.ask("Was kostet die Anerkennung?")
    assert seen.page.evaluate(KEPT) == {"session": ["anerkennungslotse-chat"], "local": [], "cookies": ""}
    seen.page.get_by_role("button", name="Menü").click()
    seen.page.get_by_role("button", name="Gespräch löschen").click()
    expect(seen.page.locator("[role=status]")).to_contain_text("Ihr Gespräch ist gelöscht.")
    assert seen.page.evaluate(KEPT) == {"session": [], "local": [], "cookies": ""}
    expect(seen.page.locator("article")).to_have_count(0)
    assert "100 bis 600 Euro" in seen.ask("Was kostet die Anerkennung?").inner_text()


def test_embedded_talk_is_there_after_a_reload(visit: Any) -> None:
    seen = visit(foreign=True).open()
    seen.ask("Was kostet die Anerkennung?")
    seen.page.reload()
    seen.open()
    assert seen.page.locator("article.ich").inner_text().endswith("Was kostet die Anerkennung?")
    assert "100 bis 600 Euro" in seen.answers.last.inner_text()


def test_panel_that_covers_a_phone_closes_when_the_focus_leaves_it(visit: Any) -> None:
    seen = visit(foreign=True).open()
    seen.page.evaluate("() => { const link = document.createElement('a'); link.href = '/'; link.textContent = 'Start'; document.body.append(link); link.focus(); }")
    expect(seen.page.locator("button.start")).to_be_visible()
    expect(seen.page.locator(".fenster")).to_be_hidden()


def test_escape_closes_and_the_focus_returns_to_the_launcher(visit: Any) -> None:
    seen = visit(foreign=True).open()
    seen.page.keyboard.press("Escape")
    expect(seen.page.locator("button.start")).to_be_focused()


def test_launcher_speaks_the_language_of_the_page(visit: Any) -> None:
    seen = visit(foreign=True, sprache="uk")
    expect(seen.page.locator("button.start")).to_have_text("Запитання про Anerkennung (визнання)?")


def test_page_in_a_frame_of_another_site_uses_a_token(visit: Any) -> None:
    seen = visit(foreign=True, sprache="rahmen", width=1280)
    inside = seen.page.frame_locator("iframe")
    inside.locator("#eingabe").fill("Was kostet die Anerkennung?")
    with seen.page.expect_request("**/api/chat/message") as sent:
        inside.locator("#eingabe").press("Enter")
    expect(inside.locator("article.lotse").last).to_contain_text("100 bis 600 Euro")
    assert sent.value.headers["authorization"].startswith("Bearer ")
    assert seen.page.context.cookies() == []


def test_load_of_a_host_page_on_a_slow_phone_is_measured(visit: Any, record_property: Any, capsys: pytest.CaptureFixture[str]) -> None:
    def slow(page: Page) -> None:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", {"offline": False, "latency": LATENCY_MS, "downloadThroughput": BYTES, "uploadThroughput": BYTES})
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    seen = visit(foreign=True, prepare=slow)
    seen.page.wait_for_load_state("load")
    timing = json.loads(seen.page.evaluate("() => JSON.stringify(performance.getEntriesByType('navigation')[0])"))
    size = seen.page.evaluate("() => performance.getEntriesByType('resource').map((one) => [one.name, one.duration])")
    record_property("load_ms", timing["loadEventEnd"])
    with capsys.disabled():
        print(f"\n[Messung] Ladeereignis der fremden Seite (50 kB/s, 400 ms, CPU 6x): {timing['loadEventEnd'] / 1000:.2f} s; {size}")
    expect(seen.page.locator("button.start")).to_be_visible()
