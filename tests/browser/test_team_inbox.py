"""The inbox in a real browser: thirty questions by keyboard, undo, help, the same without JavaScript, small screens, axe."""

from __future__ import annotations

import random
import re

import pytest
from playwright.sync_api import Page, expect

from bot.knowledge.base import ROOT
from bot.knowledge.nlu_files import read_examples
from bot.store import feedback, labels, picks, reports
from bot.store.groups import sort_in
from bot.store.tables import inbox
from bot.store.tables import labels as table
from bot.team import roles
from tests.browser.team import Console, fits, shown, site, staff, violations  # noqa: F401 (fixtures)
from tests.web.team.nachrichten import say

pytestmark = pytest.mark.slow
MESSAGES = 60
MOST_PRESSES_PER_MESSAGE = 6  # 30 messages in 300 seconds leave 10 seconds each: reading takes the time, not the keys


@pytest.fixture
def filled(site: Console) -> Console:  # noqa: F811
    """The inbox with sixty questions, and reports and searches."""
    db, rng = site.database, random.Random(3)
    with db.write() as connection:
        for emptied in (table, inbox):
            connection.execute(emptied.delete())
    examples = [e for e in read_examples(ROOT / "data" / "nlu") if e.intent.startswith("faq/")]
    for number, example in enumerate(rng.sample(examples, MESSAGES)):
        others = [("faq/aqb", 0.2), ("faq/anabin", 0.1)]
        confidence = round(0.3 + number / 100, 2)
        id = say(db, f"{example.text} {number}", [(example.intent, confidence), *others], decision="antwort" if confidence > 0.5 else "vorschlag", conversation=f"{number:032x}")
        if number % 9 == 0:
            feedback.give(db, f"{number:032x}", id, "falsch")
    reports.report(db, "anabin", "veraltet", "Die Gebühr stimmt nicht mehr.", "/faq/anabin")
    picks.pick(db, "zeugnis bewerten", "anabin", 6)
    sort_in(db)
    return site


def counting(page: Page):
    """Returns a function that presses a key, and the list of what was pressed."""
    pressed: list[str] = []

    def press(key: str) -> None:
        pressed.append(key)
        page.keyboard.press(key)

    return press, pressed


def in_focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('.post')?.dataset.key || ''"))


def test_thirty_questions_by_keyboard(filled: Console, staff) -> None:  # noqa: F811
    page = staff(roles.LABEL)
    page.goto("/team/posteingang")
    expect(page.locator(".post")).to_have_count(30)
    press, pressed = counting(page)
    for number in range(30):
        key = in_focus(page)
        assert key, f"no question in focus after {number}"
        choice = "rrrrr1fxon"[number % 10]
        press(choice)
        if choice == "o":
            for letter in "zab":
                press(letter)
            expect(page.locator(".treffer li").first).to_be_visible()
            press("Enter")
        expect(page.locator(f'[data-key="{key}"]')).to_have_count(0)
    expect(page.locator("#offen strong")).to_have_text("30")  # the last answer is there
    with filled.database.read() as connection:
        stored = connection.execute(table.select()).all()
    assert len(stored) == 30 and {row.kind for row in stored} == {"richtig", "anders", "fremd", "weggelegt", "neu"}
    assert len(pressed) <= 30 * MOST_PRESSES_PER_MESSAGE and len(pressed) == 42
    expect(page.get_by_role("link", name="Weiter mit den nächsten")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".post")).to_have_count(30)


def test_undo_brings_the_question_back_into_focus(filled: Console, staff) -> None:  # noqa: F811
    page = staff(roles.LABEL)
    page.goto("/team/posteingang")
    key = in_focus(page)
    page.keyboard.press("f")
    expect(page.locator("#stand")).to_contain_text("Gehört nicht hierher")
    page.keyboard.press("u")
    expect(page.locator("#stand")).to_contain_text("Zurückgenommen")
    assert in_focus(page) == key
    assert labels.waiting(filled.database) == []
    page.keyboard.press("j")
    second = in_focus(page)
    page.keyboard.press("k")
    assert in_focus(page) == key != second


def test_keys_do_nothing_while_typing_or_switched_off(filled: Console, staff) -> None:  # noqa: F811
    page = staff(roles.LABEL)
    page.goto("/team/posteingang")
    page.keyboard.press("o")
    page.keyboard.type("fremd rnx")
    expect(page.locator(".post")).to_have_count(30)
    page.keyboard.press("Escape")
    assert in_focus(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Tastenkürzel")).to_be_visible()
    page.keyboard.press("r")
    page.get_by_label("Tastenkürzel benutzen").uncheck()
    page.keyboard.press("Escape")
    page.locator(".post").first.focus()
    page.keyboard.press("f")
    expect(page.locator(".post")).to_have_count(30)
    page.reload()
    assert not page.get_by_label("Tastenkürzel benutzen").is_checked()


def test_reasons_come_when_a_question_is_in_focus(filled: Console, staff) -> None:  # noqa: F811
    page = staff(roles.READ)
    page.goto("/team/posteingang")
    page.locator(".post").first.focus()
    expect(page.locator(".post").first.locator(".warum li")).to_have_count(3, timeout=90_000)


def test_lost_session_keeps_the_question(filled: Console, staff) -> None:  # noqa: F811
    page = staff(roles.LABEL)
    page.goto("/team/posteingang")
    key = in_focus(page)
    page.context.clear_cookies()
    page.keyboard.press("r")
    expect(page.locator("#stand.fehler")).to_be_visible()
    assert in_focus(page) == key


def test_all_without_javascript(filled: Console, staff) -> None:  # noqa: F811
    page = staff(roles.LABEL, java_script_enabled=False)
    page.goto("/team/posteingang?entscheidung=vorschlag")
    text = page.locator(".post .satz").first.inner_text()
    page.locator(".post").first.get_by_role("button", name="Gehört nicht hierher").click()
    expect(page).to_have_url(re.compile(r"entscheidung=vorschlag.*zuletzt="))
    assert text not in page.locator(".posten").inner_text()
    page.get_by_role("button", name="Rückgängig").click()
    page.goto("/team/posteingang?entscheidung=vorschlag")
    assert text in page.locator(".posten").inner_text()
    page.get_by_role("link", name="Warum so verstanden?").first.click()
    expect(page.locator(".gruende li")).to_have_count(5, timeout=120_000)


@pytest.mark.parametrize("address", ["/team/posteingang", "/team/posteingang?woche=1999-W01", "/team/meldungen", "/team/suchen", "/team/uebernehmen"])
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "light"), (1280, "dark")])
def test_pages_are_accessible_and_fit(filled: Console, staff, address: str, width: int, scheme: str) -> None:  # noqa: F811
    labels.give(filled.database, "anna", [key for (key,) in _keys(filled, 3)], "anders", "faq/anabin")
    page = staff(roles.PUBLISH, width, color_scheme=scheme)
    page.goto(address)
    assert violations(page) == [], shown(violations(page))
    assert fits(page)


def _keys(site: Console, most: int):  # noqa: F811
    with site.database.read() as connection:
        return connection.execute(inbox.select().with_only_columns(inbox.c.key).where(inbox.c.open.is_(True)).limit(most)).all()


def test_open_pieces_are_accessible(filled: Console, staff) -> None:  # noqa: F811
    page = staff(roles.LABEL)
    page.goto("/team/posteingang")
    page.keyboard.press("o")
    page.keyboard.type("anabin")
    expect(page.locator(".treffer li").first).to_be_visible()
    assert violations(page) == [], shown(violations(page))
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert violations(page) == [], shown(violations(page))
