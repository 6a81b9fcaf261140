"""A bad line: nothing typed is lost, nothing is sent twice; reload, deleting, a full talk and the off switch."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow
QUESTION = "Was kostet die Anerkennung?"


def said(seen: Any) -> list[str]:
    """Returns what the server remembers of the person's messages."""
    return [one["text"] for one in seen.page.evaluate("() => fetch('/api/chat/history').then((answer) => answer.json())")["nachrichten"] if one["von"] == "person"]


def test_offline_is_told_within_a_second_and_the_message_is_sent_once(visit: Any) -> None:
    seen = visit().ready()
    seen.page.context.set_offline(True)
    expect(seen.page.locator("[role=status]")).to_contain_text("Sie sind offline.", timeout=1000)
    seen.input.fill(QUESTION)
    seen.input.press("Enter")
    mine = seen.page.locator("article.ich")
    expect(mine).to_contain_text("Nicht angekommen.")
    expect(mine).to_contain_text(QUESTION)
    seen.page.context.set_offline(False)
    count = seen.answers.count()
    seen.input.press("Enter")  # one key: nothing was typed since
    assert "100 bis 600 Euro" in seen.answered(count).inner_text()
    assert mine.count() == 1
    assert "Nicht angekommen." not in mine.inner_text()
    assert said(seen) == [QUESTION]


def test_line_that_breaks_while_waiting_is_told_and_the_second_try_makes_no_double(visit: Any) -> None:
    seen = visit().ready()
    lost = []

    def lose(route: Any) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.fetch().status)  # it reached the server, but its answer does not reach us
            seen.page.context.set_offline(True)
            route.abort()

    seen.page.route("**/api/chat/message", lose)
    seen.input.fill(QUESTION)
    seen.input.press("Enter")
    again = seen.page.get_by_role("button", name="Noch einmal senden")
    expect(again).to_be_visible()
    seen.page.context.set_offline(False)
    count = seen.answers.count()
    again.click()
    assert "100 bis 600 Euro" in seen.answered(count).inner_text()
    assert lost == [200]
    assert said(seen) == [QUESTION]


def test_answer_that_is_cut_off_is_taken_back_and_asked_for_again(visit: Any) -> None:
    seen = visit().ready()
    cut = []

    def cut_off(route: Any) -> None:
        answer = route.fetch()
        body = answer.text()
        route.fulfill(response=answer, body=body if cut else body[: body.index("event: ende")])
        cut.append(1)

    seen.page.route("**/api/chat/message", cut_off)
    seen.input.fill(QUESTION)
    seen.input.press("Enter")
    again = seen.page.get_by_role("button", name="Noch einmal senden")
    expect(again).to_be_visible()
    assert seen.answers.count() == 1
    again.click()
    seen.answered(1)
    assert seen.answers.count() == 2
    assert said(seen) == [QUESTION]


def test_typing_is_shown_while_the_answer_takes_its_time(visit: Any) -> None:
    seen = visit().ready()
    held: list[Any] = []
    seen.page.route("**/api/chat/message", lambda route: held.append(route))
    seen.input.fill(QUESTION)
    seen.input.press("Enter")
    expect(seen.page.locator(".tippt")).to_be_visible(timeout=1500)
    assert seen.page.locator("[role=status]").text_content() == "Der Lotse schreibt … "
    held[0].continue_()
    seen.answered(1)
    expect(seen.page.locator(".tippt")).to_be_hidden()


def test_silence_of_the_server_ends_after_twenty_seconds_with_a_way_on(visit: Any) -> None:
    seen = visit(prepare=lambda page: page.clock.install()).ready()
    seen.page.route("**/api/chat/message", lambda route: None)
    seen.input.fill(QUESTION)
    seen.input.press("Enter")
    seen.page.clock.run_for(19_000)
    expect(seen.page.get_by_role("button", name="Noch einmal senden")).to_have_count(0)
    seen.page.clock.run_for(2_000)
    expect(seen.page.locator("article.ich")).to_contain_text("Die Antwort dauert zu lange.")
    expect(seen.page.get_by_role("button", name="Noch einmal senden")).to_be_visible()


def test_talk_is_there_after_a_reload_and_is_not_read_out_again(visit: Any) -> None:
    seen = visit().ready()
    seen.ask(QUESTION)
    seen.page.add_init_script("""new MutationObserver(() => 0); window.read = [];
      const append = Element.prototype.append;
      Element.prototype.append = function (...nodes) { if (this.getAttribute?.('role') === 'log') window.read.push(this.getAttribute('aria-live')); return append.apply(this, nodes); };""")
    seen.page.reload()
    seen.ready()
    assert "100 bis 600 Euro" in seen.answers.last.inner_text()
    assert set(seen.page.evaluate("() => window.read")) == {"off"}
    assert seen.chips.count() >= 3
    assert seen.page.evaluate("() => sessionStorage.length + localStorage.length") == 0
    assert "Der Preis ist je nach Beruf verschieden." in seen.tap("Einfacher erklären").inner_text()


def test_talk_is_deleted_with_two_clicks_here_and_on_the_server(visit: Any) -> None:
    seen = visit().ready()
    seen.ask(QUESTION)
    seen.page.get_by_role("button", name="Menü").click()
    seen.page.get_by_role("button", name="Gespräch löschen").click()
    expect(seen.page.locator("[role=status]")).to_contain_text("Ihr Gespräch ist gelöscht.")
    assert seen.page.context.cookies() == []
    seen.page.reload()
    seen.ready()
    assert seen.page.locator("article.ich").count() == 0
