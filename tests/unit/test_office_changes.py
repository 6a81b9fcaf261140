"""Changing office files: only the lines of changed fields, and all files or none."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.base import Knowledge
from bot.knowledge.errors import ContentError, ContentErrors
from bot.knowledge.office_csv import Row
from bot.knowledge.office_files import Change, plan_changes, write_changes
from bot.knowledge.office_yaml import edit_field
from bot.knowledge.offices import load_offices
from bot.knowledge.yamlfile import CONTROL

FILE = """# Anruf am 3.11.: neue Nummer
name: Beratung   # nicht kürzen
telefon: '+49 641 000-0'
# Die E-Mail gilt bis Jahresende.
email:    "a@b.example"
zielgruppen: [ratsuchende,   pflege]
region: >-
  Mittelhessen
  und Nordhessen

# Quellen
quellen:
  # amtlich
  - 'https://a.example'  # Impressum
  - https://b.example
  # Ende
"""
EDITS: dict[str, tuple[str, Any, str, str]] = {
    # name: field, new value, old text, new text
    "replace": ("telefon", "+49 641 111-1", "'+49 641 000-0'", "'+49 641 111-1'"),
    "keep-comment-of-the-line": ("name", "Beratung: Gießen", "name: Beratung ", "name: 'Beratung: Gießen' "),
    "remove-but-keep-the-next-comment": ("telefon", None, "telefon: '+49 641 000-0'\n", ""),
    "remove-a-folded-text": ("region", None, "region: >-\n  Mittelhessen\n  und Nordhessen\n", ""),
    "replace-a-folded-text": ("region", "Hessen", "region: >-\n  Mittelhessen\n  und Nordhessen\n", "region: Hessen\n"),
    "flow-list": ("zielgruppen", ("pflege",), "[ratsuchende,   pflege]", "[pflege]"),
    "add-in-order": ("plz", "01067", "  und Nordhessen\n", "  und Nordhessen\nplz: '01067'\n"),
    "add-to-a-block-list": ("quellen", ("https://a.example", "https://b.example", "https://c.example"), "  - https://b.example\n", "  - https://b.example\n  - 'https://c.example'\n"),
    "remove-from-a-block-list": ("quellen", ("https://a.example",), "  - https://b.example\n", ""),
    "reorder-a-block-list": ("quellen", ("https://b.example", "https://a.example"), "  - 'https://a.example'  # Impressum\n  - https://b.example\n",
                             "  - https://b.example\n  - 'https://a.example'  # Impressum\n"),
    "quote-in-text": ("email", "o'neil@b.example", 'email:    "a@b.example"', "email: 'o''neil@b.example'"),
}


def rows(**cells: str) -> list[Row]:
    return [Row(2, "zab", cells)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with copies of three office files."""
    for name in ("zab", "zsba", "pqz-hessen"):
        (tmp_path / f"{name}.yml").write_bytes((Path(__file__).parents[2] / "data" / "offices" / f"{name}.yml").read_bytes())
    return tmp_path


