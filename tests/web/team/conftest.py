"""Staff in the four roles, signed in through the real form."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Callable

import pytest
from starlette.testclient import TestClient

from bot.editor.workspace import Workspace
from bot.knowledge.base import ROOT
from bot.knowledge.live import LiveKnowledge
from bot.store import accounts
from bot.team import passwords, roles
from bot.team.warm import warm
from tests.unit.editor.conftest import clone, contents, workspace  # noqa: F401 (fixtures)

PASSWORD = "Zaunkönig-Regal-Montag"


@pytest.fixture(scope="session")
def password_hash() -> str:
    """The hash of PASSWORD, made once: argon2 is slow on purpose."""
    return passwords.hashed(PASSWORD)


@pytest.fixture
def sign_in(client: TestClient, hidden_field, password_hash: str) -> Callable[..., str]:
    """Signs `client` in with a role and returns the CSRF token."""
    def enter(role: str = roles.ADMIN, login: str = "") -> str:
        login = login or f"{role}@lotse.example"
        database = client.app.state.database  # type: ignore[attr-defined]
        if accounts.find(database, login) is None:
            accounts.add(database, login, f"Test {role}", role, password_hash)
        client.cookies.clear()
        form = client.get("/team/anmelden").text
        answer = client.post("/team/anmelden", data={"schutz": hidden_field(form, "schutz"), "login": login, "passwort": PASSWORD, "weiter": ""})
        assert answer.status_code == 303, answer.text
        return hidden_field(client.get("/team/").text, "csrf")
    return enter


@pytest.fixture
def clock(client: TestClient) -> Callable[[float], None]:
    """Moves the clock of the database forward by some minutes."""
    database = client.app.state.database  # type: ignore[attr-defined]
    start = database.now

    def forward(minutes: float) -> None:
        database.now = lambda: start() + dt.timedelta(minutes=minutes)
    return forward


@pytest.fixture(scope="session")
def copied_knowledge(clone: Path) -> LiveKnowledge:  # noqa: F811
    """The content of the copy, read once."""
    return LiveKnowledge(clone / "data")


@pytest.fixture
def editor(client: TestClient, workspace: Workspace, copied_knowledge: LiveKnowledge) -> TestClient:  # noqa: F811
    """The console over a copy of the content in a git repository of its own."""
    copied_knowledge.refresh()  # the copy was put back
    (workspace.root / "var").mkdir(exist_ok=True)
    (workspace.root / "var" / "cache").symlink_to(ROOT / "var" / "cache")  # the vectors of the training
    state = client.app.state  # type: ignore[attr-defined]
    state.team.workspace, state.team.warm, state.knowledge = workspace, warm(workspace), copied_knowledge
    return client
