"""A file broken by hand: every page of the console that needs it names file, line and remedy; nothing is changed, nothing fails."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from bot.editor.workspace import Workspace
from bot.team import roles
from tests.web.team.editing import form_with, post

PHRASINGS, RECORD, AMOUNTS = "data/nlu/faq/anabin.yml", "data/faq/anabin.yml", "data/werte.yml"
BLUE = "blaue-karte-regel"


def break_file(workspace: Workspace, path: str) -> None:
    place = workspace.root / path
    place.write_bytes(place.read_bytes() + b"kaputt: [\n")


@pytest.mark.parametrize(("path", "page"), [
    (PHRASINGS, "/team/daten"), (PHRASINGS, "/team/daten/faq/anabin"), (PHRASINGS, "/team/daten/export.csv"), (PHRASINGS, "/team/uebernehmen"), (PHRASINGS, "/team/posteingang"),
    (RECORD, "/team/inhalte/anabin"), (AMOUNTS, f"/team/werte/{BLUE}"),
])
def test_page_names_file_line_and_remedy(editor: TestClient, sign_in, workspace: Workspace, contents, path: str, page: str) -> None:
    sign_in(roles.PUBLISH)
    break_file(workspace, path)
    before = contents()
    answer = editor.get(page)
    assert answer.status_code == 503 and f"{path}:" in answer.text and 'class="abhilfe"' in answer.text and str(workspace.root) not in answer.text
    assert contents() == before


@pytest.mark.parametrize(("page", "path", "vorgang", "field"), [("/team/daten/faq/anabin", PHRASINGS, "hinzufuegen", "saetze"), ("/team/inhalte/anabin", RECORD, "faq", "kurz"), (f"/team/werte/{BLUE}", AMOUNTS, "wert", "norm")])
def test_form_that_was_open_is_answered(editor: TestClient, sign_in, workspace: Workspace, contents, page: str, path: str, vorgang: str, field: str) -> None:
    sign_in(roles.PUBLISH)
    form = form_with(editor.get(page).text, "vorgang", vorgang)
    break_file(workspace, path)
    before = contents()
    answer = post(editor, form, **{field: "wie liest man das denn nun"})
    assert answer.status_code in (400, 503) and f"{path}:" in answer.text and 'class="abhilfe"' in answer.text
    assert contents() == before


def test_other_pages_go_on(editor: TestClient, sign_in, workspace: Workspace) -> None:
    sign_in(roles.ADMIN)
    break_file(workspace, RECORD)
    assert {editor.get(page).status_code for page in ("/team/", "/team/daten", "/team/inhalte", "/team/inhalte/zsba", "/team/protokoll", "/faq/anabin")} == {200}
