"""From a question to an office, with a finger and with the keyboard alone; what an answer offers."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow
MOST_PRESSES = 12


class Keys:
    """Counts key presses other than typing."""

    def __init__(self, page: Any) -> None:
        self.page, self.presses = page, 0

    def __call__(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
            self.presses += 1

    def until(self, key: str, caption: str) -> None:
        """Presses `key` until the control with this caption has the focus."""
        for _ in range(MOST_PRESSES):
            self(key)
            if self.page.evaluate("() => document.activeElement.shadowRoot?.activeElement?.textContent") == caption:
                return
        raise AssertionError(f"„{caption}“ not reached with {MOST_PRESSES} × {key}")


def test_keyboard_alone_leads_from_the_closed_launcher_to_an_office_and_back(visit: Any) -> None:
    seen = visit(width=1280, height=800, foreign=True)
    press, page = Keys(seen.page), seen.page
    expect(page.locator("button.start")).to_be_visible()
    press("Tab")
    press("Enter")
    expect(seen.input).to_be_focused()
    seen.ready()
    page.keyboard.type("Was kostet die Anerkennung?")
    press("Enter")
    seen.answered(1)
    press.until("Shift+Tab", "Beratung in meiner Nähe")
    press("Enter")
    seen.answered(2)
    page.keyboard.type("Kassel")
    expect(seen.input).to_have_value("Kassel")
    press("Enter")
    answer = seen.answered(3)
    expect(answer.locator("article.stelle").first).to_be_visible()
    press("Escape")
    expect(page.locator("button.start")).to_be_focused()
    assert press.presses <= MOST_PRESSES
    assert seen.errors == []


def test_every_control_of_an_answer_is_reached_with_tab(visit: Any) -> None:
    seen = visit().ready()
    seen.ask("Was kostet die Anerkennung?")
    seen.answers.last.locator("summary").click()
    wanted = seen.answers.last.locator("a[href], button, summary").all_text_contents() + seen.chips.all_text_contents()
    seen.page.locator("article.ich").last.focus()
    reached = []
    for _ in wanted:
        seen.page.keyboard.press("Tab")
        reached.append(seen.page.evaluate("() => document.activeElement.shadowRoot.activeElement.textContent"))
    assert reached == wanted


def test_office_card_names_contact_distance_date_and_what_is_not_known(visit: Any) -> None:
    seen = visit().ready()
    seen.ask("Wo ist die nächste Beratung?")
    answer = seen.ask("Marburg")
    cards = answer.locator("article.stelle")
    assert cards.count() >= 1
    text = " ".join(cards.all_text_contents())
    assert "Nicht bekannt: " in text
    assert "Stand " in text
    assert "Luftlinie" in text or "in Marburg" in text
    for link in answer.locator("a.weg").all():
        assert (link.get_attribute("href") or "").startswith(("tel:+49", "mailto:", "https://", "http://"))
    assert "/stellen?ort=Marburg" in (answer.get_by_role("link", name="Alle Stellen mit Karte").get_attribute("href") or "")


def test_sources_are_folded_under_the_answer_with_date_and_stable_page(visit: Any) -> None:
    seen = visit().ready()
    answer = seen.ask("Was kostet die Anerkennung?")
    summary = answer.locator("summary")
    assert "Quelle: BQ-Portal" in summary.inner_text()
    assert "Stand 31.03.2026" in summary.inner_text()
    assert answer.inner_text().count("Rechtsgrundlage:") == 0
    summary.click()
    expect(answer.get_by_text("Nächste Prüfung:")).to_be_visible()
    assert answer.get_by_role("link", name="Diese Antwort als Seite").get_attribute("href") == f"{seen.url}/faq/kosten-ueberblick"


def test_easier_and_more_answer_the_last_question_again(visit: Any) -> None:
    seen = visit().ready()
    seen.ask("Was kostet die Anerkennung?")
    easy = seen.tap("Einfacher erklären").inner_text()
    assert "Der Preis ist je nach Beruf verschieden." in easy
    assert seen.tap("Mehr dazu").inner_text() != easy


def test_old_suggestions_disappear_when_the_person_types(visit: Any) -> None:
    seen = visit().ready()
    seen.ask("Was kostet die Anerkennung?")
    expect(seen.page.get_by_role("button", name="Einfacher erklären", exact=True)).to_have_count(1)
    seen.ask("Danke")
    expect(seen.page.get_by_role("button", name="Einfacher erklären", exact=True)).to_have_count(0)


def test_human_contact_is_one_tap_away_and_never_moves(visit: Any) -> None:
    seen = visit().ready()
    human = seen.page.locator("button.mensch")
    before = human.bounding_box()
    seen.ask("Was kostet die Anerkennung?")
    assert human.bounding_box() == before
    count = seen.answers.count()
    human.click()
    assert "Hotline" in seen.answered(count).inner_text()
    assert seen.answers.last.locator('a[href^="tel:+49"]').count() == 1


def test_feedback_says_thanks_and_reaches_the_server_with_its_reason(visit: Any) -> None:
    seen = visit().ready()
    answer = seen.ask("Was kostet die Anerkennung?")
    answer.get_by_role("button", name="Hilft nicht").click()
    expect(answer.get_by_role("button", name="Verstehe ich nicht")).to_be_focused()
    with seen.page.expect_response("**/api/chat/feedback") as sent:
        answer.get_by_role("button", name="Ist veraltet").click()
    assert sent.value.status == 204
    assert sent.value.request.post_data_json["grund"] == "veraltet"
    expect(answer.get_by_text("Danke für Ihre Rückmeldung.")).to_be_focused()


def test_two_misunderstandings_offer_topics_and_a_person(visit: Any) -> None:
    seen = visit().ready()
    for text in ("asdf", "blubb wumm kratz"):
        seen.ask(text)
    expect(seen.chips.filter(has_text="Mit einem Menschen sprechen")).to_have_count(1)
    assert seen.chips.count() >= 2


@pytest.mark.parametrize(("width", "height"), [(320, 568), (390, 844)])
def test_notice_is_in_sight_when_the_chat_opens(visit: Any, width: int, height: int) -> None:
    seen = visit(width=width, height=height).ready()
    seen.page.wait_for_timeout(200)
    expect(seen.page.locator(".hinweis")).to_be_in_viewport(ratio=1)


def test_buttons_of_an_open_question_come_first(visit: Any) -> None:
    seen = visit().ready()
    seen.ask("Ich bin Krankenschwester aus Indien")
    seen.ask("Was kostet das?")
    assert seen.chips.first.inner_text() == "Ja, in Deutschland"
    seen.ask("Wie lange dauert das?")
    assert seen.chips.first.inner_text() == "Prüfung fortsetzen"


def test_trouble_is_shown_once(visit: Any) -> None:
    seen = visit().ready()
    seen.page.route("**/api/chat/message", lambda route: route.abort())
    seen.input.fill("Hallo")
    seen.input.press("Enter")
    expect(seen.page.locator(".rest")).to_contain_text("Nicht angekommen.")
    expect(seen.page.locator("[role=status]")).to_have_class("vor")
