"""What the server refuses, and what does not come at all: always a sentence and a way on."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.slow
QUESTION = "Was kostet die Anerkennung?"


def test_reason_of_the_server_is_shown_with_its_links(visit: Any) -> None:
    seen = visit().ready()
    refused = '{"fehler": "Der Lotse kann gerade nicht antworten.", "art": "keine_antwort", "links": [{"titel": "Antworten nachschlagen", "url": "https://lotse.example/faq"}]}'
    seen.page.route("**/api/chat/message", lambda route: route.fulfill(status=503, content_type="application/json", body=refused))
    seen.input.fill(QUESTION)
    seen.input.press("Enter")
    mine = seen.page.locator("article.ich")
    expect(mine).to_contain_text("Der Lotse kann gerade nicht antworten.")
    expect(mine.get_by_role("link", name="Antworten nachschlagen")).to_have_attribute("href", "https://lotse.example/faq")


def test_full_talk_goes_on_in_a_new_one(visit: Any) -> None:
    seen = visit().ready()
    full = '{"fehler": "Dieses Gespräch ist jetzt sehr lang.", "art": "gespraech_voll"}'
    seen.page.route("**/api/chat/message", lambda route: route.fulfill(status=409, content_type="application/json", body=full), times=1)
    seen.input.fill(QUESTION)
    seen.input.press("Enter")
    with seen.page.expect_request("**/api/chat/start") as begun:
        seen.page.get_by_role("button", name="Neues Gespräch beginnen").click()
    assert begun.value.post_data_json["neu"] is True
    assert "100 bis 600 Euro" in seen.answered(1).inner_text()


def test_switched_off_chat_says_why_and_where_to_go(visit: Any, site: Any) -> None:
    def prepare(page: Page) -> None:
        page.route("**/api/chat/start", lambda route: route.fulfill(status=503, content_type="application/json", body=(
            '{"fehler": "Wartung bis 14 Uhr. Der Chat macht gerade Pause. Menschen erreichen Sie unter +49 30 1815-1111.", "art": "aus", "links": [{"titel": "Antworten nachschlagen", "url": "https://lotse.example/faq"}]}')))
    seen = visit(prepare=prepare)
    card = seen.page.locator(".verlauf .karte").first
    expect(card).to_contain_text("Wartung bis 14 Uhr.")
    expect(card.locator('a[href="tel:+49301815-1111"]')).to_be_visible()
    expect(card.get_by_role("link", name="Antworten nachschlagen")).to_be_visible()


def test_words_that_do_not_come_can_be_asked_for_again(visit: Any) -> None:
    seen = visit(prepare=lambda page: page.route("**/api/oberflaeche/*", lambda route: route.abort(), times=1))
    expect(seen.page.get_by_role("alert")).to_have_text("Keine Verbindung. No connection.")
    seen.page.get_by_role("button", name="Noch einmal. Try again.").click()
    seen.ready()


def test_chat_page_without_javascript_leads_on(browser: Any, site: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.url}/chat")
    fallback = page.get_by_text("Der Chat braucht JavaScript.")
    expect(fallback).to_be_visible()
    expect(fallback.locator("xpath=ancestor::div[1]")).to_have_css("opacity", "1")
    expect(page.locator("main a[href='/faq']")).to_be_visible()
    context.close()
