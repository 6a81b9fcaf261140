"""The editor of the console in a real browser, over a copy of the content: radar while typing, by keyboard, without JavaScript, small screens, axe."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Iterator

import pytest
from playwright.sync_api import Page, expect

from bot.editor.faq_form import faq_values
from bot.editor.phrasings import all_phrasings
from bot.editor.workspace import Workspace
from bot.knowledge.base import ROOT
from bot.store import proposals
from bot.team import roles
from tests.browser.team import PASSWORD, Console, fits, shown, staff, violations  # noqa: F401 (fixtures)
from tests.unit.editor.conftest import clone, git  # noqa: F401 (fixtures)

pytestmark = pytest.mark.slow
CONFLICT, NEW = "Wie hoch sind die Gebühren bei der IHK FOSA?", "bringt mir die kammer in frankfurt was mit meinem gesellenbrief aus tiflis"
LOADING = 120_000  # milliseconds that the radar may take to load on a busy machine
PAGES = ("/team/daten", "/team/daten?q=xyzzy", "/team/daten/faq/anabin", "/team/daten/out_of_scope", "/team/daten/tabelle", "/team/inhalte", "/team/inhalte/anabin", "/team/inhalte/neu", "/team/werte",
         "/team/werte/blaue-karte-regel", "/team/vorschlaege")


@pytest.fixture(scope="module")
def site(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:  # noqa: F811
    """A website that runs in the copy and edits it."""
    if not (clone / "var" / "cache").exists():
        (clone / "var").mkdir(exist_ok=True)
        (clone / "var" / "cache").symlink_to(ROOT / "var" / "cache")
    console = Console(tmp_path_factory.mktemp("konsole"), clone)
    process = console.start()
    yield console
    process.terminate()
    process.wait(20)
    (clone / "var" / "cache").unlink()
    shutil.rmtree(clone / "var")


@pytest.fixture(autouse=True)
def as_at_the_beginning(site: Console) -> None:
    """Puts the copy back."""
    git(site.root, "reset", "--quiet", "--hard", "anfang")


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Presses Tab until the element has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"Tab does not reach {selector}")


def enter(page: Page) -> None:
    """Presses Enter and waits for the page that it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_sentence_by_keyboard_from_the_list_to_the_commit_and_back(site: Console, staff) -> None:  # noqa: F811
    page = staff(roles.PUBLISH)
    page.goto("/team/daten")
    tab_to(page, "#q")
    page.keyboard.type("ihk fosa kosten")
    enter(page)
    tab_to(page, "td a, th a")
    enter(page)
    expect(page.locator("h1")).to_be_visible()
    tab_to(page, "#saetze")
    page.keyboard.type(NEW)
    radar = page.locator(".radar")
    expect(radar).to_have_attribute("aria-live", "polite")
    expect(radar).to_contain_text(NEW, timeout=LOADING)
    tab_to(page, "form[data-radar] button")
    enter(page)
    expect(page.locator("ins")).to_contain_text(NEW)
    tab_to(page, "button[value=uebernehmen]")
    enter(page)
    expect(page.get_by_role("heading", name="Übernommen")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("Commit")
    intent = page.locator("a.haupt-knopf").get_attribute("href").removeprefix("/team/daten/")
    assert NEW in all_phrasings(Workspace(site.root))[intent]
    tab_to(page, "main form button")
    enter(page)
    tab_to(page, "button[value=uebernehmen]")
    enter(page)
    expect(page.get_by_role("heading", name="Übernommen")).to_be_visible()
    assert NEW not in all_phrasings(Workspace(site.root))[intent]


def test_radar_warns_while_a_sentence_is_typed(staff) -> None:  # noqa: F811
    page = staff(roles.LABEL)
    page.goto("/team/daten/faq/ihk-fosa")
    page.locator("#saetze").press_sequentially(CONFLICT)
    expect(page.locator(".radar li.konflikt")).to_contain_text("Sagt fast dasselbe", timeout=LOADING)
    expect(page.locator(".radar li a").first).to_have_attribute("href", "/team/daten/faq/kosten-ihk-fosa")
    page.fill("#saetze", "")
    expect(page.locator(".radar")).to_be_hidden()


def test_without_javascript_the_preview_warns(staff, site: Console) -> None:  # noqa: F811
    page = staff(roles.LABEL, java_script_enabled=False)
    page.goto("/team/daten/faq/ihk-fosa")
    page.fill("#saetze", CONFLICT)
    page.set_default_timeout(LOADING)
    page.click("form[data-radar] button")
    expect(page.get_by_text("Das Radar warnt")).to_be_visible()
    page.click("button[value=zurueck]")
    expect(page.locator("#saetze")).to_have_value(CONFLICT)
    assert page.locator(".filterfeld").is_hidden()


def test_sentences_are_filtered_chosen_and_moved(staff, site: Console) -> None:  # noqa: F811
    page = staff(roles.PUBLISH)
    page.goto("/team/daten/faq/zsba")
    sentence = all_phrasings(Workspace(site.root))["faq/zsba"][0]
    page.fill("#suche", sentence)
    expect(page.locator("#liste li:visible")).to_have_count(1)
    page.locator("#liste li:visible input").check()
    expect(page.locator("[data-anzahl]")).to_have_text("(1)")
    page.fill("#ziel", "faq/anabin")
    page.click("button[value=verschieben]")
    expect(page.locator("del")).to_contain_text(sentence)
    page.click("button[value=uebernehmen]")
    expect(page.get_by_text("Training nötig")).to_be_visible()
    assert sentence in all_phrasings(Workspace(site.root))["faq/anabin"]


def test_answer_is_seen_as_in_chat_and_page_while_it_is_typed(staff, site: Console) -> None:  # noqa: F811
    page = staff(roles.PUBLISH)
    page.goto("/team/inhalte/anabin")
    page.fill("#antwort", "Dort stehen **Hochschulen**. Das Gehalt ist {werte.blaue-karte-regel}.")
    expect(page.locator(".blase").first).to_contain_text("50.700 Euro")
    expect(page.locator("#ansicht article")).to_contain_text("Dort stehen Hochschulen")
    page.fill("#antwort", "Es kostet 600 Euro.")
    expect(page.locator("#ansicht .warnung")).to_contain_text("steht fest im Text")
    page.locator("#frage").press("Enter")
    expect(page.locator("#antwort-fehler")).to_contain_text("steht fest im Text")
    assert faq_values("anabin", Workspace(site.root))["antwort"].startswith("anabin ist die Datenbank")


def test_answer_that_cites_law_is_accepted_by_somebody_else(staff, site: Console) -> None:  # noqa: F811
    page = staff(roles.PUBLISH)
    page.goto("/team/inhalte/anabin")
    page.fill("#antwort", "anabin ist eine Datenbank der Kultusministerkonferenz. Prüfen Sie dort Hochschule und Abschluss.")
    page.click("button.haupt-knopf")
    assert violations(page) == []
    page.click("button[value=uebernehmen]")
    expect(page.get_by_role("heading", name="Vorgeschlagen")).to_be_visible()
    [row] = proposals.in_state(site.database)
    other = staff(roles.ADMIN)
    other.goto("/team/vorschlaege")
    other.click(f'a[href$="{row.id}"]')
    assert violations(other) == []
    other.fill("#passwort", PASSWORD)
    other.get_by_role("button", name="Annehmen").click()
    expect(other.get_by_text("gilt sofort, ohne Training")).to_be_visible()
    assert faq_values("anabin", Workspace(site.root))["antwort"].startswith("anabin ist eine Datenbank")


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(staff, address: str) -> None:  # noqa: F811
    for width, dark in ((1280, "light"), (390, "dark"), (320, "light")):
        page = staff(roles.PUBLISH, width, color_scheme=dark)
        page.goto(address)
        assert fits(page), f"{address} at {width}"
        found = violations(page)
        assert found == [], shown(found)


def test_faults_and_uploads_are_told_to_screen_readers(staff, tmp_path: Path) -> None:  # noqa: F811
    page = staff(roles.PUBLISH)
    (tmp_path / "böse.csv").write_text("kennung;satz;aktion\nfaq/anabin;=cmd|' /c calc'!A0;\nfaq/gibt-es-nicht;ein Satz;\n", encoding="utf-8")
    page.goto("/team/daten/tabelle")
    page.set_input_files("#datei", tmp_path / "böse.csv")
    page.click("main form button")
    expect(page.get_by_role("alert")).to_contain_text("böse.csv:2")
    assert violations(page) == []
    page.goto("/team/inhalte/neu")
    page.fill("#kennung", "Größe")
    page.click("button.haupt-knopf")
    expect(page.locator("#kennung")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
