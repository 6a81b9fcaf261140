"""Arabic, Persian and the others: words, direction and language of each paragraph; nothing is switched without being asked."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.slow
ARABIC = re.compile("[\u0600-\u06ff]")
LETTER = re.compile(r"[^\W\d_]")
PARAGRAPHS = "(cards) => cards.flatMap((card) => [...card.children].filter((one) => one.lang).map((one) => [one.lang, getComputedStyle(one).direction, one.textContent]))"


def is_arabic(text: str) -> bool:
    return len(ARABIC.findall(text)) > len(LETTER.findall(text)) / 2


@pytest.mark.parametrize(("language", "question"), [("ar", "كم تكلفة الاعتراف بالشهادة؟"), ("fa", "هزینه به رسمیت شناختن مدرک چقدر است؟")])
def test_each_paragraph_has_its_language_and_direction(visit: Any, language: str, question: str) -> None:
    seen = visit(sprache=language).ready()
    seen.ask(question)
    found = seen.page.locator("article.lotse > .karte").evaluate_all(PARAGRAPHS)
    assert {lang for lang, _, _ in found} == {language, "de"}
    assert [text for lang, direction, text in found if (direction == "rtl") != is_arabic(text) or (lang == language) != is_arabic(text)] == []
    assert seen.page.locator("article.ich .text").evaluate("(node) => getComputedStyle(node).direction") == "rtl"
    assert seen.page.locator("section.fenster").evaluate("(node) => getComputedStyle(node).direction") == "rtl"


@pytest.mark.parametrize("language", "de en ar uk ru tr fa fr es ro pl".split())
def test_frame_and_known_buttons_are_in_the_chosen_language(visit: Any, language: str) -> None:
    seen = visit(sprache=language).ready()
    words = seen.page.evaluate(f"() => fetch('/api/oberflaeche/{language}').then((answer) => answer.json())")
    expect(seen.page.locator("button.mensch")).to_have_text(words["texte"]["knopf_mensch"])
    expect(seen.page.locator("label[for=eingabe]")).to_have_text(words["texte"]["chat_eingabe"])
    assert seen.chips.all_text_contents() == [words["knoepfe"][title] for title in ("So läuft die Anerkennung", "Was kostet die Anerkennung?", "Beratung in meiner Nähe")]
    assert seen.overflow() == 0


def test_language_is_chosen_from_the_list_and_kept_for_the_next_page(visit: Any) -> None:
    seen = visit().ready()
    seen.input.fill("Entwurf")
    seen.page.get_by_label("Sprache").select_option("ar")
    expect(seen.page.locator("button.mensch")).to_have_text("التحدث مع إنسان")
    assert seen.input.input_value() == "Entwurf"
    assert seen.page.evaluate("() => [document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    seen.page.reload()
    expect(seen.ready().page.locator("button.mensch")).to_have_text("التحدث مع إنسان")
    with seen.page.expect_request("**/api/chat/message") as sent:
        seen.ask("Anerkennung Kosten")
    assert sent.value.post_data_json["sprache"] == "ar"


def test_question_in_another_language_offers_it_and_switches_nothing(visit: Any) -> None:
    seen = visit().ready()
    with seen.page.expect_request("**/api/chat/message") as sent:
        seen.ask("Скільки коштує визнання диплома?")
    assert "sprache" not in sent.value.post_data_json
    expect(seen.page.locator("button.mensch")).to_have_text("Mit einem Menschen sprechen")
    seen.chips.filter(has_text="Українська").click()
    expect(seen.page.locator("button.mensch")).to_have_text("Поговорити з людиною")
