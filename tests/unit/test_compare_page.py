"""A comparison as JSON, CSV and HTML: nothing is lost, nothing runs, everything has a name."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.training import comparison as kept
from bot.training import gate
from bot.training.compare_csv import TABLES, as_csv
from bot.training.compare_page import fragment, name_of
from bot.training.comparison import Complaint, Conversation, FaqChange, Flip
from tests.unit.comparisons import change, comparison, figures

BAD = '<script>alert(1)</script>" onload=x'
FULL = comparison(
    figures_b=figures(macro_f1=0.91), sets=[change("de_klar", 100, 95, 80), change("sprache_ar")], faqs=[FaqChange("anabin", 12, 12, 9)],
    flips=[Flip("de_klar", BAD, "anabin", "faq/anabin", "faq/aqb", 0.9, 0.5, False), Flip("fremd_nah", "=1+1", "", "faq/aqb", "", 0.7, 0.2, True)],
    complaints=[Complaint("@SUM(A1)", "", "", "faq/aqb", True, False)], conversations=[Conversation(BAD, "gespraeche.yml", True, False, "Die Antwort ist leer.")],
)


def test_comparison_comes_back_from_its_file(tmp_path: Path) -> None:
    kept.save(FULL, tmp_path)
    assert kept.load(FULL.a.sha256, FULL.b.sha256, tmp_path) == FULL
    assert kept.load(FULL.b.sha256, FULL.a.sha256, tmp_path) is None


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"conversations": null}'])
def test_broken_file_counts_as_not_compared(tmp_path: Path, content: str) -> None:
    kept.path_of(FULL.a.sha256, FULL.b.sha256, tmp_path).write_text(content, encoding="utf-8")
    assert kept.load(FULL.a.sha256, FULL.b.sha256, tmp_path) is None


class Reader(HTMLParser):
    """Collects tags and checks that they close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag != "rect":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag != "rect":
            assert self.open.pop() == tag


def test_page_is_well_formed_and_runs_nothing() -> None:
    html = fragment(FULL, gate.check(FULL), level=3)
    reader = Reader()
    reader.feed(html)
    assert reader.open == []
    assert not [t for t, a in reader.seen if t in ("script", "style", "iframe") or any(k.startswith("on") or k == "style" for k in a)]
    assert [t for t, _ in reader.seen if t.startswith("h")][0] == "h3"
    tables, captions = sum(t == "table" for t, _ in reader.seen), sum(t == "caption" for t, _ in reader.seen)
    assert tables == captions == 6
    assert all("scope" in a for t, a in reader.seen if t == "th")
    assert all(a.get("aria-hidden") == "true" for t, a in reader.seen if t == "svg")


def test_page_says_why_the_gate_is_closed() -> None:
    html = fragment(FULL, gate.check(FULL))
    for words in ("Freigabe gesperrt", "fällt um 6,0 Punkte", "▼ schlechter", "▲ besser", "0 von 1 Gesprächen laufen wie geschrieben", "Arabisch", "80,0 %"):
        assert words in html
    assert "Freigabe möglich" in fragment(comparison(), gate.check(comparison()))


@pytest.mark.parametrize("table", TABLES)
def test_csv_is_read_back_and_no_cell_is_a_formula(table: str) -> None:
    text = as_csv(FULL, table)
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert text.startswith("\ufeff") and len({len(row) for row in rows}) == 1 and len(rows) >= 2
    assert not [cell for row in rows for cell in row if cell[:1] in "=@" and cell]


def test_csv_holds_every_changed_sentence() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(FULL, "saetze").removeprefix("\ufeff")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["schlechter", "besser", "beschwerde_falsch"]
    assert rows[1][2] == BAD and rows[2][2] == "'=1+1" and rows[3][2] == "'@SUM(A1)" and rows[1][6] == "0,9"


def test_every_group_has_a_german_name() -> None:
    from bot.training.heldout import load_sets

    assert [name for name in load_sets() if name_of(name) == name] == []
