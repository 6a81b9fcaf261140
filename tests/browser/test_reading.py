"""Screen readers, print, copy and long texts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


def test_copy_takes_answer_source_date_and_link(visit: Any) -> None:
    seen = visit().ready()
    seen.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    seen.ask("Was kostet die Anerkennung?").get_by_role("button", name="Kopieren").click()
    expect(seen.page.locator("[role=status]")).to_have_text("Antwort kopiert. ")
    copied = seen.page.evaluate("() => navigator.clipboard.readText()")
    assert "100 bis 600 Euro" in copied
    assert "Stand: 31.03.2026" in copied
    assert f"{seen.url}/faq/kosten-ueberblick" in copied


def test_incoming_answer_leaves_the_focus_and_is_announced_once(visit: Any) -> None:
    seen = visit().ready()
    seen.page.wait_for_function("() => document.querySelector('anerkennungslotse-chat').log.getAttribute('aria-live') === 'polite'")
    seen.ask("Was kostet die Anerkennung?")
    expect(seen.input).to_be_focused()
    live = seen.page.evaluate("() => [...document.querySelector('anerkennungslotse-chat').shadowRoot.querySelectorAll('[role=log],[role=status],[role=alert],[aria-live]')].map((one) => one.getAttribute('role'))")
    assert sorted(live) == ["log", "status"]
    assert seen.page.locator("[role=status]").inner_text() == ""


def test_long_text_is_counted_and_not_cut(visit: Any) -> None:
    seen = visit().ready()
    seen.input.fill("a" * 850)
    expect(seen.page.locator("#zaehler")).to_have_text("Noch 150 Zeichen")
    seen.input.fill("b" * 1012)
    seen.input.press("Enter")
    expect(seen.page.locator("#zaehler")).to_contain_text("12 Zeichen zu lang")
    assert len(seen.input.input_value()) == 1012
    assert seen.page.locator("article.ich").count() == 0


def test_shift_enter_makes_a_new_line(visit: Any) -> None:
    seen = visit().ready()
    seen.input.fill("Erste Zeile")
    seen.input.press("Shift+Enter")
    seen.input.type("zweite")
    assert seen.input.input_value() == "Erste Zeile\nzweite"


def test_print_view_shows_the_whole_talk_with_its_sources(visit: Any) -> None:
    seen = visit().ready()
    seen.ask("Was kostet die Anerkennung?")
    seen.page.emulate_media(media="print")
    seen.page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    expect(seen.page.get_by_text("Nächste Prüfung:")).to_be_visible()
    expect(seen.answers.first).to_be_visible()
    for hidden in (".chips", "form", ".tun", ".mensch"):
        expect(seen.page.locator(hidden).last).to_be_hidden()
    assert seen.page.locator(".verlauf").evaluate("(node) => node.scrollHeight - node.clientHeight") <= 1
