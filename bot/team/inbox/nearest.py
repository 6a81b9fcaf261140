"""„Warum?“: the training sentences nearest to a message, with their intents."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge.base import Knowledge
from bot.team.inbox.choices import name_of
from bot.team.warm import Warm


@dataclass(frozen=True)
class Reason:
    """A training sentence, its intent with label, and how near it is, 0 to 100."""

    sentence: str
    intent: str
    label: str
    percent: int


def reasons(warm: Warm, knowledge: Knowledge, text: str, wait: bool = False, most: int = 5) -> list[Reason] | None:
    """Returns the nearest training sentences, or None while the vectors load and `wait` is False."""
    radar = warm.wait() if wait else warm.get()
    if radar is None:
        return None
    with warm.lock:
        found = radar.nearest(text, most)
    return [Reason(near.text, near.intent, name_of(knowledge, near.intent), max(0, round(100 * near.cosine))) for near in found]
