"""Where Rasa is and how the web process talks to it: HTTP on loopback only.

`var/run/rasa.json` names the Rasa in use; whoever starts or switches Rasa replaces that file at once, so a new model needs no restart here.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.knowledge.base import ROOT
from bot.web.settings import Settings

POINTER = ROOT / "var" / "run" / "rasa.json"
DEFAULT = "http://127.0.0.1:5005"


@dataclass(frozen=True)
class Target:
    """The Rasa in use: address and file name of its model ("" when unknown)."""

    url: str
    model: str


class Upstream:
    """Knows the Rasa in use and keeps connections to it."""

    def __init__(self, settings: Settings, pointer: Path = POINTER) -> None:
        self._fixed, self._pointer = settings.rasa_url, pointer
        self._stamp = 0
        self._target = Target(self._fixed or DEFAULT, "")
        self.client = httpx.AsyncClient(trust_env=False, limits=httpx.Limits(max_connections=64, max_keepalive_connections=0))

    def target(self) -> Target:
        """Returns the Rasa in use, read again when the pointer changed."""
        if self._fixed:
            return self._target
        try:
            stamp = os.stat(self._pointer).st_mtime_ns
            if stamp != self._stamp:
                data = json.loads(self._pointer.read_text(encoding="utf-8"))
                self._target, self._stamp = Target(str(data["url"]), str(data.get("model", ""))), stamp
        except (OSError, ValueError, KeyError, TypeError):
            pass  # no pointer yet: keep what was known
        return self._target

    async def is_ready(self) -> bool:
        """Tells whether Rasa has a model and answers."""
        try:
            return (await self.client.get(f"{self.target().url}/webhooks/rest/", timeout=3)).status_code == 200
        except httpx.HTTPError:
            return False

    async def understand(self, text: str, timeout: float = 0.5) -> list[tuple[str, float]]:
        """Returns the model's ranking of FAQs for `text`, best first, as (id, confidence); [] when Rasa does not answer in time."""
        try:
            answer = await self.client.post(f"{self.target().url}/webhooks/rest/verstehen", json={"text": text}, timeout=timeout)
            ranking = answer.json()["rang"] if answer.status_code == 200 else []
            return [(name.removeprefix("faq/"), float(value)) for name, value in ranking if name.startswith("faq/")]
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            return []

    async def close(self) -> None:
        """Closes the connections."""
        await self.client.aclose()
