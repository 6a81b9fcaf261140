"""Occupations as people write them: the list was written before the search."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

SPELLINGS = yaml.safe_load((Path(__file__).parent / "berufe_schreibweisen.yml").read_text(encoding="utf-8"))
NAMED = [row for kind, rows in SPELLINGS.items() if kind != "keiner" for row in rows]


def test_list_is_long_and_names_occupations_that_exist(knowledge):
    assert len(NAMED) >= 300
    assert {row["beruf"] for row in NAMED} <= set(knowledge.berufe)


def test_first_answer_is_right_for_95_percent(knowledge):
    wrong = [row for row in NAMED if getattr(knowledge.beruf_finder.find(row["sagt"]).beruf, "id", "") != row["beruf"]]
    assert len(wrong) <= 0.05 * len(NAMED), wrong


@pytest.mark.parametrize("said", SPELLINGS["keiner"], ids=repr)
def test_other_words_are_no_occupation(knowledge, said):
    assert knowledge.beruf_finder.find(said).beruf is None


def test_every_german_name_is_found(knowledge):
    missed = [(b.id, name) for b in knowledge.berufe.values() for name in b.namen if getattr(knowledge.beruf_finder.find(name).beruf, "id", b.id) != b.id]
    assert not missed


@pytest.mark.parametrize(("said", "suggested"), [("Hundefriseur", ["friseur"]), ("Tanzlehrerin", ["lehrkraft"]), ("infirmier", ["pflegefachassistenz", "pflegefachkraft"]), ("Influencer", [])])
def test_unknown_names_get_suggestions_or_none(knowledge, said, suggested):
    found = knowledge.beruf_finder.find(said)
    assert found.beruf is None
    assert [b.id for b in found.vorschlaege] == suggested


def test_there_are_never_more_than_three_suggestions(knowledge):
    assert max(len(knowledge.beruf_finder.find(f"{word}mechaniker").vorschlaege) for word in ("Raketen", "Uboot", "Fahrstuhl", "Kran")) <= 3


@pytest.mark.parametrize("sentence", ["muss ich meinen Beruf anerkennen lassen", "kann ich mit meinem Diplom arbeiten", "noch in", "habe studium wirtschaft in vietnam fertig"])
def test_sentences_without_occupation_have_none(knowledge, sentence):
    assert knowledge.beruf_finder.find(sentence).beruf is None
