"""Every state at every width, light, dark and with forced colours: no violation that axe knows, no sideways scrolling, targets large enough."""

from __future__ import annotations

from typing import Any, Callable

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow
SMALL = """(limit) => [...document.querySelector('anerkennungslotse-chat').shadowRoot.querySelectorAll(limit === 24 ? 'a:not(.weg):not(.eintrag)' : 'button, .weg, .eintrag, summary, select, textarea')]
  .map((one) => [one.textContent.slice(0, 40), one.getBoundingClientRect()]).filter(([, box]) => box.width && box.height < limit - .5).map(([text, box]) => `${text} ${box.height}`)"""


def answered(seen: Any) -> None:
    seen.ask("Was kostet die Anerkennung?")
    seen.answers.last.locator("summary").click()


def offices(seen: Any) -> None:
    seen.ask("Beratung in Kassel")


def menu(seen: Any) -> None:
    seen.page.locator("[aria-expanded]").click()


def reasons(seen: Any) -> None:
    seen.ask("Was kostet die Anerkennung?").get_by_role("button").nth(2).click()


def failed(seen: Any) -> None:
    seen.page.context.set_offline(True)
    seen.input.fill("Hallo")
    seen.input.press("Enter")
    expect(seen.page.locator(".rest .chip")).to_be_visible()


def too_long(seen: Any) -> None:
    seen.input.fill("Wort " * 210)


def greeted(seen: Any) -> None:
    """Nothing more."""


STATES: dict[str, Callable[[Any], None]] = {"greeting": greeted, "answer": answered, "offices": offices, "menu": menu, "reasons": reasons, "error": failed, "too long": too_long}
LOOKS: dict[str, dict[str, Any]] = {
    "390": {}, "320": {"width": 320, "height": 568}, "1280": {"width": 1280, "height": 800}, "dark": {"dark": True}, "forced": {"forced": True}, "ar": {"sprache": "ar"}, "foreign": {"foreign": True},
    "foreign dark wide": {"foreign": True, "dark": True, "width": 1280, "height": 800}, "landscape": {"width": 740, "height": 360},
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("state", STATES)
def test_state_has_no_violations_and_fits(visit: Any, state: str, look: str) -> None:
    seen = visit(**LOOKS[look])
    seen = seen.open() if LOOKS[look].get("foreign") else seen.ready()
    STATES[state](seen)
    assert seen.violations() == []
    assert seen.overflow() <= 0
    assert seen.page.evaluate(SMALL, 44) == []
    assert seen.page.evaluate(SMALL, 24) == []


def test_closed_launcher_has_no_violations(visit: Any) -> None:
    seen = visit(foreign=True, width=320)
    expect(seen.page.locator("button.start")).to_be_visible()
    assert seen.violations() == []
    assert seen.overflow() == 0


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_text_twice_as_large_still_fits(visit: Any, width: int) -> None:
    seen = visit(width=width).ready()
    seen.page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    seen.ask("Beratung in Kassel")
    assert seen.page.locator(".verlauf").evaluate("(node) => getComputedStyle(node).fontSize") == "32px"
    assert seen.overflow() <= 0
    assert seen.page.locator(".verlauf").bounding_box()["height"] >= 200
    expect(seen.input).to_be_in_viewport()


def test_text_spacing_of_the_reader_cuts_nothing(visit: Any) -> None:
    seen = visit(width=320).ready()
    answered(seen)
    seen.page.evaluate("""() => { const sheet = new CSSStyleSheet(); sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
      const root = document.querySelector('anerkennungslotse-chat').shadowRoot; root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]; }""")
    assert seen.overflow() <= 0


def test_new_answer_is_shown_from_the_question_on(visit: Any) -> None:
    seen = visit(width=320, height=568).ready()
    seen.ask("Was kostet die Anerkennung?")
    seen.page.wait_for_timeout(200)
    expect(seen.page.locator("article.ich").last).to_be_in_viewport()
    expect(seen.answers.last.locator(".karte p").first).to_be_in_viewport()


def test_colours_of_the_host_are_taken_over(visit: Any) -> None:
    seen = visit(foreign=True)
    seen.page.evaluate("() => document.documentElement.style.setProperty('--lotse-aktion', 'rgb(0, 90, 60)')")
    assert seen.page.locator("button.start").evaluate("(node) => getComputedStyle(node).backgroundColor") == "rgb(0, 90, 60)"
