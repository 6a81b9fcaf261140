"""Rasa's tracker store on our database: masked before it is written, shared by several Rasa processes, loud when the database is in trouble.

Rasa wraps every store in one that answers trouble with memory; `fail_loudly` takes that wrapper away, so that a turn that was not stored becomes an error.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from typing import Any, Dict, Iterable, List, Optional

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.privacy.events import storable
from bot.privacy.words import known_words
from bot.store import conversations
from bot.store.database import Database
from bot.store.errors import REFUSED, StoreError
from bot.store.values import clean_json
from bot.store.window import last_turns

logger = logging.getLogger(__name__)
SENDER = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Memory:
    """What a tracker had when it was read: its stored events and number of messages. Kept on the tracker, so that only new events are masked."""

    def __init__(self, events: List[Dict[str, Any]], turns: int) -> None:
        self.events, self.turns, self.published = events, turns, len(events)


class LotseTrackerStore(TrackerStore):
    """Keeps the last turns of each conversation in the table `conversations`."""

    def __init__(self, domain: Optional[Domain] = None, event_broker: Optional[EventBroker] = None, host: Optional[str] = None, database: Optional[Database] = None, **kwargs: Any) -> None:
        """Prepares the database of `DATABASE_URL`. Rasa also starts while it is down; every message is then answered with an apology until it is back."""
        super().__init__(domain, event_broker)
        self._db = database or Database()
        try:
            self._db.create_all()
        except StoreError as error:
            logger.error("Gespräche können noch nicht gespeichert werden: %s", error)
        known_words()  # read now, not with the first visitor

    async def retrieve(self, sender_id: str) -> Optional[DialogueStateTracker]:
        """Returns the conversation, or None when there is none.

        Raises:
            StoreError: the database is in trouble, or this is no id of a conversation.
        """
        stored = await asyncio.to_thread(conversations.load, self._db, _checked(sender_id))
        if stored is None:
            return None
        try:
            events = json.loads(stored.data)
            if not isinstance(events, list):
                raise TypeError
            tracker = DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)
        except (ValueError, KeyError, TypeError) as error:  # written by a program that this one does not understand
            logger.error("Ein gespeichertes Gespräch war nicht lesbar und beginnt neu (%s).", type(error).__name__)
            return None
        tracker.lotse_memory = Memory(events, stored.turns)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Stores the conversation, masked; once this returns, it is on disk.

        Raises:
            StoreError: it was not stored.
        """
        sender = _checked(tracker.sender_id)
        memory = getattr(tracker, "lotse_memory", None) or Memory([], 0)
        new = storable(clean_json([event.as_dict() for event in list(tracker.events)[len(memory.events):]]))
        if not new:
            return
        events = last_turns(memory.events + new)
        turns = memory.turns + sum(event["event"] == "user" for event in new)
        await asyncio.to_thread(conversations.save, self._db, sender, json.dumps(events, separators=(",", ":")), turns)
        self._publish(tracker, memory, new)

    async def keys(self) -> Iterable[str]:
        """Returns the ids of all conversations."""
        return await asyncio.to_thread(conversations.ids, self._db)

    def _publish(self, tracker: DialogueStateTracker, memory: Memory, new: List[Dict[str, Any]]) -> None:
        """Gives the masked events to the event broker, each once."""
        if self.event_broker is not None:
            for event in new[memory.published - len(memory.events):]:
                self.event_broker.publish({"sender_id": tracker.sender_id, **event})
        memory.published = len(memory.events) + len(new)
        tracker.lotse_memory = memory


def fail_loudly(agent: Any) -> None:
    """Takes Rasa's wrapper away, which would answer with an empty or unsaved conversation when the database is in trouble."""
    if agent is None:
        return
    inner = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
    if isinstance(inner, LotseTrackerStore):
        agent.tracker_store = inner
        if agent.processor is not None:
            agent.processor.tracker_store = inner


def _checked(sender_id: Any) -> str:
    if not isinstance(sender_id, str) or not SENDER.fullmatch(sender_id):
        raise StoreError(REFUSED, "Die Kennung eines Gesprächs hat unerlaubte Zeichen.", "1 bis 64 Zeichen aus A–Z, a–z, 0–9, _ und - benutzen")
    return sender_id
