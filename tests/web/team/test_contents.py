"""Answers and amounts in the console: forms, faults beside fields, views, and the second person."""

from __future__ import annotations

import datetime as dt

import pytest
from starlette.testclient import TestClient

from bot.editor.faq_form import edit_faq, faq_values
from bot.editor.phrasings import all_phrasings
from bot.editor.transaction import apply
from bot.editor.wert_form import wert_values
from bot.editor.workspace import Workspace
from bot.knowledge.base import DATA, Knowledge
from bot.knowledge.live import shared
from bot.store import accounts, audit, proposals
from bot.team import roles
from bot.web.team.editor.amounts import stages, to_pairs
from bot.web.team.editor.faq_fields import changed, to_form, view
from bot.web.team.editor.forms import of
from tests.unit.editor.conftest import BEN, git
from tests.web.team.conftest import PASSWORD
from tests.web.team.editing import form_with, post, take_over

LAW = "anabin"  # cites § 18g
BLUE = "blaue-karte-regel"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return shared().current()


@pytest.fixture(scope="module")
def plain_faq(knowledge: Knowledge) -> str:
    """An FAQ that cites no law."""
    return next(f.id for f in knowledge.faqs.values() if not f.rechtsgrundlagen and "{werte" not in f.antwort)


@pytest.mark.parametrize("faq", sorted(path.stem for path in (DATA / "faq").glob("*.yml")))
def test_form_sent_back_as_it_came_changes_nothing(knowledge: Knowledge, faq: str) -> None:
    values = faq_values(faq)
    assert changed(to_form(values), values, knowledge) == {}


def test_amounts_sent_back_as_they_came_change_nothing(editor: TestClient, sign_in, knowledge: Knowledge) -> None:
    sign_in(roles.PUBLISH)
    for wert in knowledge.werte:
        stored = of(to_pairs(wert_values(wert)))
        assert len(stages(stored)) == len(knowledge.werte[wert].stages)
    answer = post(editor, form_with(editor.get(f"/team/werte/{BLUE}").text, "vorgang", "wert"))
    assert answer.status_code == 400 and "Es hat sich nichts geändert" in answer.text


def test_lists_show_review_dates_and_filter(editor: TestClient, sign_in) -> None:
    sign_in(roles.READ)
    page = editor.get("/team/inhalte?q=anabin lese").text
    assert "/team/inhalte/anabin" in page and "/team/inhalte/zsba" not in page
    assert "Neue FAQ" not in page and "50.700 Euro" in editor.get("/team/werte").text
    reader = editor.get("/team/inhalte/anabin").text
    assert "/team/aendern" not in reader and "So steht es im Chat" in reader
    assert editor.get("/team/inhalte/gibt-es-nicht").status_code == 404 and editor.get("/team/werte/gibt-es-nicht").status_code == 404


def test_publisher_changes_an_answer_without_law_at_once(editor: TestClient, sign_in, workspace: Workspace, plain_faq: str) -> None:
    sign_in(roles.PUBLISH)
    preview = post(editor, form_with(editor.get(f"/team/inhalte/{plain_faq}").text, "vorgang", "faq"), kurz="Neu & kurz")
    assert "Wirkt sofort" in preview.text and "So steht es auf der Seite" in preview.text
    done = take_over(editor, preview)
    assert "gilt sofort, ohne Training" in done.text and faq_values(plain_faq, workspace)["kurz"] == "Neu & kurz"
    assert git(workspace.root, "show", "--stat", "--format=%an", "HEAD").split() [:2] == ["Test", "freigeben"]
    assert git(workspace.root, "show", "--format=", "HEAD").count("\n+") == 2  # file name and one line


