"""What a person sees and does in the chat, for the browser tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Locator, Page, expect

AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


class Visit:
    """A page with the chat; notes errors and every address it asks."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: (self.errors.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self.requests.append(request.url))

    @property
    def input(self) -> Locator:
        return self.page.locator("#eingabe")

    @property
    def answers(self) -> Locator:
        return self.page.locator("article.lotse")

    @property
    def chips(self) -> Locator:
        return self.page.locator(".verlauf [role=group].chips button")

    def ready(self) -> "Visit":
        """Waits for the greeting."""
        expect(self.answers.first).to_be_visible()
        return self

    def open(self) -> "Visit":
        """Opens the chat on a page that embeds it."""
        self.page.locator("button.start").click()
        return self.ready()

    def ask(self, text: str) -> Locator:
        """Sends `text` and returns its last answer."""
        before = self.answers.count()
        self.input.fill(text)
        self.input.press("Enter")
        return self.answered(before)

    def tap(self, title: str) -> Locator:
        """Taps a suggestion and returns the answer."""
        before = self.answers.count()
        self.page.get_by_role("button", name=title, exact=True).last.click()
        return self.answered(before)

    def answered(self, before: int) -> Locator:
        """Waits until there are more answers than `before` and the turn is over."""
        expect(self.answers.nth(before)).to_be_visible(timeout=15_000)
        self.page.wait_for_function("() => !document.querySelector('anerkennungslotse-chat').busy")
        return self.answers.last

    def violations(self) -> list[str]:
        """Returns what axe finds, as „rule: element“."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: list[dict[str, Any]] = self.page.evaluate("rules => axe.run(document, rules).then((result) => result.violations)", RULES)
        return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]

    def overflow(self) -> int:
        """Returns by how many pixels the page or the talk can be scrolled sideways."""
        talk = self.page.locator(".verlauf").evaluate("(node) => node.scrollWidth - node.clientWidth") if self.page.locator(".verlauf").count() else 0
        return max(int(self.page.evaluate(WIDE)), int(talk))