def plan(knowledge: Knowledge, folder: Path, table: list[Row]) -> list[Change]:
    return plan_changes(table, Path("stellen.csv"), knowledge, folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize(("field", "value", "old", "new"), EDITS.values(), ids=EDITS)
def test_only_the_lines_of_the_field_change(field: str, value: Any, old: str, new: str, newline: str) -> None:
    assert FILE.count(old) == 1
    assert edit_field(FILE.replace("\n", newline), field, value) == FILE.replace(old, new).replace("\n", newline)


def test_field_is_added_after_a_last_line_without_end() -> None:
    assert edit_field("name: a", "plz", "35037") == "name: a\nplz: '35037'\n"


def test_field_is_added_before_all_others_when_none_precedes_it() -> None:
    assert edit_field("# Kopf\nplz: '35037'\n", "name", "a") == "# Kopf\nname: a\nplz: '35037'\n"


def test_missing_column_leaves_the_field_and_empty_cell_removes_it(knowledge: Knowledge, folder: Path) -> None:
    before = (folder / "zab.yml").read_text(encoding="utf-8")
    [change] = plan(knowledge, folder, rows(email="", telefon="+49 228 000-0"))
    assert [tuple(f) for f in change.fields] == [("telefon", "", "+49 228 000-0"), ("email", "zabservice@kmk.org", "")]
    assert change.after.decode() == before.replace("email: 'zabservice@kmk.org'", "telefon: '+49 228 000-0'")


def test_fields_without_a_column_stay(knowledge: Knowledge, folder: Path) -> None:
    source = Path(__file__).parents[2] / "data" / "offices" / "ib-wetzlar-migrationsberatung.yml"
    text = source.read_text(encoding="utf-8")
    (folder / source.name).write_text(text, encoding="utf-8")
    [change] = plan(knowledge, folder, [Row(2, source.stem, {"hinweis": ""})])
    assert change.office.sprechtage == knowledge.offices[source.stem].sprechtage != ()
    assert change.after.decode() == "".join(line for line in text.splitlines(keepends=True) if not line.startswith("hinweis:"))


def test_plan_writes_nothing(knowledge: Knowledge, folder: Path) -> None:
    before = contents(folder)
    plan(knowledge, folder, rows(email=""))
    assert contents(folder) == before


def test_file_with_odd_layout_is_refused_and_not_broken(knowledge: Knowledge, folder: Path) -> None:
    path = folder / "zab.yml"
    path.write_text(yaml.safe_dump(yaml.safe_load(path.read_text(encoding="utf-8")), allow_unicode=True, default_flow_style=True, sort_keys=False), encoding="utf-8")
    with pytest.raises(ContentErrors, match="von Hand eintragen"):
        plan(knowledge, folder, rows(telefon="+49 228 000-0"))


def test_file_that_changed_since_the_plan_is_kept(knowledge: Knowledge, folder: Path) -> None:
    changes = plan(knowledge, folder, [*rows(email=""), Row(3, "zsba", {"ort": ""})])
    (folder / "zsba.yml").write_text("name: eben geändert\n", encoding="utf-8")
    before = contents(folder)
    with pytest.raises(ContentErrors, match="seit dem Vergleich geändert"):
        write_changes(changes)
    assert contents(folder) == before


def test_all_files_are_put_back_when_one_cannot_be_replaced(knowledge: Knowledge, folder: Path) -> None:
    [first, second] = plan(knowledge, folder, [*rows(email=""), Row(3, "zsba", {"ort": ""})])
    new = replace(first, path=folder / "neu.yml", before=None)
    blocked = replace(second, path=folder / "ordner.yml", before=None)
    blocked.path.mkdir()
    (blocked.path / "inhalt").touch()
    before = contents(folder)
    with pytest.raises(ContentErrors, match="nichts wurde geändert") as caught:
        write_changes([first, new, blocked])
    assert caught.value.errors[0].file == blocked.path
    assert contents(folder) == before


def test_mode_of_a_file_is_kept(knowledge: Knowledge, folder: Path) -> None:
    (folder / "zab.yml").chmod(0o640)
    write_changes(plan(knowledge, folder, rows(email="")))
    assert os.stat(folder / "zab.yml").st_mode & 0o777 == 0o640


TEXT = st.text(st.characters(blacklist_categories=("Cs",)), max_size=60).map(lambda t: " ".join(t.split())).filter(
    lambda t: not CONTROL.search(t) and len(t.splitlines()) < 2 and "<" not in t and not t.startswith(("=", "+", "-", "@")))


@settings(max_examples=60, deadline=None)
@given(name=TEXT.filter(bool), street=TEXT, town=TEXT)
def test_any_text_is_read_back_as_it_was_given(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory, name: str, street: str, town: str) -> None:
    folder = tmp_path_factory.mktemp("stellen")
    cells = {"name": name, "strasse": street, "ort": town, "angebot": "aqb", "zielgruppen": "ratsuchende", "region": "Hessen", "zustaendig_laut": "keine",
             "lage": "keine", "status": "aktiv", "sicher": "geprueft", "quellen": "https://a.example"}
    write_changes(plan(knowledge, folder, [Row(2, "neu", cells)]))
    errors: list[ContentError] = []
    found = load_offices(folder, ("aqb",), frozenset(), errors)["neu"]
    assert (found.name, found.strasse, found.ort, errors) == (name, street, town, [])
