"""Phrasings in the console on a copy of the whole content in a real git repository."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.editor.phrasings import all_phrasings, remove_phrasings
from bot.editor.radar import Radar
from bot.editor.transaction import apply
from bot.editor.workspace import Workspace
from bot.store import audit, proposals
from bot.store.groups import key_of, sort_in
from bot.team import roles
from bot.web.team.state import Team
from tests.unit.editor.conftest import BEN, git
from tests.web.team.conftest import PASSWORD
from tests.web.team.editing import form_with, post, take_over
from tests.web.team.nachrichten import say

ANABIN, NEW = "/team/daten/faq/anabin", "wie finde ich in der liste die fachschule aus tiflis"


def sentences(workspace: Workspace, intent: str = "faq/anabin") -> list[str]:
    return all_phrasings(workspace)[intent]


def test_list_filters_by_words_kind_and_topic(editor: TestClient, sign_in) -> None:
    sign_in(roles.READ)
    assert "242 Absichten" in editor.get("/team/daten").text
    found = editor.get("/team/daten?q=Anabin datenbank").text
    assert "faq/anabin" in found and "faq/zsba" not in found
    assert "gespraech/gruss" in editor.get("/team/daten?art=gespraech").text
    assert "Nichts gefunden" in editor.get("/team/daten?q=xyzzy").text
    assert "faq/anabin" not in editor.get("/team/daten?art=faq&thema=pflege").text


def test_readers_see_sentences_but_no_forms(editor: TestClient, sign_in, workspace: Workspace) -> None:
    sign_in(roles.READ)
    page = editor.get(ANABIN).text
    assert sentences(workspace)[0] in page and "/team/aendern" not in page
    assert "Entfernen" not in page and editor.get("/team/daten/faq/gibt-es-nicht").status_code == 404


@pytest.mark.slow
def test_sentence_goes_from_the_form_into_a_commit_and_back(editor: TestClient, sign_in, workspace: Workspace) -> None:
    sign_in(roles.PUBLISH)
    before = (workspace.root / "data/nlu/faq/anabin.yml").read_bytes()
    preview = post(editor, form_with(editor.get(ANABIN).text, "vorgang", "hinzufuegen"), saetze=f"  {NEW} \n\n- {NEW}")
    assert preview.text.count(f"{NEW}</ins>") == 1 and "Niemand muss zustimmen" in preview.text and "nach einem Training" in preview.text
    assert (workspace.root / "data/nlu/faq/anabin.yml").read_bytes() == before
    done = take_over(editor, preview)
    assert done.status_code == 200 and "Training nötig" in done.text and sentences(workspace)[-1] == NEW
    assert git(workspace.root, "log", "-1", "--format=%an <%ae>|%s").strip() == f"Test freigeben <freigeben@lotse.example>|inhalt: faq/anabin: Formulierung „{NEW}“ ergänzt"
    noted = audit.recent(editor.app.state.database)[0]  # type: ignore[attr-defined]
    assert noted.action == "inhalt_geaendert" and noted.detail["dateien"] == ["data/nlu/faq/anabin.yml"] and NEW not in str(noted.detail) + noted.target
    take_over(editor, post(editor, form_with(done.text, "vorgang", "rueckgaengig")))
    assert (workspace.root / "data/nlu/faq/anabin.yml").read_bytes() == before


@pytest.mark.slow
def test_radar_warns_while_typing_and_at_the_preview(editor: TestClient, sign_in) -> None:
    csrf = sign_in(roles.LABEL)
    editor.app.state.team.warm.wait()  # type: ignore[attr-defined]
    asked = {"absicht": "faq/ihk-fosa", "saetze": ["Wie hoch sind die Gebühren bei der IHK FOSA?", "xq"]}
    found = editor.post("/team/daten/radar", json=asked, headers={"x-csrf": csrf}).json()["saetze"]
    assert found[0]["urteil"] == "konflikt" and "faq/kosten-ihk-fosa" in {n["absicht"] for n in found[0]["naechste"]}
    preview = post(editor, form_with(editor.get("/team/daten/faq/ihk-fosa").text, "vorgang", "hinzufuegen"), saetze=asked["saetze"][0])
    assert "Das Radar warnt" in preview.text and "Konflikt" in preview.text


@pytest.mark.slow
def test_inbox_takeover_and_editor_share_one_radar(editor: TestClient, sign_in) -> None:
    csrf, db = sign_in(roles.PUBLISH), editor.app.state.database  # type: ignore[attr-defined]
    known = editor.app.state.team.warm.wait()  # type: ignore[attr-defined]
    before = {id(o) for o in gc.get_objects() if isinstance(o, Radar)}
    say(db, NEW)
    sort_in(db)
    assert editor.get(f"/team/posteingang/{key_of(NEW)}").text.count("<q>") == 5
    assert editor.post("/team/daten/radar", json={"absicht": "faq/anabin", "saetze": [NEW]}, headers={"x-csrf": csrf}).status_code == 200
    editor.post(f"/team/posteingang/{key_of(NEW)}", data={"csrf": csrf, "art": "richtig"})
    assert NEW in editor.get("/team/uebernehmen").text
    assert id(known) in before and {id(o) for o in gc.get_objects() if isinstance(o, Radar)} <= before
    assert Team(db, editor.app.state.team.workspace).warm is editor.app.state.team.warm  # type: ignore[attr-defined]


def test_radar_refuses_odd_requests(editor: TestClient, sign_in) -> None:
    csrf = sign_in(roles.LABEL)
    head = {"x-csrf": csrf}
    assert editor.post("/team/daten/radar", json={"absicht": "x"}, headers=head).status_code == 400
    assert editor.post("/team/daten/radar", content=b"{", headers=head | {"content-type": "application/json"}).status_code == 400
    assert editor.post("/team/daten/radar", json={"absicht": "x", "saetze": ["a" * 40_000]}, headers=head).status_code == 400
    assert editor.post("/team/daten/radar", data={"a": "b"}, headers=head).status_code == 415


def test_sentences_move_to_an_intent_named_by_its_question(editor: TestClient, sign_in, workspace: Workspace) -> None:
    sign_in(roles.PUBLISH)
    chosen = sentences(workspace)[:2]
    form = form_with(editor.get(ANABIN).text, "ziel")
    preview = post(editor, form, vorgang="verschieben", satz=chosen, ziel=editor.app.state.knowledge.current().faqs["zsba"].frage)  # type: ignore[attr-defined]
    take_over(editor, preview)
    assert not set(chosen) & set(sentences(workspace)) and set(chosen) <= set(sentences(workspace, "faq/zsba"))


def test_faults_stand_beside_the_field_and_nothing_typed_is_lost(editor: TestClient, sign_in, contents) -> None:
    sign_in(roles.LABEL)
    before = contents()
    form = form_with(editor.get(ANABIN).text, "vorgang", "hinzufuegen")
    for text, told in (("Meine Mail ist anna@beispiel.example, was nun?", "persönliche Angaben"), ("", "kein Satz"), ("ein [böser](x) Satz", "Klammern"), ("ZSBA", "steht schon bei")):
        answer = post(editor, form, saetze=text)
        assert answer.status_code == 400 and told in answer.text and form_with(answer.text, "saetze") and dict(form_with(answer.text, "saetze"))["saetze"].strip() == text
    moved = post(editor, form_with(editor.get(ANABIN).text, "ziel"), vorgang="verschieben", satz=["gibt es nicht"], ziel="faq/gibt-es-nicht")
    assert moved.status_code == 400 and 'id="ziel-fehler"' in moved.text
    assert contents() == before


def test_second_editor_is_told_and_loses_nothing(editor: TestClient, sign_in, workspace: Workspace) -> None:
    sign_in(roles.PUBLISH)
    mine, theirs = sentences(workspace)[0], sentences(workspace)[1]
    preview = post(editor, form_with(editor.get(ANABIN).text, "ziel"), vorgang="entfernen", satz=[mine])
    apply(remove_phrasings("faq/anabin", [theirs], workspace), BEN, workspace)
    again = post(editor, form_with(preview.text, "schluessel"), schritt="uebernehmen")
    assert again.status_code == 409 and "Inzwischen hat jemand dieselben Dateien geändert" in again.text and mine in sentences(workspace)
    assert post(editor, form_with(again.text, "schluessel"), schritt="uebernehmen").status_code == 200
    assert mine not in sentences(workspace) and theirs not in sentences(workspace)


def test_waiting_editor_is_told_who_writes(editor: TestClient, sign_in, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.editor import transaction

    monkeypatch.setattr(transaction.apply, "__defaults__", (*transaction.apply.__defaults__[:-1], 0.0))  # type: ignore[union-attr]
    sign_in(roles.PUBLISH)
    preview = post(editor, form_with(editor.get(ANABIN).text, "ziel"), vorgang="entfernen", satz=[sentences(workspace)[0]])
    with workspace.lock("Ben Muster"):
        busy = post(editor, form_with(preview.text, "schluessel"), schritt="uebernehmen")
    assert busy.status_code == 503 and "Ben Muster schreibt gerade" in busy.text
    assert post(editor, form_with(busy.text, "schluessel"), schritt="uebernehmen").status_code == 200


def test_going_back_shows_what_was_chosen(editor: TestClient, sign_in, workspace: Workspace) -> None:
    sign_in(roles.PUBLISH)
    chosen = sentences(workspace)[:3]
    preview = post(editor, form_with(editor.get(ANABIN).text, "ziel"), vorgang="entfernen", satz=chosen)
    page = post(editor, form_with(preview.text, "schluessel"), schritt="zurueck").text
    assert [v for k, v in form_with(page, "ziel") if k == "satz"] == chosen


def test_forged_key_writes_nothing(editor: TestClient, sign_in, workspace: Workspace, contents) -> None:
    sign_in(roles.PUBLISH)
    before = contents()
    form = form_with(editor.get(ANABIN).text, "ziel")
    assert post(editor, form, vorgang="entfernen", satz=[sentences(workspace)[0]], schritt="uebernehmen", schluessel="0" * 32).status_code == 409
    assert post(editor, form, vorgang="gibt-es-nicht").status_code == 404
    assert contents() == before


def test_undo_of_anything_else_is_refused(editor: TestClient, sign_in) -> None:
    csrf = sign_in(roles.PUBLISH)
    for commit in ("anfang", "--all", "f" * 40, ""):
        answer = post(editor, [("csrf", csrf), ("vorgang", "rueckgaengig"), ("commit", commit)])
        assert answer.status_code == 400 and "nicht zu finden" in answer.text
    first = git(Path(editor.app.state.team.workspace.root), "rev-parse", "HEAD").strip()  # type: ignore[attr-defined]
    assert "stammt nicht aus der Pflege" in post(editor, [("csrf", csrf), ("vorgang", "rueckgaengig"), ("commit", first)]).text


def test_two_proposals_for_one_intent_do_not_overtake_each_other(editor: TestClient, sign_in, workspace: Workspace) -> None:
    chosen = sentences(workspace)[:2]
    for number, sentence in enumerate(chosen):
        sign_in(roles.LABEL, f"labelnde{number}@lotse.example")
        take_over(editor, post(editor, form_with(editor.get(ANABIN).text, "ziel"), vorgang="entfernen", satz=[sentence]))
    assert set(chosen) <= set(sentences(workspace))
    sign_in(roles.PUBLISH)
    for row in proposals.in_state(editor.app.state.database):  # type: ignore[attr-defined]
        form = form_with(editor.get(f"/team/vorschlaege/{row.id}").text, "schluessel")
        assert post(editor, form, f"/team/vorschlaege/{row.id}/annehmen", passwort=PASSWORD).status_code == 200
    assert not set(chosen) & set(sentences(workspace))
