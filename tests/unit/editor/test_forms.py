"""FAQ records and dated values field by field: only what changes changes, and faults name their field."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.editor.changes import Draft
from bot.editor.errors import EditError
from bot.editor.faq_files import FIELDS, new_faq
from bot.editor.faq_form import edit_faq, faq_values, look
from bot.editor.faq_ids import rename_faq
from bot.editor.four_eyes import change_needs_second_person, needs_second_person
from bot.editor.phrasings import add_phrasings
from bot.editor.transaction import apply
from bot.editor.wert_form import edit_wert, new_stage, wert_values
from bot.editor.workspace import Workspace
from bot.editor.yaml_text import dump, load
from bot.knowledge.base import DATA, Knowledge
from tests.unit.editor.conftest import AYLIN
from tests.unit.editor.test_faq_ids import RECORD

FAQS = sorted((DATA / "faq").glob("*.yml"))
PHRASINGS = [f"was heißt h plus bei hochschule nummer {word}" for word in "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn".split()]


def lines(diff: str) -> list[str]:
    return [line for line in diff.splitlines() if line[:1] in "+-" and not line.startswith(("---", "+++"))]


@pytest.mark.parametrize("path", [*FAQS, DATA / "werte.yml", DATA / "themen.yml"], ids=lambda p: p.stem)
def test_every_record_survives_the_round_trip(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert dump(load(text, path.name)) == text


@pytest.mark.parametrize("path", FAQS[::12], ids=lambda p: p.stem)
def test_sending_the_form_back_changes_nothing(path: Path) -> None:
    assert edit_faq(path.stem, faq_values(path.stem)).is_empty


@pytest.mark.parametrize(("field", "value", "expected"), [
    ("kurz", "anabin: Datenbank", ["-kurz: anabin – Datenbank und H+ verstehen", "+kurz: 'anabin: Datenbank'"]),
    ("stand", "2026-11-20", ["-stand: 2026-03-31", "+stand: 2026-11-20"]),
    ("beratung_anbieten", True, ["-beratung_anbieten: false", "+beratung_anbieten: true"]),
    ("verwandt", ["zab-zeugnisbewertung"], ["-verwandt: [zab-zeugnisbewertung, zab-gebuehr-dauer, hochschulabschluss-nicht-reglementiert, blaue-karte-voraussetzungen]", "+verwandt: [zab-zeugnisbewertung]"]),
    ("aspekte", {}, ["-aspekte: {zustaendig: zab-zeugnisbewertung}"]),
    ("aspekte", {"zustaendig": "zsba", "kosten": "zsba"}, ["-aspekte: {zustaendig: zab-zeugnisbewertung}", "+aspekte: {zustaendig: zsba, kosten: zsba}"]),
    ("quellen", [{"titel": "Datenbank anabin", "url": "https://anabin.kmk.org/"}, {"titel": "Kultusministerkonferenz: ZAB", "url": "https://www.kmk.org/zab-neu.html"}],
     ["-- {titel: 'Kultusministerkonferenz: ZAB', url: 'https://www.kmk.org/zab.html'}", "+- {titel: 'Kultusministerkonferenz: ZAB', url: 'https://www.kmk.org/zab-neu.html'}"]),
    ("mehr", "- **H+:** Die Hochschule ist anerkannt.\r\n- **H-:** Die Hochschule ist nicht anerkannt.\r\n", ["-  - **H+/-:** Die Hochschule ist nur eingeschränkt anerkannt."]),
], ids=["text", "date", "bool", "list", "remove", "mapping", "records", "literal"])
def test_only_the_lines_of_the_field_change(workspace: Workspace, field: str, value: Any, expected: list[str]) -> None:
    [diff] = edit_faq("anabin", {field: value}, workspace).diffs().values()
    assert lines(diff) == expected


def test_one_word_in_a_long_text_leaves_the_other_lines(workspace: Workspace) -> None:
    text = faq_values("anabin", workspace)["antwort"].replace("Ausdruck", "Auszug")
    [diff] = edit_faq("anabin", {"antwort": text}, workspace).diffs().values()
    assert [line.replace("Auszug", "Ausdruck")[1:] for line in lines(diff) if line[0] == "+"] == [line[1:] for line in lines(diff) if line[0] == "-"]
    assert len(lines(diff)) == 2


@pytest.mark.slow
def test_removed_and_new_fields_stand_in_order(workspace: Workspace) -> None:
    apply(edit_faq("anabin", {"mehr": "", "verwandt": []}, workspace), AYLIN, workspace)
    apply(edit_faq("anabin", {"mehr": "Ein Satz dazu.", "verwandt": ["zsba"]}, workspace), AYLIN, workspace)
    keys = [line.split(":")[0] for line in (workspace.data / "faq" / "anabin.yml").read_text(encoding="utf-8").splitlines() if line[0].isalpha()]
    assert keys == [field for field in FIELDS if field in keys] and {"mehr", "verwandt"} <= set(keys)


@pytest.mark.slow
@pytest.mark.parametrize(("values", "field", "words"), [
    ({"kurz": "x" * 49}, "kurz", "49 Zeichen"), ({"stand": "31.3.2026"}, "stand", "kein Datum"), ({"stand": "2026-02-30"}, "stand", "kein Datum"), ({"thema": "weg"}, "thema", "nicht erlaubt"),
    ({"antwort": ""}, "antwort", "fehlt"), ({"antwort": "Das kostet 100 Euro."}, "antwort", "steht fest im Text"), ({"antwort": "Siehe {werte.weg}."}, "antwort", "gibt es nicht"),
    ({"quellen": [{"titel": "a", "url": "http://a.de"}]}, "quellen", "https-Adresse"), ({"verwandt": ["weg"]}, "verwandt", "gibt es nicht"), ({"antwort": "<b>fett</b>"}, "antwort", "HTML"),
    ({"frage": "Was macht die Zentrale Servicestelle Berufsanerkennung (ZSBA)?"}, "frage", "Dieselbe Frage"),
    ({"frage": "zsba?"}, "frage", "ist die Frage der FAQ"),
], ids=lambda v: "" if isinstance(v, dict) else str(v))
def test_fault_stands_beside_its_field(workspace: Workspace, values: dict[str, Any], field: str, words: str) -> None:
    seen = look(edit_faq("anabin", values, workspace), workspace)
    assert any(words in e.text for e in seen.at(field)), seen.errors
    assert all(e.remedy and e.place.startswith(("data/faq/", "")) for e in seen.errors)
    with pytest.raises(EditError):
        apply(seen.change, AYLIN, workspace)


@pytest.mark.slow
def test_good_change_shows_the_content_as_it_will_be_and_hints(workspace: Workspace) -> None:
    hard = "Die Gleichwertigkeitsfeststellungsverfahrensverordnungsbegründung wird im Verfahren berücksichtigt."
    seen = look(edit_faq("anabin", {"antwort_einfach": hard}, workspace), workspace)
    assert seen.knowledge and seen.knowledge.faqs["anabin"].antwort_einfach == hard
    assert any("Zu lange Wörter" in hint for hint in seen.warnings) and seen.second_person


def test_unknown_field_and_faq_are_refused(workspace: Workspace) -> None:
    for faq, values in (("anabin", {"preis": "1"}), ("gibt-es-nicht", {"kurz": "a"}), ("../werte", {"kurz": "a"})):
        with pytest.raises(EditError):
            edit_faq(faq, values, workspace)


def test_new_faq_is_two_files_in_the_style_of_the_others(workspace: Workspace) -> None:
    long = "Das ist ein längerer Satz, der über mehrere Zeilen geht, damit man sieht, dass er gefaltet wird. " * 3
    record = {**RECORD, "antwort": long, "rechtsgrundlagen": [{"norm": "§ 4 BQFG", "url": "https://www.gesetze-im-internet.de/bqfg/__4.html"}], "verwandt": ["zsba"], "aspekte": {"kosten": "zsba"}, "beratung_anbieten": True}
    change = new_faq("h-plus", record, PHRASINGS, workspace)
    assert list(change.diffs()) == ["data/faq/h-plus.yml", "data/nlu/faq/h-plus.yml"]
    apply(change, AYLIN, workspace)
    text = (workspace.data / "faq" / "h-plus.yml").read_text(encoding="utf-8")
    assert "antwort: >-\n  Das ist" in text and max(map(len, text.splitlines())) <= 130 and "- {titel: anabin, url: 'https://anabin.kmk.org/'}" in text and "verwandt: [zsba]" in text
    assert Knowledge.load(workspace.data).faqs["h-plus"].antwort == long.strip()
    assert edit_faq("h-plus", faq_values("h-plus", workspace), workspace).is_empty


def test_new_faq_without_sentences_or_with_a_taken_id_is_refused(workspace: Workspace) -> None:
    for faq, sentences in (("h-plus", []), ("anabin", PHRASINGS), ("H Plus", PHRASINGS), ("h-plus", ["a [b](c)"])):
        with pytest.raises(EditError):
            new_faq(faq, RECORD, sentences, workspace)


printable = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="<>{}\u2028\u2029\ufeff\u00a0"), min_size=1, max_size=300).map(lambda t: " ".join(t.split())).filter(bool)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=printable, field=st.sampled_from(["frage", "antwort", "mehr"]))
def test_any_text_comes_back_as_it_was_typed(text: str, field: str) -> None:
    change = edit_faq("zsba", {field: text})
    draft = Draft(Workspace())
    for edit in change.edits:
        draft.write(edit.path, edit.after)
    from bot.editor.yaml_text import Form
    from bot.knowledge.yamlfile import parse_yaml

    raw = draft.need("data/faq/zsba.yml")
    assert Form.of(raw).newline == "\n"
    assert " ".join(str(parse_yaml(raw, Path("a.yml")).value[field].value).split()) == text


@pytest.mark.slow
def test_new_value_from_a_day_on_closes_the_old_one(workspace: Workspace) -> None:
    open_end = next(w.id for w in Knowledge.load(workspace.data).werte.values() if w.stages[0].until is None and w.stages[0].since and w.einheit == "Euro")
    change = new_stage(open_end, {"wert": "1.234,50", "ab": "2027-01-01"}, "2026-11-20", "2027-12-31", workspace)
    apply(change, AYLIN, workspace)
    wert = Knowledge.load(workspace.data).werte[open_end]
    assert (wert.stages[0].value, wert.stages[0].since, wert.stages[1].until) == (1234.5, dt.date(2027, 1, 1), dt.date(2026, 12, 31))


def test_new_year_is_one_line_and_two_dates(workspace: Workspace) -> None:
    [diff] = new_stage("blaue-karte-klein", {"wert": 47000, "ab": "2027-01-01", "bis": "2027-12-31"}, "2026-11-23", "2027-12-31", workspace).diffs().values()
    assert lines(diff) == ["-  geprueft_am: 2026-11-22", "-  pruefen_bis: 2026-12-31", "+  geprueft_am: 2026-11-23", "+  pruefen_bis: 2027-12-31", "+  - {wert: 47000, ab: 2027-01-01, bis: 2027-12-31}"]


def test_sending_the_values_back_changes_nothing(workspace: Workspace) -> None:
    for wert in ("blaue-karte-klein", "bemessungsgrenze"):
        assert edit_wert(wert, wert_values(wert, workspace), workspace).is_empty


def test_corrected_amount_is_one_line(workspace: Workspace) -> None:
    stages = wert_values("blaue-karte-regel", workspace)["werte"]
    stages[0]["wert"] = "50.701"
    [diff] = edit_wert("blaue-karte-regel", {"werte": stages}, workspace).diffs().values()
    assert lines(diff) == ["-  - {wert: 50700, ab: 2026-01-01, bis: 2026-12-31}", "+  - {wert: 50701, ab: 2026-01-01, bis: 2026-12-31}"]


@pytest.mark.parametrize("values", [{"werte": [{"wert": "viel"}]}, {"werte": [{"preis": 1}]}, {"farbe": "rot"}], ids=["no-number", "stage-field", "field"])
def test_faulty_value_is_refused(workspace: Workspace, values: dict[str, Any]) -> None:
    with pytest.raises(EditError):
        edit_wert("blaue-karte-regel", values, workspace)


@pytest.mark.slow
def test_overlapping_days_are_found_by_the_loader(workspace: Workspace) -> None:
    seen = look(new_stage("blaue-karte-regel", {"wert": 1, "ab": "2026-06-01"}, "2026-11-20", "2027-12-31", workspace), workspace)
    assert seen.errors and seen.errors[0].place.startswith("data/werte.yml:")


def test_only_law_answers_need_a_second_person(workspace: Workspace) -> None:
    faq = Knowledge.load(workspace.data).faqs["anabin"]
    without = replace(faq, rechtsgrundlagen=())
    assert [needs_second_person(*pair) for pair in ((faq, replace(faq, antwort="Neu.")), (faq, replace(faq, quellen=())), (faq, without), (None, faq), (faq, None))] == [True] * 5
    assert [needs_second_person(*pair) for pair in ((faq, faq), (faq, replace(faq, kurz="Neu", verwandt=(), stand=dt.date.today())), (without, replace(without, antwort="Neu.")), (None, without), (None, None))] == [False] * 5


def test_second_person_for_whole_changes(workspace: Workspace) -> None:
    needed = [change_needs_second_person(change, workspace) for change in (
        edit_faq("anabin", {"antwort": "Neu."}, workspace), edit_faq("anabin", {"rechtsgrundlagen": []}, workspace),
        new_stage("blaue-karte-regel", {"wert": 1, "ab": "2027-01-01"}, "2026-11-20", "2027-12-31", workspace), new_faq("h-plus", {**RECORD, "rechtsgrundlagen": [{"norm": "§ 4 BQFG"}]}, PHRASINGS, workspace))]
    free = [change_needs_second_person(change, workspace) for change in (
        edit_faq("anabin", {"kurz": "Neu", "stand": "2026-11-20"}, workspace), add_phrasings("faq/anabin", ["eine ganz neue frage zu hochschulen"], workspace),
        rename_faq("anabin", "anabin-datenbank", workspace), edit_wert("blaue-karte-regel", {"bezeichnung": "Anders"}, workspace), new_faq("h-plus", RECORD, PHRASINGS, workspace))]
    assert (needed, free) == ([True] * 4, [False] * 5)
