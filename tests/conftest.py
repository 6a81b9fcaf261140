"""Shared fixtures: the real processes, started once per test run on free ports of the loopback interface."""

from __future__ import annotations

import json
import sys
import uuid
from typing import Any, Iterator

import pytest
import requests

from bot import models, processes

WEBHOOK = "/webhooks/rest/webhook"
SECRET = "nur-für-tests-" + "x" * 32
MANY = "1000000"  # all visitors of a test come from one address


class Lotse:
    """A running assistant: Rasa and the action server, talked to over REST (`url`), and the website (`web_url`), with a database of their own."""

    def __init__(self, database: str) -> None:
        model = models.fitting() or models.train()
        port, actions_port = processes.free_port(), processes.free_port()
        self.actions = processes.actions_service(actions_port)
        self.url = f"http://{processes.HOST}:{port}"
        self.rasa = processes.rasa_service(port, actions_port, model)
        self.database = database
        self.rasa.environment = {**self.rasa.environment, "DATABASE_URL": database}
        web_port = processes.free_port()
        self.web_url = f"http://{processes.HOST}:{web_port}"
        self.web = processes.Service("web", [sys.executable, "-m", "bot.web", "--port", str(web_port)], f"{self.web_url}/lebt", {
            "DATABASE_URL": database, "LOTSE_RASA_URL": self.url, "LOTSE_SECRET": SECRET, "LOTSE_PRO_ADRESSE": MANY, "LOTSE_EMBED_ORIGINS": "https://stadt.example"})

    def start(self) -> None:
        """Starts the processes and waits until they answer."""
        for service in (self.actions, self.rasa, self.web):
            service.start()
        for service in (self.actions, self.rasa, self.web):
            service.wait_ready()

    def stop(self) -> None:
        """Stops the processes."""
        for service in (self.web, self.rasa, self.actions):
            service.stop()

    def post(self, body: Any, **options: Any) -> requests.Response:
        """Sends a raw body to the webhook."""
        data = body if isinstance(body, (bytes, str)) else json.dumps(body)
        return requests.post(self.url + WEBHOOK, data=data, headers={"Content-Type": "application/json"}, timeout=30, **options)

    def talk(self) -> Talk:
        """Starts a new conversation."""
        return Talk(self)


class Talk:
    """One conversation."""

    def __init__(self, lotse: Lotse) -> None:
        self.lotse, self.sender = lotse, uuid.uuid4().hex

    def say(self, text: str, **metadata: str) -> Answer:
        """Sends a message and returns the reply."""
        return Answer(self.lotse.post({"sender": self.sender, "message": text, "metadata": metadata}).json())


class Answer:
    """The messages of one turn."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.messages = messages
        self.text = "\n".join(m["text"] for m in messages if m.get("text"))
        self.buttons = [b for m in messages for b in m.get("buttons", [])]
        self.custom: dict[str, Any] = {}
        for message in messages:
            self.custom.update(message.get("custom") or {})

    @property
    def faq(self) -> str:
        """The id of the FAQ that was answered, alone or at the end of the Anerkennungsprüfung, or ""."""
        return self.custom.get("faq", "") if self.custom.get("typ") in ("faq", "pruefung") else ""


@pytest.fixture(scope="session")
def lotse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lotse]:
    """The running assistant with a database of its own, shared by all tests of a run."""
    running = Lotse(f"sqlite:///{tmp_path_factory.mktemp('lotse')}/lotse.db")
    try:
        running.start()
        yield running
    finally:
        running.stop()
