"""Accounts, audit, access and erasure in the console."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from bot.store import accounts, audit, feedback, journal
from bot.team import people, roles

OWN = "Laternen-Fahrrad-Oktober"


def password_on(page: str) -> str:
    found = re.search(r'id="einmalpasswort">([a-z0-9-]+)<', page)
    assert found
    return found[1]


def log_in(client: TestClient, hidden_field, login: str, password: str) -> int:
    client.cookies.clear()
    form = client.get("/team/anmelden").text
    return client.post("/team/anmelden", data={"schutz": hidden_field(form, "schutz"), "login": login, "passwort": password, "weiter": ""}).status_code


def test_new_account_has_to_choose_its_own_password(client: TestClient, sign_in, hidden_field) -> None:
    csrf = sign_in()
    page = client.post("/team/konten", data={"csrf": csrf, "login": "Berta@Lotse.example", "name": "Berta  Muster", "rolle": roles.LABEL}).text
    once = password_on(page)
    assert once not in client.get("/team/konten").text
    assert log_in(client, hidden_field, "berta@lotse.example", once) == 303
    assert client.get("/team/").headers["location"] == "/team/konto"
    page = client.get("/team/konto").text
    csrf = hidden_field(page, "csrf")
    assert client.post("/team/konto", data={"csrf": csrf, "passwort": once, "neu": once}).status_code == 400
    assert client.post("/team/konto", data={"csrf": csrf, "passwort": once, "neu": OWN}).status_code == 303
    assert log_in(client, hidden_field, "berta@lotse.example", once) == 403
    assert log_in(client, hidden_field, "berta@lotse.example", OWN) == 303
    assert client.get("/team/").status_code == 200


@pytest.mark.parametrize("wrong", [{"login": "ä ö"}, {"name": ""}, {"name": "A <b>"}, {"rolle": "chef"}, {"login": "verwalten@lotse.example"}])
def test_wrong_accounts_are_refused(client: TestClient, sign_in, wrong: dict[str, str]) -> None:
    csrf = sign_in()
    sent = {"csrf": csrf, "login": "neu@lotse.example", "name": "Neu", "rolle": roles.READ} | wrong
    answer = client.post("/team/konten", data=sent)
    assert answer.status_code == 400 and 'role="alert"' in answer.text
    assert len(accounts.everyone(client.app.state.database)) == 1  # type: ignore[attr-defined]


def test_roles_blocks_and_passwords_change_and_are_noted(client: TestClient, sign_in, hidden_field) -> None:
    csrf, db = sign_in(), client.app.state.database  # type: ignore[attr-defined]
    account, _ = people.add(db, "test", "carla@lotse.example", "Carla", roles.READ)
    for sent in ({"aktion": "rolle", "rolle": roles.PUBLISH}, {"aktion": "sperren"}, {"aktion": "entsperren"}):
        assert client.post(f"/team/konten/{account.id}", data={"csrf": csrf, **sent}).status_code == 200
    once = password_on(client.post(f"/team/konten/{account.id}", data={"csrf": csrf, "aktion": "passwort"}).text)
    assert accounts.find_id(db, account.id).role == roles.PUBLISH  # type: ignore[union-attr]
    noted = {row.action: row.detail for row in audit.recent(db) if row.target == account.login}
    assert {"konto_rolle", "konto_gesperrt", "konto_entsperrt", "konto_passwort_neu"} <= set(noted)
    assert once not in str(noted)
    assert log_in(client, hidden_field, account.login, once) == 303


@pytest.mark.parametrize("sent", [{"aktion": "sperren"}, {"aktion": "rolle", "rolle": roles.READ}])
def test_last_administrator_stays(client: TestClient, sign_in, sent: dict[str, str]) -> None:
    csrf, db = sign_in(), client.app.state.database  # type: ignore[attr-defined]
    me = accounts.find(db, "verwalten@lotse.example")
    answer = client.post(f"/team/konten/{me.id}", data={"csrf": csrf, **sent})  # type: ignore[union-attr]
    assert answer.status_code == 400 and "letzte Verwaltung" in answer.text


def test_one_time_passwords_differ_and_pass_the_rules() -> None:
    from bot.team.passwords import problem

    made = {people.one_time_password() for _ in range(200)}
    assert len(made) == 200 and not any(problem(password, "anna@lotse.example") for password in made)


def test_audit_filters_pages_and_export(client: TestClient, sign_in) -> None:
    sign_in()
    db = client.app.state.database  # type: ignore[attr-defined]
    for number in range(130):
        audit.note(db, "anna", "=BOESE()" if number == 7 else "etwas", f"ziel-{number}")
    page = client.get("/team/protokoll?wer=anna").text
    assert page.count("<tr>") == 101 and "ziel-129" in page and "ziel-29" not in page
    older = re.search(r'href="(/team/protokoll\?[^"]*nach=[^"]+)"', page)
    assert older
    second = client.get(older[1].replace("&amp;", "&")).text
    assert second.count("<tr>") == 31 and "ziel-29" in second and "ziel-30" not in second
    table = client.get("/team/protokoll.csv?wer=anna")
    assert table.headers["content-type"] == "text/csv; charset=utf-8" and table.text.count("\n") == 131 and "'=BOESE()" in table.text
    assert audit.recent(db)[0].action == "protokoll_ausgeleitet"


def test_access_and_erasure_of_one_conversation(client: TestClient, sign_in) -> None:
    from tests.web.team.conftest import PASSWORD

    csrf, db = sign_in(), client.app.state.database  # type: ignore[attr-defined]
    row = journal.accept(db, "a" * 32, "b" * 32, "Mein Name ist Olena Petrenko, was kostet die Anerkennung?")
    journal.answer(db, row.id, [{"text": "So viel."}], raw="x")
    feedback.give(db, "a" * 32, row.id, "falsch")
    page = client.get(f"/team/gespraech?kennung={row.id}").text
    assert "was kostet die Anerkennung" in page and "Petrenko" not in page and 'value="' + "a" * 32 in page
    assert client.get(f"/team/gespraech.json?kennung={'a' * 32}").json()["feedback"][0]["reason"] == "falsch"
    wrong = client.post("/team/gespraech", data={"csrf": csrf, "kennung": "a" * 32, "passwort": "falsch"})
    assert wrong.status_code == 400 and journal.find(db, row.id) is not None
    done = client.post("/team/gespraech", data={"csrf": csrf, "kennung": "a" * 32, "passwort": PASSWORD})
    assert "Gelöscht: 1 Nachrichten, 1 Rückmeldungen" in done.text and journal.find(db, row.id) is None
    assert client.get(f"/team/gespraech?kennung={'a' * 32}").status_code == 404
    noted = [(r.actor, r.action) for r in audit.recent(db)]
    assert ("verwalten@lotse.example", "gespraech_geloescht") in noted and ("verwalten@lotse.example", "gespraech_angesehen") in noted
