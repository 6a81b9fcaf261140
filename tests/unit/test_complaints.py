"""Fixed complaints: one line each, read strictly, appended without touching the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.errors import ContentErrors
from bot.training.complaints import FILE, add_complaint, load_complaints, with_complaint
from bot.training.heldout import Question


def test_the_file_is_right() -> None:
    load_complaints()
    assert FILE.is_file()


def test_missing_and_empty_files_hold_none(tmp_path: Path) -> None:
    assert load_complaints(tmp_path / "x.yml") == []
    (tmp_path / "x.yml").write_text("# nur ein Kommentar\n", encoding="utf-8")
    assert load_complaints(tmp_path / "x.yml") == []


def test_appended_complaint_is_one_new_line(tmp_path: Path) -> None:
    path = tmp_path / "b.yml"
    path.write_text("# Kommentar\n", encoding="utf-8")
    assert add_complaint("  was kostet's denn\u200b so? ", "kosten-ueberblick", path)
    assert add_complaint("Wie wird das Wetter: morgen?", "", path)
    assert path.read_text(encoding="utf-8") == "# Kommentar\n- {frage: 'was kostet''s denn so?', id: kosten-ueberblick}\n- {frage: 'Wie wird das Wetter: morgen?', id: keine}\n"
    assert load_complaints(path) == [Question("was kostet's denn so?", "kosten-ueberblick"), Question("Wie wird das Wetter: morgen?", "")]


def test_same_complaint_is_not_added_twice(tmp_path: Path) -> None:
    path = tmp_path / "b.yml"
    assert add_complaint("Was kostet das?", "kosten-ueberblick", path)
    assert not add_complaint("was kostet DAS?", "kosten-ueberblick", path)
    with pytest.raises(ValueError, match="steht schon mit „kosten-ueberblick“"):
        add_complaint("Was kostet das?", "anabin", path)


@pytest.mark.parametrize("sentence", ["", "   ", "\u200b", "x" * 301])
def test_empty_and_endless_sentences_are_refused(sentence: str) -> None:
    with pytest.raises(ValueError, match="1 bis 300 Zeichen"):
        with_complaint("", sentence, "anabin")


def test_unknown_faq_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="„gibtsnicht“ gibt es nicht"):
        add_complaint("Was kostet das?", "gibtsnicht", tmp_path / "b.yml")


@pytest.mark.parametrize(("content", "message"), [
    ("- {frage: a}", "Die Form ist nicht bekannt"), ("- nur text", "Die Form ist nicht bekannt"), ("a: 1", "Die Form ist nicht bekannt"), ("- {frage: '', id: anabin}", "Die Form ist nicht bekannt"),
    ("- {frage: a, id: 7}", "Die Form ist nicht bekannt"), ("- {frage: a, id: gibtsnicht}", "„gibtsnicht“ gibt es nicht"), ("- {frage: 'a, id: b}", "kein gültiges YAML"),
])
def test_faults_are_told_in_german(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "b.yml").write_text(content, encoding="utf-8")
    with pytest.raises(ContentErrors, match=message):
        load_complaints(tmp_path / "b.yml")
