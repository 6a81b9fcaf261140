"""Start page, accounts, audit, figures, open questions and sample in a real browser: axe, small screens, dark, print."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from playwright.sync_api import expect

from bot.store import feedback
from bot.store.groups import sort_in, week_of
from bot.store.tables import journal as rows
from bot.team import gaps, people, roles
from bot.team.stats import sample
from tests.browser.team import Console, fits, shown, site, staff, violations  # noqa: F401 (fixtures)
from tests.web.team.nachrichten import say

pytestmark = pytest.mark.slow
ADDRESSES = ("/team/", "/team/faellig", "/team/auswertung", "/team/auswertung?kreis=Kassel", "/team/auswertung?quartal=2020-Q1", "/team/luecken", "/team/stichprobe", "/team/konten", "/team/protokoll",
             "/team/gespraech", "/team/konto")


def fill_figures(console: Console) -> None:
    """Seven weeks of talks in five Kreise, a sample with ratings, open questions, accounts."""
    db, rng = console.database, random.Random(5)
    intents = [f"faq/{id}" for id in ("anabin", "aqb", "referenzberuf", "blaue-karte", "kosten-ueberblick")]
    for number in range(260):
        talk = f"{rng.getrandbits(128):032x}"
        intent = rng.choice(intents)
        id = say(db, f"Frage {number % 60} zu {intent[4:]}", [(intent, rng.random()), ("faq/aqb", 0.1)], conversation=talk, decision=rng.choice(["antwort"] * 6 + ["vorschlag", "ablehnung"]),
                 language=rng.choice(["de", "de", "uk", "ar"]), kreis=rng.choice(["Kassel", "Fulda", "Gießen", "Main-Kinzig-Kreis", None, None]), answer="**Ja.** Das geht.\n- erstens\n- zweitens")
        moved = db.now() - dt.timedelta(days=rng.randrange(50))
        with db.write() as connection:
            connection.execute(rows.update().where(rows.c.id == id).values(created=moved))
        if number % 7 == 0:
            feedback.give(db, talk, id, rng.choice(["hilft", "falsch", "veraltet"]))
    sort_in(db)
    for cluster in gaps.clusters(db)[:2]:
        gaps.propose(db, "anna", cluster.key, cluster.message, cluster.text, "lesen@lotse.example")
    week = week_of(db.now() - dt.timedelta(days=7))
    sample.draw(db, "anna", week)
    for number, drawn in enumerate(sample.show(db, week, "anna")):
        for who in ("anna", "ben")[: 2 if number % 3 else 1]:
            sample.rate(db, who, drawn.id, rng.choice(["richtig", "richtig", "teilweise", "falsch"]))


@pytest.fixture(scope="module")
def figures(site: Console) -> Console:  # noqa: F811
    fill_figures(site)
    people.add(site.database, "test", "neu@lotse.example", "Neu Muster", roles.LABEL)
    return site


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_are_accessible_and_fit(figures: Console, staff, address: str) -> None:  # noqa: F811
    for width, scheme in ((390, "light"), (1280, "dark")):
        page = staff(roles.ADMIN, width, color_scheme=scheme)
        page.goto(address)
        assert violations(page) == [], shown(violations(page))
        assert fits(page), f"{address} at {width}"


def test_no_inline_styles_and_no_foreign_requests(figures: Console, staff) -> None:  # noqa: F811
    page = staff(roles.ADMIN)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/team/auswertung")
    assert page.locator("[style]").count() == 0 and page.locator("svg rect").count() > 5
    assert all(address.startswith(figures.url) for address in asked)


def test_figures_print_as_tables(figures: Console, staff) -> None:  # noqa: F811
    page = staff(roles.READ)
    page.goto("/team/auswertung")
    page.emulate_media(media="print")
    expect(page.get_by_role("form", name="Zeitraum und Ausschnitt")).to_be_hidden()
    expect(page.locator("#je-kreis")).to_be_visible()


def test_rating_goes_on_with_the_next(figures: Console, staff) -> None:  # noqa: F811
    page = staff(roles.LABEL)
    page.goto("/team/stichprobe")
    before = int(page.locator("#naechste").inner_text().split("(")[1].rstrip(")"))
    page.locator(".post").first.get_by_role("button", name="richtig", exact=True).click()
    expect(page.locator("#naechste")).to_have_text(f"Zu bewerten ({before - 1})")


def test_one_time_password_is_shown_once(figures: Console, staff) -> None:  # noqa: F811
    page = staff(roles.ADMIN)
    page.goto("/team/konten")
    page.fill("#login", "browser@lotse.example")
    page.fill("#name", "Browser Muster")
    page.get_by_role("button", name="Konto anlegen").click()
    once = page.locator("#einmalpasswort").inner_text()
    assert len(once) == 19 and violations(page) == []
    page.goto("/team/konten")
    assert once not in page.content()
