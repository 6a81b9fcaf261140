"""Renaming, merging and splitting an FAQ as one change over data, references and tests."""

from __future__ import annotations

import pytest
import yaml

from bot.editor.errors import EditError
from bot.editor.faq_ids import rename_faq
from bot.editor.merge import merge_faqs, split_faq
from bot.editor.phrasings import all_phrasings
from bot.editor.transaction import apply
from bot.editor.workspace import Workspace
from bot.knowledge.base import Knowledge
from bot.training.heldout import load_sets
from tests.unit.editor.conftest import AYLIN, git

RECORD = {
    "frage": "Was bedeutet H+ bei einer Hochschule?", "kurz": "H+ – was ist das?", "thema": "studium", "antwort": "H+ heißt: Die Hochschule ist anerkannt.",
    "antwort_einfach": "H+ heißt: Die Hochschule ist anerkannt.", "quellen": [{"titel": "anabin", "url": "https://anabin.kmk.org/"}],
    "gilt": "bundesweit", "stand": "2026-03-31", "pruefen_bis": "2027-08-19", "sicher": "bekannt",
}


def sets(workspace: Workspace) -> dict[str, list]:
    return load_sets(workspace.tests / "nlu" / "heldout")


def counted(workspace: Workspace, faq: str) -> dict[str, int]:
    return {name: sum(q.faq == faq for q in questions) for name, questions in sets(workspace).items()}


@pytest.mark.slow
def test_renaming_follows_everywhere_and_changes_nothing_else(workspace: Workspace) -> None:
    before, expected = Knowledge.load(workspace.data), counted(workspace, "zab-zeugnisbewertung")
    sentences = all_phrasings(workspace)["faq/zab-zeugnisbewertung"]
    change = rename_faq("zab-zeugnisbewertung", "zeugnisbewertung", workspace)
    for path, diff in change.diffs().items():  # every changed line differs in the id only
        old = [line[1:] for line in diff.splitlines() if line.startswith("-") and not line.startswith("---")]
        new = [line[1:] for line in diff.splitlines() if line.startswith("+") and not line.startswith("+++")]
        assert new == [line.replace("zab-zeugnisbewertung", "zeugnisbewertung") for line in old] or not (old and new), path
    assert apply(change, AYLIN, workspace).commit
    after = Knowledge.load(workspace.data)
    assert set(after.faqs) - set(before.faqs) == {"zeugnisbewertung"} and set(before.faqs) - set(after.faqs) == {"zab-zeugnisbewertung"}
    assert all_phrasings(workspace)["faq/zeugnisbewertung"] == sentences
    assert counted(workspace, "zeugnisbewertung") == expected and sum(expected.values()) > 5
    stories = (workspace.tests / "stories" / "gespraeche.yml").read_text(encoding="utf-8")
    assert "faq: zeugnisbewertung" in stories and "faq: zab-zeugnisbewertung" not in stories
    assert git(workspace.root, "status", "--porcelain") == ""


@pytest.mark.slow
def test_renaming_back_gives_the_old_bytes(workspace: Workspace, contents) -> None:
    before = contents()
    apply(rename_faq("zab-zeugnisbewertung", "zeugnisbewertung", workspace), AYLIN, workspace)
    apply(rename_faq("zeugnisbewertung", "zab-zeugnisbewertung", workspace), AYLIN, workspace)
    after = contents()
    assert {name for name in {*before, *after} if before.get(name) != after.get(name)} == set()


def test_office_and_offer_of_the_same_name_stay(workspace: Workspace) -> None:
    change = rename_faq("ihk-fosa", "fosa-nuernberg", workspace)
    paths = set(change.diffs())
    assert not paths & {"data/offices/ihk-fosa.yml", "data/routing.yml", "data/angebote.yml", "tests/routing_faelle.yml"}
    assert {"data/faq/fosa-nuernberg.yml", "data/nlu/faq/fosa-nuernberg.yml", "tests/nlu/heldout/de_klar.yml"} <= paths
    assert any("CHANGELOG.md" in note for note in change.notes)
    apply(change, AYLIN, workspace)
    assert "ihk-fosa" in Knowledge.load(workspace.data).offices


@pytest.mark.parametrize(("old", "new", "words"), [
    ("anabin", "Anabin", "keine Kennung"), ("anabin", "a/../b", "keine Kennung"), ("anabin", "beruf", "keine Kennung"), ("anabin", "zsba", "gibt es schon"), ("gibt-es-nicht", "neu", "gibt es nicht"),
    ("../../domain", "neu", "keine Kennung"), ("pflege-eu", "pflege-europa", "Das Programm selbst nennt"),
])
def test_bad_or_fixed_id_is_refused(workspace: Workspace, old: str, new: str, words: str) -> None:
    with pytest.raises(EditError, match=words):
        rename_faq(old, new, workspace)


@pytest.mark.slow
def test_merging_keeps_every_sentence_and_every_expectation(workspace: Workspace) -> None:
    questions = {name: len(qs) for name, qs in sets(workspace).items()}
    both = counted(workspace, "zab-gebuehr-dauer"), counted(workspace, "zab-dab")
    phrasings = all_phrasings(workspace)
    title = yaml.safe_load((workspace.data / "faq" / "zab-dab.yml").read_text(encoding="utf-8"))["frage"]
    apply(merge_faqs("zab-dab", "zab-gebuehr-dauer", workspace), AYLIN, workspace)
    after = Knowledge.load(workspace.data)
    assert "zab-dab" not in after.faqs and not (workspace.data / "nlu" / "faq" / "zab-dab.yml").exists()
    now = all_phrasings(workspace)
    assert set(now["faq/zab-gebuehr-dauer"]) == {*phrasings["faq/zab-gebuehr-dauer"], *phrasings["faq/zab-dab"], title} and "faq/zab-dab" not in now
    assert {name: len(qs) for name, qs in sets(workspace).items()} == questions
    assert counted(workspace, "zab-gebuehr-dauer") == {name: both[0][name] + both[1][name] for name in both[0]}
    assert all(len(set(f.verwandt)) == len(f.verwandt) and f.id not in f.verwandt for f in after.faqs.values())
    assert {name: qs for name, qs in sets(workspace).items()}.keys() == questions.keys()


def test_merging_into_itself_or_nothing_is_refused(workspace: Workspace) -> None:
    for source, target in (("anabin", "anabin"), ("anabin", "gibt-es-nicht"), ("gibt-es-nicht", "anabin")):
        with pytest.raises(EditError):
            merge_faqs(source, target, workspace)


@pytest.mark.slow
def test_splitting_moves_the_chosen_sentences(workspace: Workspace) -> None:
    old = all_phrasings(workspace)["faq/anabin"]
    chosen = [sentence for sentence in old if "H+" in sentence]
    change = split_faq("anabin", "anabin-h-plus", RECORD, chosen, workspace)
    assert len(change.edits) == 3
    apply(change, AYLIN, workspace)
    now = all_phrasings(workspace)
    assert now["faq/anabin-h-plus"] == chosen and now["faq/anabin"] == [s for s in old if s not in chosen]
    assert Knowledge.load(workspace.data).faqs["anabin-h-plus"].frage == RECORD["frage"]