def test_label_role_only_proposes(editor: TestClient, sign_in, contents, plain_faq: str) -> None:
    sign_in(roles.LABEL)
    before = contents()
    preview = post(editor, form_with(editor.get(f"/team/inhalte/{plain_faq}").text, "vorgang", "faq"), kurz="Neu und kurz")
    assert "Ihre Änderung wird ein Vorschlag" in preview.text
    assert "Vorgeschlagen" in take_over(editor, preview).text and contents() == before
    assert len(proposals.in_state(editor.app.state.database)) == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(("field", "value", "told"), [
    ("antwort", "wort " * 81, "erlaubt sind 80"), ("antwort", "Es kostet 600 Euro.", "steht fest im Text"), ("antwort", "Etwa {werte.gibt-es-nicht}.", "gibt es nicht"),
    ("antwort", "<b>fett</b>", "HTML"), ("stand", "2999-01-01", "Zukunft"), ("pruefen_bis", "irgendwann", "kein Datum"), ("frage", "", "fehlt"), ("thema", "", "fehlt"),
    ("quellen.url", "http://unsicher.example", "1. Eintrag"), ("verwandt", "gibt-es-nicht", "gibt es nicht"), ("gilt", "Mars", "nicht erlaubt"),
])
def test_faults_of_the_loader_stand_beside_their_field(editor: TestClient, sign_in, contents, field: str, value: str, told: str) -> None:
    sign_in(roles.PUBLISH)
    before = contents()
    answer = post(editor, form_with(editor.get(f"/team/inhalte/{LAW}").text, "vorgang", "faq"), **{field: value})
    root = field.split(".")[0]
    assert answer.status_code == 400 and told in answer.text.split(f'id="{root}-fehler"')[1].split("</div>")[0]
    assert "Die Hinweise stehen bei den Feldern" in answer.text and contents() == before
    if value and field != "gilt":
        assert value.strip() in [v.strip() for k, v in form_with(answer.text, "vorgang", "faq") if k == field]


def test_rows_can_be_added_and_emptied_without_scripts(editor: TestClient, sign_in, workspace: Workspace) -> None:
    sign_in(roles.PUBLISH)
    form = form_with(editor.get(f"/team/inhalte/{LAW}").text, "vorgang", "faq")
    titles, links = ([v for k, v in form if k == f"quellen.{part}"] for part in ("titel", "url"))
    assert titles[-2:] == ["", ""]
    titles[-2:], links[-2:] = ["Neu 1", "Neu 2"], ["https://eins.example", "https://zwei.example"]
    more = post(editor, form, schritt="zurueck", **{"quellen.titel": titles, "quellen.url": links}).text
    assert [v for k, v in form_with(more, "vorgang", "faq") if k == "quellen.titel"] == [*titles, "", ""]
    titles[0] = links[0] = ""
    preview = post(editor, form, **{"quellen.titel": titles, "quellen.url": links})
    assert "zweite Person nötig" in preview.text and "entfällt: </span>- {titel: Datenbank anabin" in preview.text and preview.text.count("neu: </span>- {titel: Neu") == 2


def test_view_shows_what_is_typed(editor: TestClient, sign_in, workspace: Workspace) -> None:
    sign_in(roles.LABEL)
    form = form_with(editor.get(f"/team/inhalte/{LAW}").text, "vorgang", "faq")
    page = post(editor, form, f"/team/inhalte/{LAW}/ansicht", antwort="Nach dem Gesetz sind es {werte.blaue-karte-regel}. <script>alert(1)</script>").text
    assert "50.700 Euro" in page and "<script>alert" not in page
    broken = post(editor, form, f"/team/inhalte/{LAW}/ansicht", antwort="Etwa {werte.gibt-es-nicht}.", frage="")
    assert broken.status_code == 200 and "Noch zu berichtigen" in broken.text


def test_view_says_what_the_loader_says(knowledge: Knowledge) -> None:
    seen = view(LAW, faq_values(LAW) | {"quellen": []}, knowledge, dt.date(2026, 11, 25))
    assert [e.field for e in seen.errors] == ["quellen"]
    assert view(LAW, faq_values(LAW), knowledge, dt.date(2026, 11, 25)).errors == ()


def test_new_value_of_a_year_closes_the_old_one_and_needs_a_second_person(editor: TestClient, sign_in, workspace: Workspace) -> None:
    sign_in(roles.PUBLISH, "anna@lotse.example")
    page = editor.get(f"/team/werte/{BLUE}").text
    form = form_with(page, "vorgang", "jahreswert")
    wrong = post(editor, form, wert="viel", ab="2027-01-01", geprueft_am="2026-11-25", pruefen_bis="2027-12-31")
    assert wrong.status_code == 400 and "ist keine Zahl" in wrong.text and dict(form_with(wrong.text, "vorgang", "jahreswert"))["wert"] == "viel"
    preview = post(editor, form, wert="52.000", ab="2027-01-01", bis="2027-12-31", geprueft_am="2026-11-25", pruefen_bis="2027-12-31")
    assert "52.000 Euro, ab 01.01.2027 bis 31.12.2027" in preview.text and "zweite Person nötig" in preview.text
    proposed = take_over(editor, preview)
    assert "Vorgeschlagen" in proposed.text and wert_values(BLUE, workspace)["werte"][0]["wert"] == 50700
    accepted = decide(editor, sign_in, "annehmen", passwort=PASSWORD)
    assert accepted.status_code == 200 and wert_values(BLUE, workspace)["werte"][0] == {"wert": 52000.0, "ab": "2027-01-01", "bis": "2027-12-31"}
    told = git(workspace.root, "log", "-1", "--format=%ae|%b")
    assert told.startswith("anna@lotse.example|Geprüft-von: Test freigeben <ben@lotse.example>")


