"""German terms behind foreign sentences: only for that language, longest first, never for German."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.terms import MOST, TermGlossary, flat

GLOSSARY = TermGlossary({
    "tr": [("denkli", "Anerkennung"), ("denklik belgesi", "Bescheid"), ("hemşire", "Pflegefachkraft")],
    "fr": [("reconn", "Anerkennung"), ("diplôme", "Zeugnis"), ("coût", "Kosten")],
    "ru": [("стоит", "Kosten")],
})


@pytest.mark.parametrize(("text", "language", "expected"), [
    ("Denklik ne kadar?", "tr", "Denklik ne kadar? Anerkennung"),
    ("Ben hemsireyim", "tr", "Ben hemsireyim Pflegefachkraft"),
    ("Combien coûte la reconnaissance ?", "fr", "Combien coûte la reconnaissance ? Anerkennung Kosten"),
    ("Сколько стоит?", "ru", "Сколько стоит? Kosten"),
], ids=["wortanfang", "ohne-akzente", "zwei-begriffe", "kyrillisch"])
def test_terms_are_added_behind_the_sentence(text: str, language: str, expected: str) -> None:
    assert GLOSSARY.add(text, language) == expected


@pytest.mark.parametrize(("text", "language"), [("Was kostet die Anerkennung?", "de"), ("Denklik ne kadar?", "fr"), ("undenklich", "tr"), ("", "tr"), ("merhaba", "tr")])
def test_sentence_without_terms_stays(text: str, language: str) -> None:
    assert GLOSSARY.add(text, language) == text


def test_longer_term_goes_first_and_uses_up_its_words() -> None:
    assert GLOSSARY.add("denklik belgesi nerede", "tr") == "denklik belgesi nerede Bescheid"


def test_every_word_of_a_found_term_is_used_up() -> None:
    glossary = TermGlossary({"tr": [("avukatim", "als Anwalt arbeiten"), ("avukatlik", "als Anwalt arbeiten"), ("avukat", "Hilfe vom Anwalt")]})
    assert glossary.only("avukatım, avukatlık yapabilir miyim", "tr") == "als Anwalt arbeiten"
    assert glossary.only("avukatım, avukat lazım", "tr") == "als Anwalt arbeiten Hilfe vom Anwalt"


def test_number_of_terms_is_bounded() -> None:
    glossary = TermGlossary({"en": [(f"w{i}x", f"T{i}") for i in range(20)]})
    assert len(glossary.add(" ".join(f"w{i}x" for i in range(20)), "en").split()) == 20 + MOST


@pytest.mark.parametrize(("text", "expected"), [("Tanıma İŞİ", "tanima isi"), ("Škoła", "skola"), ("ещё", "еще"), ("l'emploi", "l emploi"), ("شُكْرًا", "شكرا"), ("?!", "")])
def test_flat_text_has_no_accents_and_marks(text: str, expected: str) -> None:
    assert flat(text) == expected


@given(st.text(st.characters()), st.sampled_from(["de", "tr", "fr", "ru", "xx", ""]))
def test_any_text_keeps_its_own_words(text: str, language: str) -> None:
    assert GLOSSARY.add(text, language).startswith(text)


def test_language_is_guessed_from_its_own_spelling_of_a_message() -> None:
    assert GLOSSARY.guess_among({"tr": "skolko stoit", "ru": "сколко стоит"}) == "ru"
    assert GLOSSARY.guess_among({"tr": "bonjour", "fr": "bonjour"}) == ""


def test_terms_alone_or_the_text_when_there_are_none() -> None:
    assert GLOSSARY.only("Combien coûte la reconnaissance ?", "fr") == "Anerkennung Kosten"
    assert GLOSSARY.only("bonjour", "fr") == "bonjour"


@pytest.mark.parametrize("text", ["съесть стол", "сест стол"])
def test_soft_and_hard_signs_do_not_count(text: str) -> None:
    assert TermGlossary({"ru": [("съесть", "Essen")]}).add(text, "ru") == f"{text} Essen"


def test_phrases_that_share_a_word_are_both_heard() -> None:
    glossary = TermGlossary({"fa": [("ارزیابی مدرک", "Zeugnisbewertung"), ("مدرک دانشگاهی", "Hochschulabschluss"), ("مدرک", "Abschluss")]})
    assert glossary.only("ارزیابی مدرک دانشگاهی", "fa") == "Hochschulabschluss Zeugnisbewertung"
