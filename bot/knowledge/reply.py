"""What the assistant says: text for any channel, buttons, and data for the website.

Everything that renders returns a `Reply`; the Rasa adapters (`bot/answers.py`, `actions/`) only pass it on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Button:
    """A quick reply: `payload` is sent as if the person had typed it."""

    title: str
    payload: str


@dataclass(frozen=True)
class Reply:
    """One message. `custom` carries what only the website shows (ids, sources, office cards)."""

    text: str
    buttons: tuple[Button, ...] = ()
    custom: dict[str, Any] = field(default_factory=dict)

    def as_rasa(self) -> dict[str, Any]:
        """Returns the message as Rasa's response dictionary."""
        message: dict[str, Any] = {"text": self.text}
        if self.buttons:
            message["buttons"] = [{"title": b.title, "payload": b.payload} for b in self.buttons]
        if self.custom:
            message["custom"] = self.custom
        return message
