"""Wrong fields in well-formed files: each fault names its field and its line."""

from __future__ import annotations

from typing import Any, Callable

import pytest

from bot.knowledge.errors import ContentError
from bot.knowledge.yamlfile import Record, is_public_url, read_yaml

Take = Callable[[Record], Any]
WRONG: dict[str, tuple[str, Take, str, str]] = {
    # name: value of the field f on line 2, how it is taken, field in the message, part of the message
    "missing-text": ("~", lambda r: r.take_text("f"), "f", "fehlt oder ist leer"),
    "empty-text": ("''", lambda r: r.take_text("f"), "f", "fehlt oder ist leer"),
    "number-as-text": ("35037", lambda r: r.take_text("f"), "f", "Text erwartet"),
    "list-as-text": ("[a]", lambda r: r.take_text("f"), "f", "Text erwartet"),
    "too-long": ("x" * 21, lambda r: r.take_text("f", limit=20), "f", "21 Zeichen, erlaubt sind 20"),
    "html": ("'a <b>fett</b>'", lambda r: r.take_text("f"), "f", "HTML"),
    "script": ("'<script src=x>'", lambda r: r.take_text("f"), "f", "HTML"),
    "html-comment": ("'a <!-- b -->'", lambda r: r.take_text("f"), "f", "HTML"),
    "german-date": ("25.11.2026", lambda r: r.take_date("f"), "f", "kein Datum"),
    "no-such-day": ("2026-02-30", lambda r: r.take_date("f"), "f", "kein Datum"),
    "short-date": ("2026-1-1", lambda r: r.take_date("f"), "f", "kein Datum"),
    "date-with-time": ("2026-11-25T10:00", lambda r: r.take_date("f"), "f", "kein Datum"),
    "foreign-digits": ("٢٠٢٦-١١-٢٥", lambda r: r.take_date("f"), "f", "kein Datum"),
    "unknown-choice": ("hessen", lambda r: r.take_choice("f", ("Hessen", "bundesweit")), "f", "nicht erlaubt"),
    "word-as-bool": ("ja", lambda r: r.take_bool("f", False), "f", "weder true noch false"),
    "number-as-bool": ("1", lambda r: r.take_bool("f", False), "f", "weder true noch false"),
    "text-as-number": ("45.934,20", lambda r: r.take_number("f"), "f", "keine Zahl"),
    "bool-as-number": ("true", lambda r: r.take_number("f"), "f", "keine Zahl"),
    "infinite-number": (".inf", lambda r: r.take_number("f"), "f", "keine Zahl"),
    "not-a-number": (".nan", lambda r: r.take_number("f"), "f", "keine Zahl"),
    "http-link": ("http://hessen.de", lambda r: r.take_url("f"), "f", "https-Adresse"),
    "script-link": ("'javascript:alert(1)'", lambda r: r.take_url("f"), "f", "https-Adresse"),
    "link-with-login": ("https://a:b@hessen.de", lambda r: r.take_url("f"), "f", "https-Adresse"),
    "broken-link": ("'https://[hessen.de'", lambda r: r.take_url("f"), "f", "https-Adresse"),
    "text-as-list": ("a", lambda r: r.take_texts("f"), "f", "Liste erwartet"),
    "empty-list": ("[]", lambda r: r.take_texts("f"), "f", "Liste ist leer"),
    "number-in-list": ("[a, 5]", lambda r: r.take_texts("f"), "f", "kein Text"),
    "empty-item-in-list": ("[a, ' ']", lambda r: r.take_texts("f"), "f", "kein Text"),
    "text-as-mapping": ("a", lambda r: r.take_record("f"), "f.", "Felder erwartet"),
    "missing-inner-field": ("[{a: x}]", lambda r: r.take_records("f", True, lambda i: (i.take("a"), i.take_text("b"))), "f[1].b", "fehlt oder ist leer"),
    "unknown-inner-field": ("[{a: x, c: y}]", lambda r: r.take_records("f", True, lambda i: i.take_text("a")), "f[1].c", "Dieses Feld gibt es nicht"),
}


@pytest.mark.parametrize(("value", "take", "field", "message"), WRONG.values(), ids=WRONG)
def test_wrong_value_is_noted_with_field_and_line(write, value: str, take: Take, field: str, message: str) -> None:
    errors: list[ContentError] = []
    path = write("kaputt.yml", f"g: 1\nf: {value}\n")
    take(Record(read_yaml(path), path, errors))
    [error] = errors
    assert (error.file, error.line, error.field) == (path, 2, field)
    assert message in error.problem
    assert error.remedy


def test_missing_required_field_is_noted_at_the_start(write) -> None:
    errors: list[ContentError] = []
    path = write("kaputt.yml", "a: 1\n")
    Record(read_yaml(path), path, errors).take_text("frage")
    assert [(e.line, e.field) for e in errors] == [(1, "frage")]


def test_unknown_field_names_the_known_ones(write) -> None:
    errors: list[ContentError] = []
    path = write("kaputt.yml", "frage: a\nanwort: b\n")
    record = Record(read_yaml(path), path, errors)
    record.take_text("frage")
    record.take_text("antwort", required=False)
    record.finish()
    [error] = errors
    assert (error.line, error.field) == (2, "anwort")
    assert "antwort, frage" in error.remedy


def test_list_where_fields_are_expected_is_noted(write) -> None:
    errors: list[ContentError] = []
    path = write("kaputt.yml", "- a\n- b\n")
    Record(read_yaml(path), path, errors).finish()
    assert ["Felder erwartet" in e.problem for e in errors] == [True]


def test_entry_without_fields_is_noted_and_skipped(write) -> None:
    errors: list[ContentError] = []
    path = write("kaputt.yml", "a:\nb: {c: x}\n")
    found = [(key, entry.take_text("c")) for key, entry in Record(read_yaml(path), path, errors).entries()]
    assert found == [("b", "x")]
    assert [(e.line, e.field) for e in errors] == [(1, "a")]


def test_optional_fields_may_be_missing(write) -> None:
    errors: list[ContentError] = []
    path = write("gut.yml", "a: 1\n")
    record = Record(read_yaml(path), path, errors)
    taken = (record.take_text("b", False), record.take_date("c", False), record.take_number("d", False), record.take_texts("e", False), record.take_bool("f", True))
    assert (taken, errors) == (("", None, None, (), True), [])


@pytest.mark.parametrize("url", ["https://hessen.de", "https://www.x-y.de:8443/a?b=c#d", "https://xn--bcher-kva.de/"])
def test_public_address_is_accepted(url: str) -> None:
    assert is_public_url(url)


@pytest.mark.parametrize("url", ["", "hessen.de", "ftp://hessen.de", "https://", "https://localhost", "https://a b.de", "https://hessen.de/a b", "https://x@hessen.de"])
def test_other_address_is_refused(url: str) -> None:
    assert not is_public_url(url)
