"""Broken YAML files: one German message each with file, line and remedy, never a traceback."""

from __future__ import annotations

import re

import pytest

from bot.knowledge.errors import ContentErrors
from bot.knowledge.yamlfile import MAX_BYTES, read_yaml

BROKEN: dict[str, tuple[bytes, int, str]] = {
    # name: content, line of the fault (0: whole file), part of the message
    "tab-indent": (b"a: 1\n\tb: 2\n", 2, "Tabulator"),
    "tab-list": (b"a:\n\t- x\n", 2, "Tabulator"),
    "duplicate-key": (b"a: 1\nb: 2\na: 3\n", 3, "steht zweimal"),
    "duplicate-nested-key": (b"a:\n  b: 1\n  b: 2\n", 3, "steht zweimal"),
    "anchor": (b"a: 1\nb: &x 1\n", 2, "Anker"),
    "alias": (b"a: 1\nb: *x\n", 2, "Anker"),
    "alias-bomb": (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 1, "Anker"),
    "merge-of-alias": (b"a: 1\nb:\n  <<: *x\n", 3, "Anker"),
    "python-tag": (b"a: !!python/object/apply:os.getcwd []\n", 1, "YAML-Tags"),
    "own-tag": (b"a: 1\nb: !wert 3\n", 2, "YAML-Tags"),
    "empty": (b"", 0, "leer"),
    "blank": (b"\n  \n", 0, "leer"),
    "comment-only": (b"# nur ein Kommentar\n", 0, "leer"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\xff\xfe", 1, "nicht in UTF-8"),
    "latin-1": ("a: 1\nb: Grün\n".encode("latin-1"), 2, "nicht in UTF-8"),
    "utf-16": ("a: Grün\n".encode("utf-16"), 1, "nicht in UTF-8"),
    "nul-byte": (b"a: 1\nb: x\x00y\n", 2, "Steuerzeichen"),
    "escape-character": (b"a: \x1b[31mrot\n", 1, "Steuerzeichen"),
    "open-quote": (b'a: "x\nb: 1\n', 3, "nicht geschlossen"),
    "open-brace": (b"a: {b: 1\n", 2, "nicht geschlossen"),
    "open-list": (b"a: [b, c\nd: 1\n", 2, "Klammer"),
    "colon-in-value": (b"a: 1\nb: c: d\n", 2, "Doppelpunkt"),
    "missing-colon": (b"a: 1\nb\nc: 2\n", 3, "Doppelpunkt"),
    "too-deep-indent": (b"a: 1\n  b: 2\n", 2, "Einrückung"),
    "uneven-indent": (b"a:\n    b: 1\n  c: 2\n", 3, "Einrückung"),
    "list-then-key": (b"- a\nb: 1\n", 2, "Einrückung"),
    "two-documents": (b"a: 1\n---\nb: 2\n", 2, "teilt die Datei"),
    "at-sign": (b"a: @home\n", 1, "Anführungszeichen"),
    "backquote": (b"a: `x`\n", 1, "Anführungszeichen"),
    "wrong-escape": (b'a: "\\q"\n', 1, "Rückwärtsstrich"),
    "list-as-key": (b"? [a]\n: 1\n", 1, "Schlüssel ist kein Text"),
    "half-a-hex-number": (b"a: 1\nb: 0x_\n", 2, "keine lesbare Zahl"),
    "endless-number": (b"a: " + b"9" * 5000, 1, "keine lesbare Zahl"),
    "deep-list": (b"a: 1\nb: " + b"[" * 500 + b"]" * 500, 2, "zu tief"),
    "endless-brackets": (b"[" * 200_000, 1, "zu tief"),
    "deep-indent": (b"".join(b" " * i + b"a:\n" for i in range(60)), 31, "zu tief"),
    "too-large": (b"a: 1\n" * (MAX_BYTES // 5 + 1), 0, "größer als 2 MiB"),
}
ENGLISH = re.compile(r"\b(found|expected|while|scanning|could not|not allowed|invalid)\b")


@pytest.mark.parametrize(("content", "line", "message"), BROKEN.values(), ids=BROKEN)
def test_broken_file_is_refused_with_file_line_and_remedy(write, content: bytes, line: int, message: str) -> None:
    path = write("kaputt.yml", content)
    with pytest.raises(ContentErrors) as caught:
        read_yaml(path)
    [error] = caught.value.errors
    assert (error.file, error.line) == (path, line)
    assert message in error.problem
    assert error.remedy.endswith(".")
    assert not ENGLISH.search(str(error))


def test_missing_file_is_refused_with_its_path(tmp_path) -> None:
    with pytest.raises(ContentErrors, match="fehlt.yml: Die Datei ist nicht lesbar"):
        read_yaml(tmp_path / "fehlt.yml")


def test_folder_is_refused_as_unreadable(tmp_path) -> None:
    with pytest.raises(ContentErrors, match="nicht lesbar"):
        read_yaml(tmp_path)


def test_duplicate_key_is_named_as_field(write) -> None:
    with pytest.raises(ContentErrors) as caught:
        read_yaml(write("kaputt.yml", "frage: a\nfrage: b\n"))
    assert str(caught.value).split(": ", 1)[1].startswith("Feld „frage“:")


def test_byte_order_mark_is_ignored(write) -> None:
    assert list(read_yaml(write("gut.yml", b"\xef\xbb\xbfa: 1\n")).value) == ["a"]


def test_nested_values_know_their_lines(write) -> None:
    located = read_yaml(write("gut.yml", "a: 1\n\nb:\n- x\n- {c: y}\n"))
    items = located.value["b"].value
    assert (located.value["b"].line, [item.line for item in items]) == (3, [4, 5])


@pytest.mark.parametrize("text", ["2026-11-25", "ja", "yes", "no", "on", "off", "12:30h"])
def test_dates_and_words_stay_text(write, text: str) -> None:
    assert read_yaml(write("gut.yml", f"a: {text}\n")).value["a"].value == text


def test_true_and_numbers_are_converted(write) -> None:
    values = [item.value for item in read_yaml(write("gut.yml", "[true, false, 3, 4.5]")).value]
    assert values == [True, False, 3, 4.5]


def test_several_faults_are_listed_in_order_of_lines(write) -> None:
    with pytest.raises(ContentErrors) as caught:
        read_yaml(write("kaputt.yml", "a: 1\na: 2\n"))
    both = ContentErrors([*caught.value.errors, *[type(e)(e.file, 1, "z", "Erstes.", "Tun.") for e in caught.value.errors]])
    assert [error.line for error in both.errors] == [1, 2]
