"""Readability figures: sentences, words, LIX and the gate for Einfache Sprache."""

from __future__ import annotations

import pytest

from bot.knowledge.plain import easy_faults, readability, sentences, word_count


@pytest.mark.parametrize(("text", "count"), [
    ("Sie brauchen einen Antrag. Der Antrag ist kostenlos.", 2),
    ("Das gilt seit dem 1. Januar 2026.", 1),
    ("Das steht in § 16d Abs. 3 Nr. 2 AufenthG.", 1),
    ("Die Gebühr ist z. B. 100 Euro hoch.", 1),
    ("Sie verdienen 50.700 Euro. Das reicht.", 2),
    ("Wer hilft? Die Beratung hilft!", 2),
    ("Sie brauchen:\n- Zeugnis\n- Pass", 3),
    ("", 0),
    ("…\n\n– –", 0),
], ids=["zwei", "datum", "paragraf", "abkuerzung", "tausenderpunkt", "fragezeichen", "liste", "leer", "nur-zeichen"])
def test_sentences_are_counted(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.mark.parametrize(("text", "count"), [
    ("Was kostet das?", 3), ("Aufenthalts-Titel für Fach-Kräfte", 3), ("{werte.gebuehr} zahlen", 3), ("§ 18a AufenthG", 2), ("", 0), ("50.700 Euro", 2),
])
def test_words_are_counted(text: str, count: int) -> None:
    assert word_count(text) == count


def test_lix_adds_sentence_length_and_share_of_long_words() -> None:
    found = readability("Sie stellen einen Antrag. Die Behörde entscheidet.")
    assert found.lix == pytest.approx(7 / 2 + 100 * 3 / 7)


def test_hyphen_splits_a_long_word() -> None:
    assert readability("Der Aufenthalts-Titel.").long_words == ()
    assert readability("Die Aufenthaltserlaubnisse.").long_words == ("Aufenthaltserlaubnisse",)


def test_exempt_word_never_counts_as_long() -> None:
    exempt = frozenset({"anerkennungszuschuss"})
    assert readability("Der Anerkennungszuschuss hilft.", exempt).lix < readability("Der Anerkennungszuschuss hilft.").lix


def test_empty_text_has_no_figures() -> None:
    assert readability("").longest_sentence == 0


def test_easy_text_passes() -> None:
    assert easy_faults("Sie haben einen Beruf gelernt. Sie wollen hier arbeiten. Wir helfen Ihnen.") == []


@pytest.mark.parametrize(("text", "message"), [
    ("Wort " * 21 + ".", "Ein Satz hat 21 Wörter"),
    ("Das ist ein Satz mit genau dreizehn Wörtern und er ist zu lang.", "im Mittel 13.0 Wörter"),
    ("Gleichwertigkeitsfeststellungsverfahren gibt es.", "Zu lange Wörter: Gleichwertigkeitsfeststellungsverfahren"),
    ("Behörden verlangen beglaubigte Übersetzungen ausländischer Zeugnisse.", "Der LIX ist"),
], ids=["langer-satz", "lange-saetze", "langes-wort", "lix"])
def test_hard_text_is_told_why(text: str, message: str) -> None:
    assert any(message in fault for fault in easy_faults(text))
