"""The website over the real content, shared by the tests of the desk that change nothing."""

from __future__ import annotations

from typing import Iterator

import pytest
from starlette.testclient import TestClient

from bot.knowledge.base import Knowledge
from bot.knowledge.live import shared
from bot.web.app import create_app
from bot.web.settings import Settings
from tests.web.conftest import NOWHERE, SECRET

BASE = "https://lotse.example"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Returns the content of `data/`."""
    return shared().current()


@pytest.fixture(scope="session")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A counsellor who only reads; no Rasa is there."""
    settings = Settings("127.0.0.1", 8080, BASE, SECRET, (), NOWHERE, f"sqlite:///{tmp_path_factory.mktemp('desk')}/lotse.db")
    with TestClient(create_app(settings), base_url=BASE, raise_server_exceptions=False, follow_redirects=False) as visitor:
        yield visitor
