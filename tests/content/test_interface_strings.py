"""Interface strings: translated, not copied; placeholders and the German words that people will meet stand in every language."""

from __future__ import annotations

import re

import pytest

from bot.knowledge.base import Knowledge
from bot.knowledge.check_text import COSTS, DURATION, NOTE
from bot.knowledge.render import ADVICE, CLEARER, EASIER, MORE
from bot.knowledge.sprachen import GERMAN

FOREIGN = "en ar uk ru tr fa fr es ro pl".split()
GERMAN_WORDS = re.compile(r"\b(und|nicht|Sie|Ihre?|für|der|das|ist|mit|auf|eine?|bitte|gerade|noch|kein|Antwort|Gespräch|Stelle|Beratungsstellen?|Deutsch(land)?)\b")
KEPT = re.compile(r"\((?:Anerkennung|Beratung|Impressum)\)|Anerkennung \(")
SAME_WORD = {"titel", "menue", "stelle_telefon", "stelle_email", "stelle_adresse"}  # „Telefon“ is Turkish, Romanian and Polish, too
SCRIPT = {"ar": "[\u0600-\u06ff]", "fa": "[\u0600-\u06ff]", "uk": "[\u0400-\u04ff]", "ru": "[\u0400-\u04ff]"}
# German words that people will meet in offices, and where they are explained
TERMS = {"start_text": ("Anerkennung", "Beratung"), "chat_oeffnen": ("Anerkennung",), "knopf_beratung": ("Beratung",), "knopf_noetig": ("Anerkennung",), "impressum": ("Impressum",)}


@pytest.mark.parametrize("language", FOREIGN)
def test_no_string_is_left_in_german(knowledge: Knowledge, language: str) -> None:
    german, strings = knowledge.oberflaeche[GERMAN], knowledge.oberflaeche[language]
    assert [key for key, text in strings.items() if text == german[key] and key not in SAME_WORD] == []
    assert [key for key, text in strings.items() if GERMAN_WORDS.search(KEPT.sub("", text))] == []


@pytest.mark.parametrize("language", SCRIPT)
def test_string_is_written_in_the_script_of_its_language(knowledge: Knowledge, language: str) -> None:
    assert [key for key, text in knowledge.oberflaeche[language].items() if not re.search(SCRIPT[language], text) and key != "titel"] == []


@pytest.mark.parametrize("language", FOREIGN)
def test_placeholders_are_those_of_german(knowledge: Knowledge, language: str) -> None:
    german = knowledge.oberflaeche[GERMAN]
    assert [key for key, text in knowledge.oberflaeche[language].items() if re.findall(r"{\w*}", text) != re.findall(r"{\w*}", german[key])] == []


@pytest.mark.parametrize("language", FOREIGN)
def test_german_terms_are_named_beside_their_translation(knowledge: Knowledge, language: str) -> None:
    strings = knowledge.oberflaeche[language]
    assert [(key, term) for key, terms in TERMS.items() for term in terms if term not in strings[key]] == []


@pytest.mark.parametrize("language", [GERMAN, *FOREIGN])
def test_data_notice_has_two_sentences_at_most(knowledge: Knowledge, language: str) -> None:
    assert len(re.findall(r"[.!?؟](?:\s|$)", knowledge.oberflaeche[language]["chat_hinweis"])) <= 2


def test_translated_buttons_carry_the_caption_that_is_sent(knowledge: Knowledge) -> None:
    sent = {b.title for text in knowledge.texte.values() for b in text.knoepfe} | {b.title for b in (MORE, EASIER, CLEARER, ADVICE, NOTE, COSTS, DURATION)}
    elsewhere = {"Anderer Ort", "Was kostet die Beratung?"}  # bot/knowledge/office_text.py
    captions = {key: text for key, text in knowledge.oberflaeche[GERMAN].items() if key.startswith("knopf_")}
    assert {key: text for key, text in captions.items() if text not in sent | elsewhere} == {}
