"""The console in a real browser: a web process with its own database, staff accounts and made-up messages. Import the fixtures you need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Callable, Iterator

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from bot import processes
from bot.knowledge.base import ROOT
from bot.store import accounts
from bot.store.database import Database
from bot.team import passwords, roles

PASSWORD = "Zaunkönig-Regal-Montag"
STANDARD = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
READY_SECONDS = 90


class Console:
    """A running website: its address and its database. `root` is the project folder that it reads and edits."""

    def __init__(self, folder: Path, root: Path = ROOT) -> None:
        self.root = root
        self.url = f"http://{processes.HOST}:{processes.free_port()}"
        self.database_url = f"sqlite:///{folder}/lotse.db"
        self.database = Database(self.database_url)
        for role in roles.ROLES:
            accounts.add(self.database, f"{role}@lotse.example", f"Test {role}", role, passwords.hashed(PASSWORD))

    def start(self) -> subprocess.Popen[bytes]:
        """Starts the web process and waits until it answers."""
        environment = {**os.environ, "PYTHONPATH": str(self.root), "LOTSE_RASA_URL": "http://127.0.0.1:9", "DATABASE_URL": self.database_url, "LOTSE_SECRET": "nur-für-tests-" + "x" * 32}
        process = subprocess.Popen([sys.executable, "-m", "bot.web", "--port", self.url.rsplit(":", 1)[1]], cwd=self.root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until = time.monotonic() + READY_SECONDS
        while True:
            try:
                if requests.get(f"{self.url}/lebt", timeout=5).ok:
                    return process
            except requests.RequestException:
                assert time.monotonic() < until and process.poll() is None, "The web process did not come up."
                time.sleep(0.3)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """A running website."""
    console = Console(tmp_path_factory.mktemp("konsole"))
    process = console.start()
    yield console
    process.terminate()
    process.wait(20)


@pytest.fixture
def staff(site: Console, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of the console, signed in with a role."""
    opened: list[BrowserContext] = []

    def enter(role: str = roles.ADMIN, width: int = 1280, **options: Any) -> Page:
        context = browser.new_context(base_url=site.url, viewport={"width": width, "height": 844}, **options)
        opened.append(context)
        page = context.new_page()
        page.goto("/team/anmelden")
        page.fill("#login", f"{role}@lotse.example")
        page.fill("#passwort", PASSWORD)
        page.click("main button")
        page.wait_for_url("**/team/")
        return page

    yield enter
    for context in opened:
        context.close()


def violations(page: Page) -> list[str]:
    """Returns what axe finds on the page as it is, as „rule: element“."""
    found = Axe().run(page, options=STANDARD).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def fits(page: Page) -> bool:
    """Tells whether the page needs no scrolling sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def shown(value: Any) -> str:
    """Returns a value for a message."""
    return json.dumps(value, ensure_ascii=False, indent=1)
