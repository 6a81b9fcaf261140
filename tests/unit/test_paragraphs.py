"""Language of each paragraph of a reply."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.fixed import FOREIGN_LINE, render_text
from bot.knowledge.paragraphs import paragraph_languages
from bot.knowledge.render import render_faq, render_offer

DAY = dt.date(2026, 11, 25)
LANGUAGES = "en ar uk ru tr fa fr es ro pl".split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_is_german_between_lines_in_the_persons_language(knowledge: Knowledge, language: str) -> None:
    sprache = knowledge.sprachen[language]
    reply = render_faq(knowledge, knowledge.faqs["kosten-ueberblick"], "einfach", DAY, sprache=sprache)
    assert paragraph_languages(reply.text, sprache) == [language, "de", "de", language]


@pytest.mark.parametrize("name", FOREIGN_LINE)
def test_fixed_text_begins_with_a_line_in_the_persons_language(knowledge: Knowledge, name: str) -> None:
    sprache = knowledge.sprachen["uk"]
    languages = paragraph_languages(render_text(knowledge, name, sprache=sprache).text, sprache)
    assert languages[0] == "uk"
    assert set(languages[1:]) == {"de"}


def test_offer_of_questions_begins_with_a_line_in_the_persons_language(knowledge: Knowledge) -> None:
    sprache = knowledge.sprachen["fa"]
    assert paragraph_languages(render_offer(knowledge, ["kosten-ueberblick"], True, sprache).text, sprache) == ["fa", "de", "de"]
