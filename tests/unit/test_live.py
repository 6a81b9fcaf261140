"""Corrections take effect without a restart; a broken file leaves the last good state."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.knowledge import live
from bot.knowledge.live import LiveKnowledge


@pytest.fixture
def faq(small_data: Path, monkeypatch) -> Path:
    """Returns the one FAQ of the small data; every call of `current` looks at the files."""
    monkeypatch.setattr(live, "CHECK_SECONDS", -1.0)
    return small_data / "faq" / "anabin.yml"


def replace(path: Path, old: str, new: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def test_correction_takes_effect_without_a_restart(faq: Path, small_data: Path) -> None:
    knowledge = LiveKnowledge(small_data)
    replace(faq, "Sie nennt alle Schulen.", "Sie ist neu.")
    assert knowledge.current().faqs["anabin"].antwort.endswith("Sie ist neu.")


@pytest.mark.parametrize(("name", "old", "new", "read"), [
    ("werte.yml", "100", "250", lambda k: k.werte["gebuehr"].stages[0].value == 250),
    ("texte.yml", "Gern geschehen!", "Sehr gern!", lambda k: k.texte["gespraech/dank"].text == "Sehr gern!"),
    ("orte/plz.csv", "34117", "34119", lambda k: "34119" in k.places.by_plz),
    ("angebote.yml", "Beratung.", "Rat.", lambda k: k.angebote["aqb"].zweck == "Rat."),
], ids=lambda value: value if isinstance(value, str) and "." in value and "/" not in value else "")
def test_every_kind_of_file_is_followed(faq: Path, small_data: Path, name: str, old: str, new: str, read) -> None:
    knowledge = LiveKnowledge(small_data)
    replace(small_data / name, old, new)
    assert read(knowledge.current())


def test_unchanged_files_are_not_read_again(faq: Path, small_data: Path) -> None:
    knowledge = LiveKnowledge(small_data)
    assert knowledge.current() is knowledge.current()


def test_new_faq_appears_and_a_removed_one_goes(faq: Path, small_data: Path) -> None:
    knowledge = LiveKnowledge(small_data)
    (faq.parent / "neu.yml").write_text(faq.read_text(encoding="utf-8").replace("Was ist", "Was war"), encoding="utf-8")
    assert set(knowledge.current().faqs) == {"anabin", "neu"}
    faq.unlink()
    assert set(knowledge.current().faqs) == {"neu"}


@pytest.mark.parametrize(("name", "content"), [
    ("faq/anabin.yml", "frage: [\n"), ("faq/anabin.yml", ""), ("werte.yml", "gebuehr:\n\twert: 1\n"), ("orte/plz.csv", "kaputt"), ("orte/gemeinden.csv", ""), ("texte.yml", "[" * 5000),
], ids=["yaml", "leer", "tabulator", "tabelle", "leere-tabelle", "klammern"])
def test_broken_file_leaves_the_last_good_state(faq: Path, small_data: Path, caplog, name: str, content: str) -> None:
    knowledge = LiveKnowledge(small_data)
    good = knowledge.current()
    (small_data / name).write_text(content, encoding="utf-8")
    assert knowledge.current() is good
    assert Path(name).name in caplog.text
    assert "Traceback" not in caplog.text


def test_missing_file_leaves_the_last_good_state(faq: Path, small_data: Path) -> None:
    knowledge = LiveKnowledge(small_data)
    good = knowledge.current()
    (small_data / "texte.yml").unlink()
    assert knowledge.current() is good


def test_mended_file_takes_effect_again(faq: Path, small_data: Path) -> None:
    knowledge = LiveKnowledge(small_data)
    replace(faq, "gilt: bundesweit", "gilt: überall")
    knowledge.current()
    replace(faq, "gilt: überall", "gilt: Hessen")
    assert knowledge.current().faqs["anabin"].gilt == "Hessen"


def test_older_file_put_back_takes_effect(faq: Path, small_data: Path) -> None:
    knowledge = LiveKnowledge(small_data)
    replace(faq, "gilt: bundesweit", "gilt: Hessen")
    os.utime(faq, (1, 1))
    assert knowledge.current().faqs["anabin"].gilt == "Hessen"


def test_files_are_looked_at_only_now_and_then(faq: Path, small_data: Path, monkeypatch) -> None:
    knowledge = LiveKnowledge(small_data)
    monkeypatch.setattr(live, "CHECK_SECONDS", 60.0)
    replace(faq, "gilt: bundesweit", "gilt: Hessen")
    assert knowledge.current().faqs["anabin"].gilt == "bundesweit"
