"""The answer desk in a real browser: with and without JavaScript, by keyboard, on paper, and for axe. No Rasa is needed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from typing import Any, Iterator

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot import processes
from bot.knowledge.base import ROOT
from bot.knowledge.live import shared

pytestmark = pytest.mark.slow
READY_SECONDS = 60
KINDS = ("/faq", "/faq?q=geb%C3%BChr", "/faq?q=xqzzvw", "/faq?thema=kosten", "/faq/blaue-karte", "/faq/kosten-hessen-gesundheit", "/faq/blaue-karte?stand=2020-01-01", "/faq/16a-ausbildung/verlauf", "/faq/druck?ids=anabin,aqb",
         "/faq/nirgends", "/werte", "/berufe", "/berufe?q=elektro", "/berufe/pflegefachkraft", "/stellen", "/stellen?ort=34117", "/stellen?ort=Lautertal", "/stellen/zsba", "/glossar")
STANDARD = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
MOST_PAGES = 2
LONGEST = 25  # answers that are printed


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Returns the address of a website without Rasa."""
    address = f"http://{processes.HOST}:{processes.free_port()}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LOTSE_RASA_URL": "http://127.0.0.1:9", "DATABASE_URL": f"sqlite:///{tmp_path_factory.mktemp('desk')}/lotse.db", "LOTSE_SECRET": "nur-für-tests-" + "x" * 32}
    process = subprocess.Popen([sys.executable, "-m", "bot.web", "--port", address.rsplit(":", 1)[1]], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + READY_SECONDS
        while not _answers(f"{address}/faq"):
            assert time.monotonic() < until, "The web process did not come up."
            time.sleep(0.3)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _answers(address: str) -> bool:
    try:
        return requests.get(address, timeout=20).ok
    except requests.RequestException:
        return False


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a new visitor; a test sets `width`, `color_scheme`, `java_script_enabled` … by a parameter of this fixture. Errors of the console fail the test."""
    options: dict[str, Any] = {"width": 390} | getattr(request, "param", {})
    context = browser.new_context(viewport={"width": options.pop("width"), "height": 844}, reduced_motion="reduce", locale="de-DE", **options)
    opened, trouble = context.new_page(), []
    opened.on("console", lambda message: trouble.append(message.text) if message.type == "error" and "status of 4" not in message.text else None)
    opened.on("pageerror", lambda error: trouble.append(str(error)))
    yield opened
    context.close()
    assert trouble == []


def typed(page: Page, text: str) -> None:
    """Types into the search box and waits for the results."""
    page.locator("#q").press_sequentially(text)
    expect(page.locator("#anzahl")).to_contain_text(f"„{text}“")


def test_results_appear_while_typing_and_say_why(page: Page, desk: str) -> None:
    page.goto(f"{desk}/faq")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    typed(page, "16d")
    first = page.locator("#treffer .eintrag").first
    expect(first.locator(".warum")).to_contain_text("beruht auf § 16d")
    expect(page.locator("#start")).to_be_hidden()
    assert page.url.endswith("/faq?q=16d")
    page.keyboard.press("ArrowDown")
    expect(first.locator("a")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_visible()
    assert "/faq/16d-" in page.url and "rang=1" in page.url


def test_typing_and_loading_give_the_same_list(page: Page, desk: str) -> None:
    page.goto(f"{desk}/faq")
    typed(page, "zeugnis verloren")
    live = page.locator("#treffer").inner_text()
    page.reload()
    assert re.sub(r"\s+", " ", page.locator("#treffer").inner_text()) == re.sub(r"\s+", " ", live)


def test_search_that_finds_nothing_offers_people(page: Page, desk: str) -> None:
    page.goto(f"{desk}/faq")
    typed(page, "xqzzvw")
    expect(page.locator("#leer")).to_be_visible()
    expect(page.locator("#leer a[href='/stellen']")).to_be_visible()


def test_hostile_words_stay_words(page: Page, desk: str) -> None:
    page.goto(f"{desk}/faq")
    for text in ("<img src=x onerror=alert(1)>", "<script>alert(1)</script> kosten"):
        page.locator("#q").fill(text)
        expect(page.locator("#anzahl")).to_contain_text(text)
    assert page.locator("#treffer img, #treffer script").count() == 0


@pytest.mark.parametrize("page", [{"java_script_enabled": False}], indirect=True)
def test_everything_works_without_javascript(page: Page, desk: str) -> None:
    page.goto(f"{desk}/faq")
    page.locator("#q").fill("Anerkennungszuschuss")
    page.get_by_role("button", name="Suchen").click()
    page.locator("#treffer a").first.click()
    expect(page.locator("h1")).to_have_text("Was ist der Anerkennungszuschuss?")
    assert "Stand:" in page.locator("#zitat-mail").input_value()
    expect(page.locator("[data-kopieren]").first).to_be_hidden()
    page.locator("#melden summary").click()
    page.locator("#grund").select_option("veraltet")
    page.get_by_role("button", name="Meldung senden").click()
    expect(page.locator("#danke")).to_contain_text("Danke für Ihre Meldung")
    page.goto(f"{desk}/stellen")
    page.locator("#ort").fill("Fulda")
    page.get_by_role("button", name="Stellen zeigen").click()
    expect(page.locator("h1")).to_have_text("Beratungsstellen für Fulda (Kreis Fulda)") if "Kreis" in page.locator("h1").inner_text() else expect(page.locator("h1")).to_contain_text("Fulda")


@pytest.mark.parametrize("page", [{"permissions": ["clipboard-read", "clipboard-write"]}], indirect=True)
@pytest.mark.parametrize("place", [".schnell", "#weitergeben"])
def test_citation_is_copied_with_source_and_date(page: Page, desk: str, place: str) -> None:
    page.goto(f"{desk}/faq/blaue-karte")
    page.locator(f"{place} [data-kopieren='zitat-mail']").click()
    expect(page.locator(f"{place} .kopiert").first).to_have_text("Kopiert.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "50.700 Euro" in copied and "Rechtsgrundlage: § 18g" in copied and "Stand:" in copied and "/faq/blaue-karte" in copied


@pytest.mark.parametrize("page", [{"width": width} for width in (320, 390, 1280)], indirect=True)
def test_text_twice_as_large_never_scrolls_sideways(page: Page, desk: str) -> None:
    wide = {}
    for kind in (*KINDS, "/", "/?sprache=ar", "/datenschutz", "/impressum", "/barrierefreiheit"):
        page.goto(f"{desk}{kind}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide[kind] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert {kind: over for kind, over in wide.items() if over > 0} == {}


def test_structured_data_pass_the_strict_policy(page: Page, desk: str) -> None:
    page.goto(f"{desk}/faq/anabin")
    assert json.loads(page.locator("script[type='application/ld+json']").inner_text())["@type"] == "FAQPage"


@pytest.mark.parametrize("page", [{"width": 390, "bypass_csp": True}, {"width": 1280, "bypass_csp": True}, {"width": 390, "bypass_csp": True, "color_scheme": "dark"}], indirect=True, ids=["phone", "desktop", "dark"])
@pytest.mark.parametrize("path", KINDS)
def test_axe_finds_nothing(page: Page, desk: str, path: str) -> None:
    page.goto(f"{desk}{path}")
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    found = Axe().run(page, options=STANDARD).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []


@pytest.mark.parametrize("page", [{"width": 320}], indirect=True)
def test_nothing_scrolls_sideways_at_320_pixels(page: Page, desk: str) -> None:
    wide = []
    for path in (*KINDS, *(f"/faq/{i}" for i in list(shared().current().faqs)[::12])):
        page.goto(f"{desk}{path}")
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            wide.append(path)
    assert wide == []


def test_targets_are_large_enough(page: Page, desk: str) -> None:
    small = []
    for path in ("/faq", "/faq?q=kosten", "/faq/anabin", "/berufe", "/stellen", "/glossar"):
        page.goto(f"{desk}{path}")
        small += page.evaluate("""() => [...document.querySelectorAll('main button, main input:not([type=hidden]), main select, main summary, .filter a, .eintrag h2 a, .liste a, .themen a, .ebenen a, .buchstaben a')]
            .filter((e) => e.checkVisibility() && e.getBoundingClientRect().height < 24).map((e) => e.outerHTML.slice(0, 80))""")
    assert small == []


@pytest.mark.parametrize("page", [{"width": 1280}], indirect=True)
def test_answers_print_on_two_pages_with_link_and_date(page: Page, desk: str) -> None:
    faqs = sorted(shared().current().faqs.values(), key=lambda f: len(f.antwort + f.antwort_einfach + f.mehr) + 60 * len(f.quellen) + 40 * len(f.rechtsgrundlagen), reverse=True)
    too_long = []
    for faq in faqs[:LONGEST]:
        page.goto(f"{desk}/faq/{faq.id}")
        page.emulate_media(media="print")
        expect(page.locator(".druckfuss .dauerlink")).to_be_visible()
        expect(page.locator(".druckfuss")).to_contain_text(f"Stand {faq.stand:%d.%m.%Y}")
        expect(page.locator("#melden, .ebenen, .weitergeben").first).to_be_hidden()
        pages = int(re.findall(rb"/Count (\d+)", page.pdf(format="A4"))[-1])
        if pages > MOST_PAGES:
            too_long.append((faq.id, pages))
        page.emulate_media(media="screen")
    assert too_long == []
