"""Broken training files: file, line, intent and remedy instead of silently lost sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.errors import ContentErrors
from bot.knowledge.nlu_files import read_examples

GOOD = """version: "3.1"
nlu:
- intent: faq/anabin
  examples: |
    - Was ist anabin?
    - anabin h+
"""
FAULTS: dict[str, tuple[str, str, int, str]] = {
    # name: old text, new text, line, part of the message
    "no-version": ('version: "3.1"\n', "", 1, "Version fehlt"),
    "old-version": ("3.1", "2.0", 1, "Version fehlt oder ist unbekannt"),
    "future-version": ("3.1", "9.0", 1, "Version fehlt oder ist unbekannt"),
    "no-bar": ("examples: |", "examples:", 4, "fehlt der Strich"),
    "list-of-examples": ("  examples: |\n    - Was ist anabin?\n    - anabin h+\n", "  examples: [a, b]\n", 4, "fehlt der Strich"),
    "line-without-dash": ("    - anabin h+", "    anabin h+", 6, "beginnt nicht mit"),
    "dash-without-blank": ("    - anabin h+", "    -anabin h+", 6, "beginnt nicht mit"),
    "empty-line-with-dash": ("    - anabin h+", "    - ", 6, "beginnt nicht mit"),
    "entity-markup": ("anabin h+", "anabin [Kassel](ort)", 6, "Klammern"),
    "broken-markup": ("anabin h+", "anabin [Kassel(ort", 6, "Klammern"),
    "no-intent": ("- intent: faq/anabin\n  examples", "- examples", 3, "fehlt"),
    "unknown-key": ("nlu:", "domain: x\nnlu:", 2, "gibt es nicht"),
    "unknown-block-key": ("- intent: faq/anabin\n", "- intent: faq/anabin\n  beispiele: x\n", 4, "gibt es nicht"),
    "synonym-block": ("intent: faq/anabin", "synonym: faq/anabin", 3, "gibt es nicht"),
    "tab": ("    - anabin h+", "\t- anabin h+", 6, "Tabulator"),
    "empty": (GOOD, "", 0, "leer"),
    "no-blocks": (GOOD, 'version: "3.1"\nnlu: []\n', 2, "leer"),
}


@pytest.mark.parametrize(("old", "new", "line", "message"), FAULTS.values(), ids=FAULTS)
def test_fault_is_named_with_file_and_line(write, old: str, new: str, line: int, message: str) -> None:
    assert old in GOOD
    path = write("nlu/anabin.yml", GOOD.replace(old, new, 1))
    with pytest.raises(ContentErrors) as caught:
        read_examples(path.parent)
    found = [e for e in caught.value.errors if message in e.problem]
    assert [(e.file, e.line) for e in found][:1] == [(path, line)], str(caught.value)
    assert found[0].remedy


def test_good_file_is_read_with_lines(write) -> None:
    path = write("nlu/faq/anabin.yml", GOOD)
    assert [(e.text, e.intent, e.line) for e in read_examples(path.parents[1])] == [("Was ist anabin?", "faq/anabin", 5), ("anabin h+", "faq/anabin", 6)]


def test_background_sentences_are_no_training_sentences(write) -> None:
    write("nlu/a.yml", GOOD)
    path: Path = write("nlu/hintergrund/parallel.yml", "de:\n- Ich lese.\n")
    assert len(read_examples(path.parents[1])) == 2


def test_changed_file_is_read_again(write) -> None:
    path = write("nlu/a.yml", GOOD)
    read_examples(path.parent)
    write("nlu/a.yml", GOOD + "    - dritte Frage\n")
    assert len(read_examples(path.parent)) == 3


def test_faults_of_all_files_are_listed(write) -> None:
    write("nlu/a.yml", GOOD.replace("3.1", "1.0"))
    path = write("nlu/b.yml", "nlu: [\n")
    with pytest.raises(ContentErrors) as caught:
        read_examples(path.parent)
    assert [e.file.name for e in caught.value.errors] == ["a.yml", "b.yml"]