def decide(client: TestClient, sign_in, how: str, login: str = "ben@lotse.example", role: str = roles.PUBLISH, **fields: str):
    """Signs in as another person and decides on the only open proposal."""
    csrf = sign_in(role, login)
    [row] = proposals.in_state(client.app.state.database)  # type: ignore[attr-defined]
    assert row.title in client.get("/team/vorschlaege").text
    page = client.get(f"/team/vorschlaege/{row.id}").text
    key = page.split('name="schluessel" value="')[1].split('"')[0] if 'name="schluessel"' in page else ""
    assert "Was sich ändert" in page
    return client.post(f"/team/vorschlaege/{row.id}/{how}", data={"csrf": csrf, "schluessel": key, **fields})


@pytest.fixture
def proposed(editor: TestClient, sign_in) -> TestClient:
    """Anna, who may release, has proposed a new answer that cites law."""
    sign_in(roles.PUBLISH, "anna@lotse.example")
    preview = post(editor, form_with(editor.get(f"/team/inhalte/{LAW}").text, "vorgang", "faq"), antwort="anabin ist eine Datenbank. Prüfen Sie dort die Hochschule und den Abschluss.")
    take_over(editor, preview)
    return editor


def test_nobody_accepts_the_own_proposal_or_without_the_password(proposed: TestClient, sign_in, contents) -> None:
    before = contents()
    assert "eigenen Vorschlag" in decide(proposed, sign_in, "annehmen", "anna@lotse.example", passwort=PASSWORD).text
    assert "Passwort stimmt nicht" in decide(proposed, sign_in, "annehmen", passwort="falsch").text
    assert decide(proposed, sign_in, "annehmen", "carla@lotse.example", roles.LABEL, passwort=PASSWORD).status_code == 403
    assert contents() == before


def test_rejection_has_a_reason_that_the_author_reads(proposed: TestClient, sign_in, contents) -> None:
    before = contents()
    assert decide(proposed, sign_in, "ablehnen", notiz=" ").status_code == 400
    answer = decide(proposed, sign_in, "ablehnen", notiz="Die Quelle sagt etwas anderes.")
    assert answer.status_code == 303 and "Die Quelle sagt etwas anderes." in proposed.get(answer.headers["location"]).text
    assert contents() == before and "Die Quelle sagt" in proposed.get("/team/vorschlaege?zustand=abgelehnt").text


def test_others_of_the_label_role_cannot_take_a_proposal_back(proposed: TestClient, sign_in) -> None:
    assert decide(proposed, sign_in, "ablehnen", "carla@lotse.example", roles.LABEL, notiz="will ich nicht").status_code == 403
    assert decide(proposed, sign_in, "ablehnen", "anna@lotse.example", notiz="Irrtum von mir").status_code == 303


def test_overtaken_proposal_writes_nothing_and_stays_readable(proposed: TestClient, sign_in, workspace: Workspace) -> None:
    apply(edit_faq(LAW, {"antwort": "anabin ist die Datenbank der Länder. Suchen Sie dort Ihre Hochschule."}, workspace), BEN, workspace)
    sign_in(roles.PUBLISH, "ben@lotse.example")
    [row] = proposals.in_state(proposed.app.state.database)  # type: ignore[attr-defined]
    assert "Überholt" in proposed.get(f"/team/vorschlaege/{row.id}").text
    answer = decide(proposed, sign_in, "annehmen", passwort=PASSWORD)
    assert answer.status_code == 409 and "nichts wurde geschrieben" in answer.text and "anabin ist eine Datenbank. Prüfen Sie dort die Hochschule" in answer.text
    assert faq_values(LAW, workspace)["antwort"].startswith("anabin ist die Datenbank der Länder")
    assert proposals.find(proposed.app.state.database, row.id).state == "ueberholt"  # type: ignore[attr-defined,union-attr]


