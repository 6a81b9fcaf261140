"""A real browser, the real website with Rasa behind it, and a foreign site that embeds the chat under a strict policy."""

from __future__ import annotations

import shutil
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot import processes
from tests.browser.chat import Visit

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


class Site:
    """A web process in front of the running Lotse that allows the foreign site `other` to embed the chat."""

    def __init__(self, lotse: Any) -> None:
        self.url, self.other = f"http://{processes.HOST}:{processes.free_port()}", f"http://{processes.HOST}:{processes.free_port()}"
        self._web = processes.Service("web", [sys.executable, "-m", "bot.web", "--port", self.url.rsplit(":", 1)[1]], f"{self.url}/lebt", {
            "DATABASE_URL": lotse.database, "LOTSE_RASA_URL": lotse.url, "LOTSE_SECRET": "nur-für-tests-" + "x" * 32, "LOTSE_PRO_ADRESSE": "1000000", "LOTSE_EMBED_ORIGINS": self.other})
        self._server = ThreadingHTTPServer((processes.HOST, int(self.other.rsplit(":", 1)[1])), foreign_page(self.url))

    def start(self) -> None:
        """Starts both sites and waits until the website answers."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._web.start()
        self._web.wait_ready()

    def stop(self) -> None:
        """Stops both."""
        self._server.shutdown()
        self._web.stop()


def foreign_page(lotse: str) -> type[BaseHTTPRequestHandler]:
    """Returns a handler that serves one page of a town, which allows scripts and connections to us only and demands Trusted Types."""
    policy = f"default-src 'self'; frame-src {lotse}; script-src {lotse}; connect-src {lotse}; require-trusted-types-for 'script'"
    page = (f'<!doctype html><html lang="LANG"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Stadt Musterstadt</title>'
            f'<script src="{lotse}/static/chat.js" data-lotse defer></script></head><body><main><h1>Willkommen</h1><p>Die Seite der Stadt.</p></main></body></html>')

    framed = f'<!doctype html><html lang="LANG"><head><meta charset="utf-8"><title>Rahmen</title></head><body><iframe src="{lotse}/chat" title="Chat" width="380" height="700"></iframe></body></html>'

    class Foreign(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            language = {"/": "de", "/uk": "uk", "/rahmen": "de"}.get(self.path, "")
            body = framed if self.path == "/rahmen" else page
            self.send_response(200 if language else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body.replace("LANG", language).encode() if language else b"")

        def log_message(self, format: str, *args: Any) -> None:
            """Stays silent."""

    return Foreign


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. It ends with these tests: while it runs, no other test of this thread can start an event loop."""
    if CHROMIUM is None:
        pytest.skip("Chromium fehlt: apt-get install chromium fonts-noto-core")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture(scope="package")
def site(browser: Browser, lotse: Any) -> Iterator[Site]:
    """The website, shared by all browser tests of a run."""
    running = Site(lotse)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Any]:
    """Opens a page as a new visitor: `visit(width=320, sprache="ar", dark=True, foreign=True)` returns a `Visit`."""
    contexts = []

    def open_page(width: int = 390, height: int = 844, sprache: str = "", dark: bool = False, foreign: bool = False, path: str = "/chat", forced: bool = False, prepare: Any = None) -> Visit:
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", forced_colors="active" if forced else "none",
                                      reduced_motion="reduce", locale="de-DE")
        contexts.append(context)
        page = context.new_page()
        if prepare:
            prepare(page)
        seen = Visit(page, site.url)
        page.goto(f"{site.other}/{sprache}" if foreign else f"{site.url}{path}{'?sprache=' + sprache if sprache else ''}")
        return seen

    yield open_page
    for context in contexts:
        context.close()
