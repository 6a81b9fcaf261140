"""The whole loop in a real browser on real processes: a message is misunderstood, staff put it right, train, compare, release, and go back.

Everything is asserted on what really is: the reply in the chat with its model stamp, git's log, the model registry.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect

from bot.store import accounts
from bot.store.database import Database
from bot.store.tables import journal, models
from bot.team import passwords, roles
from bot.training.registry import CANDIDATE, LIVE, WARM
from tests.browser.chat import Visit
from tests.browser.team import PASSWORD, shown, violations
from tests.services.projekt import Project

pytestmark = pytest.mark.slow
SENTENCE, TARGET = "Wo kriegt mein Papierkram den großen Stempel-Tüv?", "kopien-beglaubigung"
WAIT = 600_000  # milliseconds: a training beside other work
PATIENT = 60_000  # a page whose process reads all data for the first time, on a busy machine
MOST_CLICKS = 6


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Project]:
    """A running assistant of its own with website, as a git repository, with few test questions."""
    root: Path = tmp_path_factory.mktemp("kreislauf").resolve() / "lotse"
    root.mkdir()
    own = Project(root)
    own.shorten_tests()
    own.become_repository()
    accounts.add(Database(own.environment["DATABASE_URL"]), "anna@lotse.example", "Anna Beispiel", roles.PUBLISH, passwords.hashed(PASSWORD))
    try:
        own.start(web=True)
        yield own
    finally:
        own.stop(9)


class Clicks:
    """Clicks and counts."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def __call__(self, target: Locator) -> None:
        self.done.append(" ".join(target.inner_text().split()))
        target.click()


@dataclass(frozen=True)
class Said:
    """What the visitor read, and what the journal says about it: the FAQ that was answered ("" for none) and the stamp of the model."""

    text: str
    faq: str
    model: str


def ask(browser: Browser, project: Project) -> Said:
    """A new visitor asks in the chat."""
    context = browser.new_context(base_url=project.web_url, locale="de-DE", reduced_motion="reduce")
    page = context.new_page()
    visit = Visit(page, project.web_url)
    page.goto("/chat")
    visit.ready()
    text = visit.ask(SENTENCE).inner_text()
    context.close()
    with Database(project.environment["DATABASE_URL"]).read() as connection:
        row = connection.execute(journal.select().where(journal.c.text == SENTENCE).order_by(journal.c.created.desc())).first()
    assert row is not None
    return Said(text, row.faq or "", row.model)


