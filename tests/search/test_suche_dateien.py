"""Checks the two files of search queries: known answers, no query twice, enough of both."""

import unicodedata
from pathlib import Path
from typing import Any, Dict, List

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
HELDOUT = ROOT / "tests" / "search" / "heldout_suche.yml"
TUNING = ROOT / "benchmarks" / "dev" / "suche.yml"
FILES = [HELDOUT, TUNING]
ARTS = {"stichwort", "kompositum", "abkuerzung", "paragraf", "tippfehler", "synonym", "frage", "fremd"}


def load(path: Path) -> List[Dict[str, Any]]:
    """Returns the entries of one file, each with `suche`, `erwartet` and `art`."""
    entries: List[Dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return entries


def normal(text: str) -> str:
    """Returns the text in small letters and without signs or spaces, so that near copies compare equal."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def answers() -> Dict[str, Dict[str, Any]]:
    """Returns every answer in data/faq by its id, which is the name of its file."""
    paths = sorted((ROOT / "data" / "faq").glob("*.yml"))
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in paths}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_entries_are_well_formed_and_expect_existing_answers(path: Path) -> None:
    known = answers()
    for entry in load(path):
        assert set(entry) == {"suche", "erwartet", "art"}, entry
        assert isinstance(entry["suche"], str) and normal(entry["suche"]), entry
        assert entry["art"] in ARTS, entry
        expected = entry["erwartet"]
        assert 1 <= len(expected) <= 3 and len(set(expected)) == len(expected), entry
        unknown = [faq for faq in expected if faq not in known]
        assert not unknown, f"{entry['suche']!r} erwartet unbekannte FAQ {unknown}"


def test_no_query_stands_twice_in_or_across_the_files() -> None:
    seen: Dict[str, str] = {}
    for path in FILES:
        for entry in load(path):
            key = normal(entry["suche"])
            assert key not in seen, f"{entry['suche']!r} steht doppelt (auch als {seen[key]!r})"
            seen[key] = entry["suche"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_query_copies_the_wording_of_an_answer(path: Path) -> None:
    titles = {normal(answer[field]) for answer in answers().values() for field in ("frage", "kurz")}
    copies = [entry["suche"] for entry in load(path) if normal(entry["suche"]) in titles]
    assert not copies


def test_held_out_is_large_and_covers_most_answers_and_every_kind() -> None:
    entries = load(HELDOUT)
    assert len(entries) >= 150
    assert len({faq for entry in entries for faq in entry["erwartet"]}) >= 150
    assert {entry["art"] for entry in entries} == ARTS
