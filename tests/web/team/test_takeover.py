"""Labels into the training data of a real repository: preview, one commit by the person who approved, refusals beside the sentence, withdrawal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.editor.workspace import Workspace
from bot.store import audit, labels
from bot.store.erase import erase
from bot.store.groups import key_of, sort_in
from bot.team import roles
from bot.team.inbox.takeover import without_placeholders
from bot.training.complaints import load_complaints
from bot.training.heldout import Question
from tests.unit.editor.conftest import clone, git, workspace  # noqa: F401 (fixtures)
from tests.web.team.nachrichten import say

NEW = "lohnt sich anabin auch wenn meine uni dort gar nicht vorkommt"


@pytest.fixture
def db(client: TestClient, workspace: Workspace):  # noqa: F811
    client.app.state.team.workspace = workspace  # type: ignore[attr-defined]
    return client.app.state.database  # type: ignore[attr-defined]


def labelled(db, text: str, kind: str = "anders", intent: str | None = "faq/anabin", conversation: str = "") -> str:
    id = say(db, text, conversation=conversation)
    sort_in(db)
    from bot.store import journal

    return labels.give(db, "anna", [key_of(journal.find(db, id).text)], kind, intent)[0]


def preview(client: TestClient, csrf: str, chosen: dict[str, str]):
    sent = {"csrf": csrf, "aktion": "vorschau"} | {f"nehmen-{id}": "1" for id in chosen} | {f"satz-{id}": text for id, text in chosen.items()}
    return sent, client.post("/team/uebernehmen", data=sent)


def test_one_change_one_commit_one_line_each(client: TestClient, sign_in, db, workspace: Workspace) -> None:  # noqa: F811
    first, second = labelled(db, NEW), labelled(db, "wie wird das wetter am samstag in kassel", "fremd", None)
    csrf = sign_in(roles.PUBLISH)
    sent, answer = preview(client, csrf, {first: NEW, second: "wie wird das wetter am samstag in kassel"})
    assert f"+    - {NEW}" in answer.text or f"- {NEW}" in answer.text
    key = re.search(r'name="schluessel" value="([0-9a-f]{32})"', answer.text)
    assert key
    done = client.post("/team/uebernehmen", data=sent | {"aktion": "schreiben", "schluessel": key[1]})
    assert done.status_code == 303, done.text
    assert git(workspace.root, "log", "-1", "--format=%an <%ae> %s").startswith("Test freigeben <freigeben@lotse.example> inhalt: 2 Formulierungen aus dem Posteingang")
    changed = [line for line in git(workspace.root, "show", "--numstat", "--format=").splitlines() if line]
    assert sorted(line.split("\t")[:2] for line in changed) == [["1", "0"], ["1", "0"]]
    assert NEW in (workspace.root / "data/nlu/faq/anabin.yml").read_text() and "wetter am samstag" in (workspace.root / "data/nlu/fremd.yml").read_text()
    assert labels.waiting(db) == [] and "Nichts wartet." in client.get("/team/uebernehmen").text
    assert "posteingang_uebernommen" in {row.action for row in audit.recent(db)}


def test_stale_preview_is_shown_again(client: TestClient, sign_in, db, workspace: Workspace) -> None:  # noqa: F811
    id = labelled(db, NEW)
    csrf = sign_in(roles.PUBLISH)
    sent, _ = preview(client, csrf, {id: NEW})
    answer = client.post("/team/uebernehmen", data=sent | {"aktion": "schreiben", "schluessel": "0" * 32})
    assert answer.status_code == 409 and "noch einmal an" in answer.text and git(workspace.root, "log", "--oneline").count("\n") == 1


@pytest.mark.parametrize(("sentence", "said"), [("ich heiße <NAME> und suche anabin", "Platzhalter"), ("x" * 251, "erlaubt sind 250"), ("mein anabin [eintrag](wort)", "Klammern"), ("ruf an unter 0561 7874321 wegen anabin", "persönliche Angaben")])
def test_sentence_that_cannot_be_one_is_refused_beside_its_field(client: TestClient, sign_in, db, workspace: Workspace, sentence: str, said: str) -> None:  # noqa: F811
    id = labelled(db, NEW)
    csrf = sign_in(roles.PUBLISH)
    _, answer = preview(client, csrf, {id: sentence})
    assert answer.status_code == 400 and said in answer.text and f'id="hinweis-{id}"' in answer.text and 'aria-invalid="true"' in answer.text
    assert git(workspace.root, "status", "--porcelain") == "" and len(labels.waiting(db)) == 1


def test_masked_message_is_not_ticked_and_shows_no_placeholder(client: TestClient, sign_in, db) -> None:
    id = labelled(db, "Mein Name ist Olena Petrenko und ich frage nach anabin, Telefon 0561 7874321")
    sign_in(roles.PUBLISH)
    page = client.get("/team/uebernehmen").text
    assert f'name="nehmen-{id}" value="1"' in page and "Petrenko" not in page and "&lt;NAME" not in page and "persönliche Angaben entfernt" in page
    assert "checked" not in page.split(f'name="nehmen-{id}"', 1)[1].split(">", 1)[0]


def test_what_is_known_already_is_only_ticked_off(client: TestClient, sign_in, db, workspace: Workspace) -> None:  # noqa: F811
    from bot.knowledge.nlu_files import read_examples

    there = next(e.text for e in read_examples(workspace.data / "nlu") if e.intent == "faq/anabin")
    id = labelled(db, there)
    csrf = sign_in(roles.PUBLISH)
    sent, answer = preview(client, csrf, {id: there})
    key = re.search(r'name="schluessel" value="([0-9a-f]{32})"', answer.text)
    assert key and "stehen schon in den Trainingsdaten" in answer.text
    assert client.post("/team/uebernehmen", data=sent | {"aktion": "schreiben", "schluessel": key[1]}).status_code == 303
    assert labels.waiting(db) == [] and git(workspace.root, "log", "--oneline").count("\n") == 1


def test_labelling_is_not_enough_to_write(client: TestClient, sign_in, db) -> None:
    id = labelled(db, NEW)
    csrf = sign_in(roles.LABEL)
    assert preview(client, csrf, {id: NEW})[1].status_code == 403


def test_erased_conversation_leaves_the_training_data_too(client: TestClient, sign_in, db, workspace: Workspace) -> None:  # noqa: F811
    id = labelled(db, NEW, conversation="a" * 32)
    csrf = sign_in(roles.PUBLISH)
    sent, answer = preview(client, csrf, {id: NEW})
    key = re.search(r'name="schluessel" value="([0-9a-f]{32})"', answer.text)
    assert key and client.post("/team/uebernehmen", data=sent | {"aktion": "schreiben", "schluessel": key[1]}).status_code == 303
    erase(db, "a" * 32)
    assert "1 Formulierung stammt" in client.get("/team/uebernehmen").text
    assert "1 Sätze entfernt" in client.post("/team/uebernehmen/entfernen", data={"csrf": csrf}).text
    assert NEW not in Path(workspace.root / "data/nlu/faq/anabin.yml").read_text() and labels.withdrawn(db) == []
    assert git(workspace.root, "log", "-1", "--format=%s").strip() == "inhalt: 1 Formulierungen entfernt, deren Gespräche gelöscht wurden"


@pytest.mark.parametrize(("masked", "left"), [
    ("Ich bin <NAME>, was kostet das?", "Ich bin, was kostet das?"), ("<E-MAIL>", ""), ("a < b und c > d", "a < b und c > d"), ("[x](y) | {z}", "x (y) z"),
])
def test_placeholders_go(masked: str, left: str) -> None:
    assert without_placeholders(masked) == left


def test_page_opens_with_the_preview_so_that_one_press_takes_all_over(client: TestClient, sign_in, db, workspace: Workspace) -> None:  # noqa: F811
    id = labelled(db, NEW)
    sign_in(roles.READ)
    assert "schluessel" not in client.get("/team/uebernehmen").text
    csrf = sign_in(roles.PUBLISH)
    key = re.search(r'name="schluessel" value="([0-9a-f]{32})"', client.get("/team/uebernehmen").text)
    assert key
    done = client.post("/team/uebernehmen", data={"csrf": csrf, "aktion": "schreiben", "schluessel": key[1], f"nehmen-{id}": "1", f"satz-{id}": NEW})
    assert done.status_code == 303 and git(workspace.root, "log", "-1", "--format=%an").startswith("Test freigeben")
    assert "Jetzt trainieren und vergleichen" in client.get(done.headers["location"]).text


def test_fixed_complaint_becomes_a_test_in_the_same_commit_and_goes_with_its_writer(client: TestClient, sign_in, db, workspace: Workspace) -> None:  # noqa: F811
    id = labelled(db, NEW, conversation="c" * 32)
    csrf = sign_in(roles.PUBLISH)
    sent = {"csrf": csrf, f"nehmen-{id}": "1", f"satz-{id}": NEW, f"pruefen-{id}": "1"}
    key = re.search(r'name="schluessel" value="([0-9a-f]{32})"', client.post("/team/uebernehmen", data=sent | {"aktion": "vorschau"}).text)
    assert key
    assert client.post("/team/uebernehmen", data=sent | {"aktion": "schreiben", "schluessel": key[1]}).status_code == 303
    kept = workspace.tests / "nlu" / "beschwerden.yml"
    assert load_complaints(kept, workspace.data / "faq") == [Question(NEW, "anabin")]
    assert "tests/nlu/beschwerden.yml" in git(workspace.root, "show", "--name-only", "--format=")
    erase(db, "c" * 32, "anna")
    client.post("/team/uebernehmen/entfernen", data={"csrf": csrf})
    assert load_complaints(kept, workspace.data / "faq") == [] and NEW not in (workspace.data / "nlu/faq/anabin.yml").read_text()


def test_test_goes_with_its_writer_also_when_the_phrasing_is_gone_already(client: TestClient, sign_in, db, workspace: Workspace) -> None:  # noqa: F811
    id = labelled(db, NEW, conversation="c" * 32)
    csrf = sign_in(roles.PUBLISH)
    sent = {"csrf": csrf, f"nehmen-{id}": "1", f"satz-{id}": NEW, f"pruefen-{id}": "1"}
    key = re.search(r'name="schluessel" value="([0-9a-f]{32})"', client.post("/team/uebernehmen", data=sent | {"aktion": "vorschau"}).text)
    assert key
    client.post("/team/uebernehmen", data=sent | {"aktion": "schreiben", "schluessel": key[1]})
    sentences = workspace.data / "nlu/faq/anabin.yml"
    sentences.write_text("".join(line for line in sentences.read_text(encoding="utf-8").splitlines(keepends=True) if NEW not in line), encoding="utf-8")
    git(workspace.root, "-c", "user.name=Test", "-c", "user.email=test@lotse.example", "commit", "-qam", "by hand")
    erase(db, "c" * 32, "anna")
    client.post("/team/uebernehmen/entfernen", data={"csrf": csrf})
    assert NEW not in (workspace.tests / "nlu" / "beschwerden.yml").read_text(encoding="utf-8")
    assert labels.withdrawn(db) == []