def sign_in(browser: Browser, project: Project, **options: Any) -> Page:
    page = browser.new_context(base_url=project.web_url, viewport={"width": 1280, "height": 844}, locale="de-DE", **options).new_page()
    page.goto("/team/anmelden")
    page.fill("#login", "anna@lotse.example")
    page.fill("#passwort", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/team/")
    return page


def check(page: Page) -> None:
    assert violations(page) == [], f"{page.url} {shown(violations(page))}"


def wait_for(page: Page, project: Project, name: str) -> None:
    """Waits until the page says by itself, without a click, that a job or a switch is done."""
    heading = page.locator("section", has=page.get_by_role("heading", name=re.compile(f"^{name} von")))
    expect(heading.locator(".abzeichen")).to_have_text(re.compile("fertig|gescheitert|abgebrochen"), timeout=WAIT)
    assert "fertig" in heading.locator(".abzeichen").inner_text(), heading.inner_text()


def states(project: Project) -> dict[str, str]:
    """Returns the state of every model in the registry."""
    with Database(project.environment["DATABASE_URL"]).read() as connection:
        return {row.file.removesuffix(".tar.gz"): row.state for row in connection.execute(models.select())}


def file_of(stamp: str) -> str:
    return stamp.split("@")[0]


def label(page: Page, clicks: Clicks) -> None:
    """The inbox by keyboard: o, a few letters, Enter."""
    deadline = time.monotonic() + WAIT / 1000
    post = page.locator(".post", has_text=SENTENCE)
    page.goto("/team/posteingang")
    while not post.count():
        assert time.monotonic() < deadline, "Die Nachricht erscheint nicht im Posteingang."
        page.goto("/team/posteingang")
    check(page)
    post.focus()
    page.keyboard.press("o")
    page.keyboard.type("beglaubigte kopien")
    page.locator(".treffer li").first.wait_for()
    page.keyboard.press("Enter")
    expect(post).to_have_count(0, timeout=PATIENT)
    expect(page.locator("#stand")).to_contain_text("Zugeordnet", timeout=PATIENT)
    clicks.done.append("zuordnen (Tasten)")


def test_from_a_misunderstood_message_to_a_released_model_and_back(browser: Browser, lived_in: Project, record_property: Any) -> None:
    before = ask(browser, lived_in)
    assert before.faq != TARGET, "Der Satz wird schon verstanden: einen anderen wählen."
    page, clicks = sign_in(browser, lived_in), Clicks()
    check(page)
    begin = time.monotonic()

    label(page, clicks)
    clicks(page.get_by_role("link", name="In die Trainingsdaten").first)
    expect(page.locator(".unterschied .neu")).to_contain_text(SENTENCE, timeout=PATIENT)
    check(page)
    clicks(page.get_by_role("button", name="Übernehmen"))
    page.wait_for_url("**fertig=1")
    check(page)
    assert lived_in.git("log", "-1", "--format=%an <%ae> %s").startswith("Anna Beispiel <anna@lotse.example> inhalt: 1 Formulierung aus dem Posteingang")
    assert lived_in.git("show", "--numstat", "--format=").split() == ["1", "0", f"data/nlu/faq/{TARGET}.yml"] and lived_in.git("status", "--porcelain") == ""

    clicks(page.get_by_role("button", name="Jetzt trainieren und vergleichen"))
    expect(page.get_by_role("progressbar")).to_be_visible(timeout=PATIENT)
    check(page)
    plain = sign_in(browser, lived_in, java_script_enabled=False)
    follow_without_javascript(plain)
    wait_for(page, lived_in, "Training")
    trained = time.monotonic() - begin
    check(page)
    assert sorted(states(lived_in).values()).count(CANDIDATE) == 1 and ask(browser, lived_in).model == before.model

    clicks(page.get_by_role("link", name="Ergebnis ansehen"))
    expect(page.get_by_role("heading", name="Freigabe möglich")).to_be_visible(timeout=PATIENT)
    expect(page.get_by_role("heading", name="Sätze, die sich ändern")).to_be_visible(timeout=PATIENT)
    check(page)
    page.fill("#warum", "Stempel heißt Beglaubigung")
    page.fill("#passwort", PASSWORD)
    clicks(page.get_by_role("button", name="Freigeben", exact=True))
    wait_for(page, lived_in, "Freigabe")
    seconds = time.monotonic() - begin
    check(page)

    after = ask(browser, lived_in)
    answer = yaml.safe_load((lived_in.root / "data" / "faq" / f"{TARGET}.yml").read_text(encoding="utf-8"))["antwort"]
    assert after.faq == TARGET and answer[:30] in after.text and answer[:30] not in before.text and after.model != before.model
    found = states(lived_in)
    assert (found[file_of(after.model)], found[file_of(before.model)]) == (LIVE, WARM)
    assert len(clicks.done) <= MOST_CLICKS, clicks.done
    record_property("klicks", len(clicks.done))
    record_property("sekunden", round(seconds))
    print(f"\n{len(clicks.done)} Klicks ({', '.join(clicks.done)}), {seconds:.0f} s, davon bis zum fertigen Vergleich {trained:.0f} s")

    page.get_by_role("button", name="Zurückkehren").click()
    wait_for(page, lived_in, "Rückkehr")
    check(page)
    back = ask(browser, lived_in)
    assert (back.model, back.faq) == (before.model, before.faq) and answer[:30] not in back.text
    assert states(lived_in)[file_of(before.model)] == LIVE


def follow_without_javascript(page: Page) -> None:
    """Without JavaScript the page says how far the training is, and says something else when it is asked again later."""
    deadline, seen = time.monotonic() + WAIT / 1000, set()
    while len(seen) < 2:
        assert time.monotonic() < deadline, f"Der Stand ändert sich nicht: {seen}"
        page.goto("/team/modelle")
        assert page.locator("#auftrag-schritt").count(), "Das Training ist schon zu Ende."
        assert page.locator("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]").count() == 1
        seen.add((page.locator("#auftrag-schritt").inner_text(), page.locator("progress").get_attribute("value")))
        page.wait_for_timeout(1000)
    page.context.close()
