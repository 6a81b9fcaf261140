"""The gateway with the real application: without Rasa behind it (quick), or with the running one (`answered`, slow)."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any, Callable, Iterator

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from bot import chat_switch
from bot.store.database import Database
from bot.store.tables import journal
from bot.web.app import create_app
from bot.web.settings import Settings
from tests.web.chat.peer import Peer
from tests.web.chat.visitor import Visitor
from tests.web.conftest import NOWHERE, SECRET

BASE = "https://lotse.example"
EMBEDDER = "https://stadt.example"


@pytest.fixture
def switch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the off switch, of this test only."""
    path = tmp_path / "aus.json"
    monkeypatch.setattr(chat_switch, "FILE", path)
    return path


@pytest.fixture
def site(tmp_path: Path, switch: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., TestClient]]:
    """Returns a function that starts the application and returns a browser without cookies."""
    with contextlib.ExitStack() as stack:
        def start(rasa: str = NOWHERE, per_address: int = 1_000_000, address: str = "192.0.2.1", database: str = "") -> TestClient:
            monkeypatch.setenv("LOTSE_PRO_ADRESSE", str(per_address))
            app = create_app(Settings("127.0.0.1", 8080, BASE, SECRET, (EMBEDDER,), rasa, database or f"sqlite:///{tmp_path}/lotse.db"))
            client = TestClient(app, base_url=BASE, client=(address, 1), raise_server_exceptions=False, follow_redirects=False)
            return stack.enter_context(client)
        yield start


@pytest.fixture
def client(site: Callable[..., TestClient]) -> TestClient:
    """A browser; nothing answers behind the gateway."""
    return site()


@pytest.fixture
def visitor(client: TestClient) -> Visitor:
    """A visitor with a conversation; nothing answers behind the gateway."""
    visitor = Visitor(client)
    visitor.start()
    return visitor


@pytest.fixture
def answered(site: Callable[..., TestClient], lotse: Any) -> Visitor:
    """A visitor with a conversation and the running assistant behind the gateway."""
    visitor = Visitor(site(lotse.url, database=lotse.database))
    visitor.start()
    return visitor


@pytest.fixture
def rows(tmp_path: Path) -> Callable[[], list[Any]]:
    """Returns a function that reads the journal."""
    def read() -> list[Any]:
        with Database(f"sqlite:///{tmp_path}/lotse.db").read() as connection:
            return list(connection.execute(sa.select(journal).order_by(journal.c.created)).all())
    return read


@pytest.fixture
def peer() -> Iterator[Peer]:
    """Something else in Rasa's place, see `peer.py`."""
    with Peer() as running:
        yield running


@pytest.fixture
def counting(peer: Peer) -> tuple[str, list[str]]:
    """Address of a peer that refuses every turn, and what reached it."""
    return peer.url, peer.seen
