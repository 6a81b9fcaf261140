"""Broken FAQ records: every fault is named with file, line, field and remedy."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.knowledge.errors import ContentError
from bot.knowledge.faq import Faq, load_faq
from bot.knowledge.werte import Stage, Wert

GOOD = """frage: Was kostet die Anerkennung?
kurz: Kosten
thema: kosten
antwort: Die Anerkennung kostet meist {werte.gebuehr}.
antwort_einfach: Sie müssen etwas bezahlen.
mehr: Dazu kommen Übersetzungen.
rechtsgrundlagen:
- {norm: § 1 BQFG, url: 'https://www.gesetze-im-internet.de/bqfg/'}
quellen:
- {titel: Portal, url: 'https://www.anerkennung-in-deutschland.de/'}
gilt: bundesweit
stand: 2026-08-19
pruefen_bis: 2027-08-19
sicher: geprueft
verwandt: [dauer]
aspekte: {dauer: dauer}
beratung_anbieten: true
"""
OTHER = GOOD.replace("Was kostet die Anerkennung?", "Wie lange dauert es?").replace("[dauer]", "[kosten]").replace("{dauer: dauer}", "{kosten: kosten}")
TOMORROW = (dt.date.today() + dt.timedelta(days=1)).isoformat()
FAULTS: dict[str, tuple[str, str, str, int, str]] = {
    # name: old text, new text, field, line, part of the message
    "no-question": ("frage: Was kostet die Anerkennung?\n", "", "frage", 1, "fehlt"),
    "empty-answer": ("antwort: Die Anerkennung kostet meist {werte.gebuehr}.", "antwort: ''", "antwort", 4, "fehlt"),
    "no-easy-answer": ("antwort_einfach: Sie müssen etwas bezahlen.\n", "", "antwort_einfach", 1, "fehlt"),
    "81-words": ("Die Anerkennung kostet", "Ja " * 75 + "die Anerkennung kostet", "antwort", 4, "81 Wörter, erlaubt sind 80"),
    "button-too-long": ("kurz: Kosten", "kurz: " + "Kosten " * 8, "kurz", 2, "erlaubt sind 48"),
    "answer-too-long": ("Sie müssen", "Wort " * 200 + "Sie müssen", "antwort_einfach", 5, "erlaubt sind 900"),
    "unknown-topic": ("thema: kosten", "thema: preise", "thema", 3, "nicht erlaubt"),
    "default-topic": ("thema: kosten", "thema: standard", "thema", 3, "nicht erlaubt"),
    "unknown-value": ("werte.gebuehr", "werte.gebuer", "antwort", 4, "Den Wert „gebuer“ gibt es nicht"),
    "open-brace": ("etwas bezahlen", "{werte.gebuehr bezahlen", "antwort_einfach", 5, "geschweifte Klammer"),
    "foreign-slot": ("etwas bezahlen", "{beruf} bezahlen", "antwort_einfach", 5, "geschweifte Klammer"),
    "fixed-amount": ("Dazu kommen Übersetzungen", "Dazu kommen 50 Euro", "mehr", 6, "„50 Euro“ steht fest"),
    "fixed-amount-sign": ("etwas bezahlen", "1.234,50 € bezahlen", "antwort_einfach", 5, "steht fest"),
    "review-note": ("Dazu kommen", "Prüfhinweis intern. Dazu kommen", "mehr", 6, "Prüfhinweis"),
    "html": ("etwas bezahlen", "<b>etwas</b> bezahlen", "antwort_einfach", 5, "HTML"),
    "http-norm": ("'https://www.gesetze", "'http://www.gesetze", "rechtsgrundlagen[1].url", 8, "https-Adresse"),
    "http-source": ("'https://www.anerk", "'http://www.anerk", "quellen[1].url", 10, "https-Adresse"),
    "no-sources": ("- {titel: Portal, url: 'https://www.anerkennung-in-deutschland.de/'}\n", "", "quellen", 9, "fehlt"),
    "source-without-title": ("titel: Portal, ", "", "quellen[1].titel", 10, "fehlt"),
    "unknown-scope": ("gilt: bundesweit", "gilt: Bayern", "gilt", 11, "nicht erlaubt"),
    "wrong-date": ("stand: 2026-08-19", "stand: 19.08.2026", "stand", 12, "kein Datum"),
    "future-date": ("stand: 2026-08-19", f"stand: {TOMORROW}", "stand", 12, "liegt in der Zukunft"),
    "review-before-date": ("pruefen_bis: 2027-08-19", "pruefen_bis: 2026-08-19", "pruefen_bis", 13, "nicht nach dem Stand"),
    "unknown-certainty": ("sicher: geprueft", "sicher: ja", "sicher", 14, "nicht erlaubt"),
    "dangling-related": ("verwandt: [dauer]", "verwandt: [dauerr]", "verwandt", 15, "„dauerr“ gibt es nicht"),
    "related-to-itself": ("verwandt: [dauer]", "verwandt: [kosten]", "verwandt", 15, "diese selbst"),
    "dangling-aspect": ("{dauer: dauer}", "{dauer: dauerr}", "aspekte", 16, "„dauerr“ gibt es nicht"),
    "unknown-aspect": ("{dauer: dauer}", "{zeit: dauer}", "aspekte.zeit", 16, "gibt es nicht"),
    "word-as-bool": ("beratung_anbieten: true", "beratung_anbieten: ja", "beratung_anbieten", 17, "weder true noch false"),
    "unknown-field": ("kurz: Kosten", "kurz: Kosten\nkategorie: x", "kategorie", 3, "Dieses Feld gibt es nicht"),
    "tab": ("kurz: Kosten", "\tkurz: Kosten", "", 2, "Tabulator"),
    "same-question": ("Was kostet die Anerkennung?", "wie lange dauert es?", "frage", 1, "Dieselbe Frage"),
}


def load(write, content: str | bytes, name: str = "kosten") -> tuple[dict[str, Faq], list[ContentError]]:
    day = dt.date(2026, 1, 1)
    werte = {"gebuehr": Wert("gebuehr", "Gebühr", "Euro", "§", "https://hessen.de", day, day, (Stage(100, None, None, None),))}
    path = write(f"faq/{name}.yml", content)
    write("faq/dauer.yml", OTHER.replace("kosten]", f"{name}]").replace("{kosten: kosten}", f"{{kosten: {name}}}"))
    errors: list[ContentError] = []
    return load_faq(path.parent, ("kosten",), werte, errors), errors


def test_good_record_is_read_whole(write) -> None:
    faqs, errors = load(write, GOOD)
    assert not errors
    faq = faqs["kosten"]
    assert (faq.thema, faq.stand, faq.verwandt, faq.aspekte, faq.beratung_anbieten) == ("kosten", dt.date(2026, 8, 19), ("dauer",), {"dauer": "dauer"}, True)


@pytest.mark.parametrize(("old", "new", "field", "line", "message"), FAULTS.values(), ids=FAULTS)
def test_fault_is_named_with_field_and_line(write, old: str, new: str, field: str, line: int, message: str) -> None:
    assert old in GOOD
    _, errors = load(write, GOOD.replace(old, new, 1))
    found = [e for e in errors if (e.field, e.line) == (field, line) and message in e.problem]
    assert found, [str(e) for e in errors]
    assert found[0].remedy


@pytest.mark.parametrize("name", ["gebühr", "Kosten", "kosten_ihk", "kosten--ihk", "kosten-"])
def test_file_name_that_is_no_id_is_refused(write, name: str) -> None:
    _, errors = load(write, GOOD, name)
    assert [e.problem for e in errors if e.file.stem == name] == [f"Der Dateiname „{name}“ ist keine Kennung."]


def test_one_broken_file_does_not_hide_the_faults_of_others(write) -> None:
    write("faq/aaa.yml", "frage: [\n")
    _, errors = load(write, GOOD.replace("gilt: bundesweit", "gilt: Bayern"))
    assert {e.file.name for e in errors} == {"aaa.yml", "kosten.yml"}


def test_record_is_overdue_only_after_its_review_date(write) -> None:
    faq = load(write, GOOD)[0]["kosten"]
    assert [faq.is_overdue(dt.date(2027, 8, day)) for day in (18, 19, 20)] == [False, False, True]
