"""The model pages: what each role sees, what is asked before a release, and what is refused."""

from __future__ import annotations

import os
import tarfile
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot import lock, models
from bot.store import audit
from bot.team import roles
from bot.training import comparison as kept
from bot.training import jobs, release
from bot.training.registry import Model, Registry
from tests.unit.comparisons import comparison, figures
from tests.web.team.conftest import PASSWORD

LIVE, CANDIDATE = "lotse-20261101-100000-a.tar.gz", "lotse-20261102-100000-a.tar.gz"


@pytest.fixture
def candidate(client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Model:
    """A live model and a candidate, in folders of the test's own."""
    (tmp_path / "models").mkdir()
    for target, name, value in ((models, "MODELS", tmp_path / "models"), (models, "POINTER", tmp_path / "models" / "aktuell.json"), (kept, "FOLDER", tmp_path / "vergleiche"),
                                (release, "ORDERS", tmp_path / "auftraege"), (release, "STATE", tmp_path / "release.json"), (release, "LOCK", tmp_path / "lotse.lock"),
                                (release, "RUNNING_FILE", tmp_path / "laeuft.json"), (jobs, "STATE", tmp_path / "training.json")):
        monkeypatch.setattr(target, name, value)
    for name in (LIVE, CANDIDATE):
        with tarfile.open(tmp_path / "models" / name, "w:gz") as file:
            (tmp_path / "inhalt").write_text(name, encoding="utf-8")
            file.add(tmp_path / "inhalt", "metadata.json")
    models.use(tmp_path / "models" / LIVE, "abc", 1)
    registry = Registry(client.app.state.database)  # type: ignore[attr-defined]
    return registry.add(tmp_path / "models" / CANDIDATE, "def", 25.4, "anna", "neue Sätze", metrics={"macro_f1": 0.976, "richtig": 0.973})


@pytest.fixture
def running(candidate: Model):
    """Holds the lock that a running `lotse serve` holds."""
    handle = lock.take(release.LOCK)
    assert handle is not None
    yield
    os.close(handle)


def compare(client: TestClient, **changes) -> None:
    registry = Registry(client.app.state.database)  # type: ignore[attr-defined]
    a, b, usual = registry.get(LIVE), registry.get(CANDIDATE), comparison(**changes)
    kept.save(comparison(a=usual.a.__class__(a.file, a.sha256, 1, 1.0, 1.0), b=usual.b.__class__(b.file, b.sha256, 1, 1.0, 1.0), **changes))


def orders() -> list[Path]:
    return list(release.ORDERS.glob("*.json"))


def test_list_tells_what_is_live_and_how_good(client: TestClient, sign_in, candidate: Model) -> None:
    sign_in(roles.READ)
    text = client.get("/team/modelle").text
    assert "in Gebrauch" in text and "Kandidat" in text and "97,3 %" in text and "97,6" in text and "neue Sätze" in text
    assert "Trainieren und vergleichen" not in text


def test_release_asks_for_password_and_reason(client: TestClient, sign_in, candidate: Model, running) -> None:
    csrf = sign_in(roles.PUBLISH)
    compare(client)
    address, form = f"/team/modelle/{candidate.id}/freigeben", {"csrf": csrf, "warum": "bessere Sätze", "passwort": PASSWORD}
    assert "Das Passwort stimmt nicht." in client.post(address, data=form | {"passwort": "falsch"}).text
    assert "warum" in client.post(address, data=form | {"warum": " "}).text
    assert orders() == []
    assert client.post(address, data=form).headers["location"] == "/team/modelle"
    assert len(orders()) == 1
    noted = [row for row in audit.recent(client.app.state.database) if row.action == "freigabe_begonnen"]  # type: ignore[attr-defined]
    assert [(row.actor, row.target) for row in noted] == [("freigeben@lotse.example", CANDIDATE)]


def test_closed_gate_holds_for_all_but_an_administrator_with_a_reason(client: TestClient, sign_in, candidate: Model, running) -> None:
    csrf = sign_in(roles.PUBLISH)
    compare(client, figures_b=figures(macro_f1=0.5))
    address, form = f"/team/modelle/{candidate.id}/freigeben", {"warum": "bessere Sätze", "passwort": PASSWORD, "trotzdem": "Das Gesetz gilt ab morgen."}
    assert "Freigabe gesperrt" in client.get(f"/team/modelle/{candidate.id}").text
    assert client.post(address, data=form | {"csrf": csrf}).status_code == 409 and orders() == []
    csrf = sign_in(roles.ADMIN)
    assert client.post(address, data=form | {"csrf": csrf, "trotzdem": ""}).status_code == 409 and orders() == []
    assert client.post(address, data=form | {"csrf": csrf}).status_code == 303 and len(orders()) == 1


def test_nothing_is_released_when_the_assistant_does_not_run(client: TestClient, sign_in, candidate: Model) -> None:
    csrf = sign_in(roles.PUBLISH)
    compare(client)
    answer = client.post(f"/team/modelle/{candidate.id}/freigeben", data={"csrf": csrf, "warum": "bessere Sätze", "passwort": PASSWORD})
    assert answer.status_code == 409 and "läuft nicht" in answer.text


def test_way_back_is_one_click(client: TestClient, sign_in, candidate: Model, running) -> None:
    models.use(models.MODELS / CANDIDATE, "def", 1)
    csrf = sign_in(roles.LABEL)
    assert client.post("/team/modelle/zurueck", data={"csrf": csrf}).status_code == 403 and orders() == []
    csrf = sign_in(roles.PUBLISH)
    assert client.post("/team/modelle/zurueck", data={"csrf": csrf}).status_code == 303
    order = release.next_order()
    assert order and (order.kind, order.file, order.who, order.why) == (release.ROLLBACK, LIVE, "freigeben@lotse.example", "ohne Begründung")


def test_rejected_candidate_says_why(client: TestClient, sign_in, candidate: Model) -> None:
    csrf = sign_in(roles.PUBLISH)
    assert client.post(f"/team/modelle/{candidate.id}/ablehnen", data={"csrf": csrf, "warum": ""}).status_code == 400
    assert client.post(f"/team/modelle/{candidate.id}/ablehnen", data={"csrf": csrf, "warum": "schlechter bei Pflege"}).status_code == 303
    assert "schlechter bei Pflege" in client.get("/team/modelle").text


def test_tables_of_the_comparison_can_be_taken_away(client: TestClient, sign_in, candidate: Model) -> None:
    sign_in(roles.READ)
    assert client.get(f"/team/modelle/{candidate.id}/gruppen.csv").status_code == 404
    compare(client)
    answer = client.get(f"/team/modelle/{candidate.id}/gruppen.csv")
    assert answer.status_code == 200 and "attachment" in answer.headers["content-disposition"] and answer.text.startswith("\ufeff")
    assert client.get(f"/team/modelle/{candidate.id}/passwoerter.csv").status_code == 404


def test_progress_is_told_while_something_runs(client: TestClient, sign_in, candidate: Model) -> None:
    sign_in(roles.READ)
    assert client.get("/team/modelle/stand").json() == {"laeuft": False, "auftrag": None, "wechsel": None}
    assert client.get("/team/modelle/verlauf").text.startswith('data: {"laeuft": false')


def test_unknown_model_is_a_page_not_found(client: TestClient, sign_in, candidate: Model) -> None:
    sign_in(roles.READ)
    assert client.get("/team/modelle/" + "f" * 32).status_code == 404