def test_proposal_is_adapted_to_what_others_changed_elsewhere(proposed: TestClient, sign_in, workspace: Workspace) -> None:
    apply(edit_faq(LAW, {"kurz": "anabin lesen"}, workspace), BEN, workspace)
    assert decide(proposed, sign_in, "annehmen", passwort=PASSWORD, schluessel="0" * 32).status_code == 409
    [row] = proposals.in_state(proposed.app.state.database)  # type: ignore[attr-defined]
    assert "Angepasst" in proposed.get(f"/team/vorschlaege/{row.id}").text
    assert decide(proposed, sign_in, "annehmen", passwort=PASSWORD).status_code == 200
    now = faq_values(LAW, workspace)
    assert now["kurz"] == "anabin lesen" and now["antwort"].startswith("anabin ist eine Datenbank")


def test_every_step_of_a_proposal_is_noted(proposed: TestClient, sign_in) -> None:
    assert decide(proposed, sign_in, "annehmen", passwort=PASSWORD).status_code == 200
    noted = [(row.actor, row.action) for row in audit.recent(proposed.app.state.database)]  # type: ignore[attr-defined]
    assert ("anna@lotse.example", "vorschlag_gemacht") in noted and ("ben@lotse.example", "vorschlag_angenommen") in noted
    assert accounts.find(proposed.app.state.database, "ben@lotse.example") is not None  # type: ignore[attr-defined]


def test_chosen_sentences_become_an_faq_of_their_own(editor: TestClient, sign_in, workspace: Workspace) -> None:
    csrf = sign_in(roles.PUBLISH)
    chosen = all_phrasings(workspace)["faq/zsba"][:3]
    page = post(editor, [("csrf", csrf), ("absicht", "faq/zsba"), *(("satz", s) for s in chosen)], "/team/inhalte/neu").text
    form = form_with(page, "kennung")
    assert [v for k, v in form if k == "satz"] == chosen
    wrong = post(editor, form, kennung="ZSBA neu")
    assert wrong.status_code == 400 and 'id="kennung-fehler"' in wrong.text
    record = {"kennung": "zsba-neu", "frage": "Was ist die neue Stelle?", "kurz": "Neue Stelle", "thema": "verfahren", "antwort": "Die Stelle hilft bei der Suche.",
              "antwort_einfach": "Die Stelle hilft.", "quellen.titel": "Bundesagentur", "quellen.url": "https://www.arbeitsagentur.de/"}
    preview = post(editor, form, **record)
    assert preview.status_code == 200, preview.text
    assert "3 Formulierungen" in preview.text or "hat 3" in preview.text
    done = take_over(editor, preview)
    assert done.status_code == 200 and set(all_phrasings(workspace)["faq/zsba-neu"]) == set(chosen) and not set(chosen) & set(all_phrasings(workspace)["faq/zsba"])
    assert "Training nötig" in done.text


def test_new_faq_that_cites_law_waits_for_a_second_person(editor: TestClient, sign_in, contents) -> None:
    sign_in(roles.PUBLISH)
    before = contents()
    form = form_with(editor.get("/team/inhalte/neu").text, "kennung")
    wrong = post(editor, form, kennung="anabin")
    assert wrong.status_code == 400 and "gibt es schon" in wrong.text
    assert contents() == before


def test_faq_is_renamed_and_merged_with_all_that_names_it(editor: TestClient, sign_in, workspace: Workspace) -> None:
    sign_in(roles.PUBLISH)
    renamed = take_over(editor, post(editor, form_with(editor.get("/team/daten/faq/16b-studium").text, "vorgang", "umbenennen"), neu="studium-visum"))
    assert renamed.status_code == 200 and "16b-studium" not in (workspace.root / "data/faq/16f-sprachkurs.yml").read_text(encoding="utf-8")
    page = editor.get("/team/daten/faq/studium-visum").text
    preview = post(editor, form_with(page, "vorgang", "zusammenlegen"), **{"in": "faq/gibt-es-nicht"})
    assert preview.status_code == 400 and 'id="in-fehler"' in preview.text
