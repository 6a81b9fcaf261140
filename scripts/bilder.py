"""Makes the pictures of docs/konsole.md anew: walks through the console of a running assistant in a copy of this project, in a real browser.

    .venv/bin/python -m scripts.bilder [folder of the pictures]

The copy is made of the last commit and thrown away afterwards; nothing here changes. Needs Chromium and about ten minutes: it trains, compares and releases.
"""

from __future__ import annotations

import io
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from uuid import uuid4

import requests
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from bot import processes
from bot.knowledge.base import ROOT
from bot.store import accounts
from bot.store.database import Database
from bot.team import passwords, roles

WIDTH, HEIGHT, COLOURS = 1120, 760, 96
PATIENCE = 1500  # seconds for a start or a training on a busy machine
QUESTIONS = ("lohnt sich anabin auch wenn meine uni dort gar nicht vorkommt", "krieg ich als krankenschwester aus tiflis ein ausweis zum arbeiten", "wer zahlt mir den kurs fürs deutsch von der arbeit",
             "hallo", "was gibt es heute in der kantine", "mein chef will wissen ob er mir fahrgeld zum kurs zahlen muss")
SENTENCE, TARGET = "lohnt sich anabin auch wenn meine uni dort gar nicht vorkommt", "anabin"
CONFLICT = "Wie hoch sind die Gebühren bei der IHK FOSA?"


def main() -> None:
    """Makes all pictures."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "docs" / "bilder")
    with tempfile.TemporaryDirectory() as folder:
        root, password = copy_of_project(Path(folder)), secrets.token_urlsafe(12)
        url, process = start(root, password)
        try:
            with sync_playwright() as playwright:
                chromium = shutil.which("chromium") or shutil.which("chromium-browser")
                browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
                page = browser.new_context(base_url=url, viewport={"width": WIDTH, "height": HEIGHT}, locale="de-DE", reduced_motion="reduce").new_page()
                walk(page, target, password)
                browser.close()
        finally:
            process.terminate()
            process.wait(60)


def copy_of_project(folder: Path) -> Path:
    """Returns a copy of the last commit with the live model and the sentence vectors."""
    root = folder / "lotse"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(root)], check=True)
    (root / "var").mkdir()
    if (ROOT / "var" / "cache").is_dir():
        shutil.copytree(ROOT / "var" / "cache", root / "var" / "cache")
    if (ROOT / "models").is_dir():
        shutil.copytree(ROOT / "models", root / "models", dirs_exist_ok=True)
    return root


def start(root: Path, password: str) -> tuple[str, subprocess.Popen[bytes]]:
    """Starts the assistant in the copy, asks it some questions, and returns its address and process."""
    ports = [str(processes.free_port()) for _ in range(3)]
    database = Database(f"sqlite:///{root}/var/lotse.db")
    accounts.add(database, "anna@lotse.example", "Anna Beispiel", roles.PUBLISH, passwords.hashed(password))
    environment = {**os.environ, "PYTHONPATH": str(root), "DATABASE_URL": f"sqlite:///{root}/var/lotse.db"}
    command = [sys.executable, "-m", "bot.cli", "serve", "--port", ports[0], "--actions-port", ports[1], "--web-port", ports[2]]
    process = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url, until = f"http://{processes.HOST}:{ports[2]}", time.monotonic() + PATIENCE
    while not _answers(f"{url}/bereit"):
        if time.monotonic() > until or process.poll() is not None:
            raise SystemExit("Fehler: Der Lotse startet nicht.")
        time.sleep(1)
    for question in QUESTIONS:
        visitor = requests.Session()
        visitor.trust_env = False
        visitor.post(f"{url}/api/chat/start", json={"sprache": "de", "seite": "/chat"}, timeout=60).raise_for_status()
        visitor.post(f"{url}/api/chat/message", json={"id": uuid4().hex, "text": question}, timeout=60).raise_for_status()
    return url, process


def walk(page: Page, target: Path, password: str) -> None:
    """From a misunderstood message to a released model."""
    page.set_default_timeout(120_000)
    page.goto("/team/anmelden")
    page.fill("#login", "anna@lotse.example")
    page.fill("#passwort", password)
    page.click("main button")
    page.wait_for_url("**/team/")
    _until(page, "/team/posteingang", ".post", 120)
    picture(page, target / "posteingang.png")
    page.locator(".post", has_text=SENTENCE).focus()
    page.keyboard.press("o")
    page.keyboard.type(TARGET)
    page.locator(".treffer li").first.wait_for()
    page.keyboard.press("Enter")
    page.locator(".post", has_text=SENTENCE).wait_for(state="detached")
    page.goto("/team/uebernehmen")
    page.locator("button[value=schreiben]").wait_for()
    picture(page, target / "konsole-uebernehmen.png")
    page.click("button[value=schreiben]")
    page.goto("/team/daten/faq/ihk-fosa")
    page.locator("#saetze").press_sequentially(CONFLICT)
    page.locator(".radar li.konflikt").wait_for()
    page.evaluate("window.scrollTo(0, 0)")
    picture(page, target / "konsole-radar.png")
    page.goto("/team/inhalte/anabin")
    picture(page, target / "konsole-antwort.png")
    page.goto("/team/modelle")
    page.get_by_role("button", name="Trainieren und vergleichen").click()
    model = wait_for_job(page)
    page.goto(f"/team/modelle/{model}")
    page.evaluate("document.querySelector('.tor-auf, .tor-zu').scrollIntoView()")
    page.evaluate("window.scrollBy(0, -70)")
    picture(page, target / "konsole-vergleich.png")
    page.fill("#warum", "Neue Sätze zu anabin aus dem Posteingang")
    page.fill("#passwort", password)
    page.get_by_role("button", name="Freigeben").click()
    page.wait_for_url("**/team/modelle")
    wait_for_job(page)
    page.goto("/team/modelle")
    picture(page, target / "konsole-freigabe.png")


def wait_for_job(page: Page) -> str:
    """Waits until nothing trains, compares or switches and returns the id of the last model."""
    until = time.monotonic() + PATIENCE
    while True:
        time.sleep(2)
        state = page.context.request.get("/team/modelle/stand").json()
        if not state["laeuft"]:
            return str((state["auftrag"] or {}).get("model", ""))
        if time.monotonic() > until:
            raise SystemExit("Fehler: Das Training wird nicht fertig.")


def picture(page: Page, place: Path) -> None:
    """Writes what the window shows, with few colours: a page of text stays below 120 kB."""
    place.parent.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS).save(place, optimize=True)
    print(f"{place.name}: {place.stat().st_size // 1000} kB")


def _until(page: Page, address: str, selector: str, seconds: float) -> None:
    until = time.monotonic() + seconds
    page.goto(address)
    while not page.locator(selector).count():
        if time.monotonic() > until:
            raise SystemExit(f"Fehler: {address} bleibt leer.")
        time.sleep(2)
        page.goto(address)


def _answers(url: str) -> bool:
    try:
        return processes.http.get(url, timeout=5).ok
    except requests.RequestException:
        return False


if __name__ == "__main__":
    main()
