"""Phrasings in and out of a file: nothing else in it moves."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editor.errors import EditError
from bot.editor.nlu_document import NluDocument
from bot.editor.phrasing_rules import clean, form_faults
from bot.knowledge.base import DATA
from bot.knowledge.nlu_files import parse_examples
from bot.knowledge.yamlfile import parse_yaml

FILES = sorted(path for path in (DATA / "nlu").rglob("*.yml") if path.parent.name != "hintergrund")
ODD = """# Kopf
version: "3.1"   # Rasa

nlu:
# vor der Absicht
- intent: faq/anabin  # hinten
  examples: |
    - Was ist anabin?
    - # ist kein Kommentar
    - "in Anführungszeichen" und 'so' & ä ö ü ß: ja

# zwischen den Absichten
- intent: mensch
  examples: |
    - ich will einen menschen

# Ende
"""
NEW = "Ganz neuer Satz für die Übung – §\u00a018"


def changed(before: bytes, after: bytes) -> list[str]:
    lines = difflib.unified_diff(before.decode().splitlines(), after.decode().splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(DATA / "nlu").as_posix())
def test_every_file_survives_and_a_sentence_is_one_line(path: Path) -> None:
    raw = path.read_bytes()
    document = NluDocument(raw, path.name)
    assert document.render() == raw
    intent = document.intents()[-1]
    document.add(intent, [NEW])
    grown = document.render()
    assert changed(raw, grown) == [f"+    - {NEW}"]
    again = NluDocument(grown, path.name)
    again.remove(intent, [NEW])
    assert again.render() == raw


@pytest.mark.parametrize("form", [ODD.encode(), ODD.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + ODD.encode()], ids=["unix", "windows", "mark"])
@pytest.mark.parametrize("intent", ["faq/anabin", "mensch"])
def test_comments_quotes_and_line_ends_stay(form: bytes, intent: str) -> None:
    document = NluDocument(form, "a.yml")
    assert document.render() == form
    document.add(intent, ["eins", "zwei"])
    assert [line.strip() for line in changed(form, document.render())] == ["+    - eins", "+    - zwei"]
    assert document.render().count(b"\r\n") == (form.count(b"\r\n") and form.count(b"\r\n") + 2)


def test_removing_keeps_all_other_lines() -> None:
    document = NluDocument(ODD.encode(), "a.yml")
    document.remove("faq/anabin", ["# ist kein Kommentar"])
    assert changed(ODD.encode(), document.render()) == ["-    - # ist kein Kommentar"]


def test_renaming_changes_one_line() -> None:
    document = NluDocument(ODD.encode(), "a.yml")
    document.rename("faq/anabin", "faq/anders")
    assert changed(ODD.encode(), document.render()) == ["-- intent: faq/anabin  # hinten", "+- intent: faq/anders  # hinten"]


def test_last_sentence_and_unknown_ones_are_refused() -> None:
    document = NluDocument(ODD.encode(), "a.yml")
    for intent, sentences, words in (("mensch", ["ich will einen menschen"], "keinen Satz mehr"), ("mensch", ["gibt es nicht"], "steht nicht bei"), ("weg", ["x"], "steht nicht in dieser Datei")):
        with pytest.raises(EditError, match=words):
            document.remove(intent, sentences)
    assert document.render() == ODD.encode()


@pytest.mark.parametrize("text", ["version: '3.1'\n", "nlu: [a]\n", "- a\n", "nlu:\n- intent: a\n  examples: [b]\n", "nlu: [\n", "nlu:\n- intent: a\n  examples:   |\n    - b\n"],
                         ids=["no-nlu", "no-blocks", "list", "examples-list", "broken", "odd-spaces"])
def test_file_that_is_not_ours_is_refused(text: str) -> None:
    with pytest.raises(EditError):
        NluDocument(text.encode(), "a.yml")


sentences = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="[]{}|\u2028\u2029\ufeff"), min_size=1, max_size=60).map(clean).filter(lambda t: t and not form_faults(t, ""))


@given(st.lists(sentences, min_size=1, max_size=6, unique=True))
def test_whatever_is_added_is_read_as_such_and_can_be_removed(added: list[str]) -> None:
    document = NluDocument(ODD.encode(), "a.yml")
    kept = document.sentences("faq/anabin")
    added = [sentence for sentence in added if sentence not in kept]
    document.add("faq/anabin", added)
    raw = document.render()
    found, faults = parse_examples(parse_yaml(raw, Path("a.yml")), Path("a.yml"))
    assert ([e.text for e in found if e.intent == "faq/anabin"], faults) == (kept + added, ())
    again = NluDocument(raw, "a.yml")
    again.remove("faq/anabin", added)
    assert again.render() == ODD.encode()
