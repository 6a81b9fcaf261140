"""A visitor of the chat: what the widget does, for tests. Works with Starlette's TestClient and with httpx."""

from __future__ import annotations

import json
import uuid
from typing import Any

import httpx

API = "/api/chat"
JSON = {"Content-Type": "application/json"}


def new_id() -> str:
    """Returns a client id as a browser makes it."""
    return uuid.uuid4().hex


def events(response: httpx.Response) -> list[tuple[str, dict[str, Any]]]:
    """Returns the server-sent events of a response as (name, data)."""
    found = []
    for block in response.text.split("\n\n"):
        if block.strip():
            name, data = block.split("\n")
            found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


class Visitor:
    """One browser with its cookie, or with `embedded` one widget on a foreign site with its token."""

    def __init__(self, client: httpx.Client, embedded: bool = False, origin: str = "") -> None:
        self.client, self.embedded = client, embedded
        self.headers = {"Origin": origin} if origin else {}

    def start(self, **body: Any) -> dict[str, Any]:
        """Begins a conversation and keeps its token."""
        headers = {**self.headers, "X-Lotse-Embed": "1"} if self.embedded else self.headers
        answer = self.client.post(f"{API}/start", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        if self.embedded:
            self.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        return dict(answer.json())

    def send(self, text: Any = None, id: Any = None, **body: Any) -> httpx.Response:
        """Sends a message."""
        if text is not None:
            body["text"] = text
        return self.client.post(f"{API}/message", content=json.dumps({"id": id or new_id(), **body}), headers={**JSON, **self.headers})

    def say(self, text: Any = None, **body: Any) -> list[dict[str, Any]]:
        """Sends a message and returns the replies to it."""
        answer = self.send(text, **body)
        assert answer.status_code == 200, answer.text
        told = events(answer)
        assert [name for name, _ in told] == ["antwort"] * (len(told) - 1) + ["ende"]
        return [data for _, data in told[:-1]]

    def history(self) -> list[dict[str, Any]]:
        """Returns the talk so far."""
        return list(self.client.get(f"{API}/history", headers=self.headers).json()["nachrichten"])

    def post(self, name: str, **body: Any) -> httpx.Response:
        """Sends JSON to another address of the chat."""
        return self.client.post(f"{API}/{name}", content=json.dumps(body), headers={**JSON, **self.headers})
