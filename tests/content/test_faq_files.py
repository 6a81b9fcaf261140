"""Every FAQ: short, readable, sourced, dated, without fixed amounts, notes or addresses in the text."""

from __future__ import annotations

import datetime as dt
import re
from typing import Callable

import pytest

from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.faq import ANSWER_WORDS, BARE_AMOUNT, Faq
from bot.knowledge.plain import LIX_CLEAR, easy_faults, readability, word_count
from bot.knowledge.quality import official_names
from bot.knowledge.werte import PLACEHOLDER
from bot.knowledge.yamlfile import is_public_url

IDS = sorted(path.stem for path in (DATA / "faq").glob("*.yml"))
NOTE = re.compile(r"Prüfhinweis|TODO|FIXME|XXX|\?\?|\[\d*\]|…|  ")
WEB_ADDRESS = re.compile(r"https?:|www\.")
INFORMAL = re.compile(r"\b([Dd]u|[Dd]ich|[Dd]ir|[Dd]ein(e[mnrs]?)?)\b")
FIRST_LAW = dt.date(2012, 4, 1)  # the BQFG came into force


def texts(faq: Faq) -> tuple[str, ...]:
    return faq.antwort, faq.antwort_einfach, faq.mehr


def urls(faq: Faq) -> list[str]:
    return [q.url for q in faq.quellen] + [n.url for n in faq.rechtsgrundlagen if n.url]


RULES: dict[str, Callable[[Faq], bool]] = {
    "the answer has 5 to 80 words": lambda f: 5 <= word_count(f.antwort) <= ANSWER_WORDS,
    "the easy answer has 5 to 120 words": lambda f: 5 <= word_count(f.antwort_einfach) <= ANSWER_WORDS + 40,
    "the answer is clear German": lambda f: readability(f.antwort, official_names()).lix <= LIX_CLEAR,
    "the easy answer is a text of its own": lambda f: f.antwort_einfach != f.antwort,
    "the question ends with a question mark": lambda f: f.frage.endswith("?"),
    "the button fits on a phone": lambda f: len(f.kurz) <= 48 and not f.kurz.endswith((".", ",")),
    "no internal note is shown": lambda f: not any(NOTE.search(t) for t in texts(f)),
    "amounts come from the dated values": lambda f: not any(BARE_AMOUNT.search(PLACEHOLDER.sub("", t)) or "EUR" in t for t in texts(f)),
    "people are addressed politely": lambda f: not any(INFORMAL.search(t) for t in texts(f)),
    "web addresses stand with the sources only": lambda f: not any(WEB_ADDRESS.search(t) for t in texts(f)),
    "there is a source": lambda f: bool(f.quellen),
    "all addresses are https": lambda f: all(is_public_url(url) for url in urls(f)),
    "no source stands twice": lambda f: len({q.url for q in f.quellen}) == len(f.quellen),
    "law is cited by its name": lambda f: all(re.search(r"[A-ZÄÖÜ]", n.norm) for n in f.rechtsgrundlagen),
    "the content was checked on a past day": lambda f: FIRST_LAW <= f.stand <= dt.date.today(),
    "the next check comes within two years": lambda f: f.stand < f.pruefen_bis <= dt.date.today() + dt.timedelta(days=2 * 366),
    "related questions are others and not repeated": lambda f: f.id not in f.verwandt and 1 <= len(set(f.verwandt)) == len(f.verwandt),
    "people know how to ask it": lambda f: (DATA / "nlu" / "faq" / f"{f.id}.yml").is_file(),
}


@pytest.mark.parametrize("faq_id", IDS)
def test_faq_keeps_every_rule(knowledge: Knowledge, faq_id: str) -> None:
    faq = knowledge.faqs[faq_id]
    assert [rule for rule, holds in RULES.items() if not holds(faq)] == []


@pytest.mark.parametrize("faq_id", IDS)
def test_easy_answer_is_einfache_sprache(knowledge: Knowledge, faq_id: str) -> None:
    assert easy_faults(knowledge.faqs[faq_id].antwort_einfach, official_names()) == []


def test_unclear_answer_names_somebody_who_knows(knowledge: Knowledge) -> None:
    unclear = [faq for faq in knowledge.faqs.values() if faq.sicher == "ungeklaert"]
    assert [faq.id for faq in unclear if not re.search(r"frag|beratung|stelle|behörde|kammer|ministerium", faq.antwort, re.IGNORECASE)] == []


def test_every_topic_has_questions(knowledge: Knowledge) -> None:
    assert {faq.thema for faq in knowledge.faqs.values()} == set(knowledge.themen) - {"standard"}


def test_buttons_are_told_apart(knowledge: Knowledge) -> None:
    titles = [faq.kurz.casefold() for faq in knowledge.faqs.values()]
    assert sorted({t for t in titles if titles.count(t) > 1}) == []


def test_there_are_two_hundred_answers(knowledge: Knowledge) -> None:
    assert len(knowledge.faqs) >= 200
