"""The website as an application in this process, with a database of its own; no Rasa behind it unless a test starts one."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from bot.web.app import create_app
from bot.web.settings import Settings

NOWHERE = "http://127.0.0.1:9"  # nobody listens on the discard port
SECRET = "nur-für-tests-" + "x" * 32


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a site behind TLS that one other site may embed."""
    return Settings("127.0.0.1", 8080, "https://lotse.example", SECRET, ("https://stadt.example",), NOWHERE, f"sqlite:///{tmp_path}/lotse.db")


@pytest.fixture
def client(settings: Settings) -> Iterator[TestClient]:
    """A visitor without cookies."""
    with TestClient(create_app(settings), base_url="https://lotse.example", raise_server_exceptions=False, follow_redirects=False) as visitor:
        yield visitor


@pytest.fixture
def hidden_field() -> Callable[[str, str], str]:
    """Returns the value of a hidden field on a page."""
    def find(html: str, name: str) -> str:
        return html.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]
    return find
