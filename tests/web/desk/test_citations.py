"""Texts to hand on."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.web.desk.cite import citations

DAY, LINK = dt.date(2026, 11, 25), "https://lotse.example/faq/x"


@pytest.mark.parametrize("faq_id", sorted(path.stem for path in (DATA / "faq").glob("*.yml")))
def test_every_register_has_source_date_and_link(knowledge: Knowledge, faq_id: str) -> None:
    faq = knowledge.faqs[faq_id]
    mail, messenger, easy = citations(knowledge, faq, DAY, LINK)
    assert all(LINK in c.text and f"{faq.stand:%d.%m.%Y}" in c.text and faq.frage in c.text for c in (mail, messenger, easy))
    assert all(q.url in mail.text for q in faq.quellen) and all(n.norm in mail.text and n.norm in messenger.text for n in faq.rechtsgrundlagen)
    assert not any(sign in c.text for c in (mail, messenger, easy) for sign in ("{werte", "**", "]("))


def test_overdue_answer_warns_in_every_register(knowledge: Knowledge) -> None:
    old = dataclasses.replace(knowledge.faqs["anabin"], pruefen_bis=dt.date(2026, 1, 1))
    assert all("neu geprüft werden" in c.text for c in citations(knowledge, old, DAY, LINK))
