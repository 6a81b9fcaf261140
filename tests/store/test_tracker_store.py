"""Rasa's tracker store on both databases: conversations survive, nothing personal is written, trouble is an error and never an empty conversation."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

pytestmark = pytest.mark.slow
pytest.importorskip("rasa")

from rasa.core.agent import Agent  # noqa: E402
from rasa.core.brokers.broker import EventBroker  # noqa: E402
from rasa.shared.core.domain import Domain  # noqa: E402
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet, UserUttered  # noqa: E402
from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402

from bot.knowledge.base import ROOT  # noqa: E402
from bot.store import conversations  # noqa: E402
from bot.store.database import Database  # noqa: E402
from bot.store.errors import StoreError  # noqa: E402
from bot.tracker_store import LotseTrackerStore, fail_loudly  # noqa: E402

ID = "c" * 32


class Listening(EventBroker):
    """A broker that keeps what it is given."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []

    def publish(self, event: dict[str, Any]) -> None:
        self.heard.append(event)


@pytest.fixture(scope="module")
def domain() -> Domain:
    """Returns the assistant's domain."""
    return Domain.load(str(ROOT / "domain.yml"))


@pytest.fixture
def store(db: Database, domain: Domain) -> LotseTrackerStore:
    """Returns a store on an empty database."""
    return LotseTrackerStore(domain, database=db)


def say(tracker: DialogueStateTracker, text: str, *more: Any) -> None:
    """Adds one turn."""
    for event in (UserUttered(text, {"name": "vorstellung", "confidence": 0.9}, [], {"text": text}), *more, BotUttered(f"Sie schrieben: {text}"), ActionExecuted("action_listen")):
        tracker.update(event)


def begin(store: LotseTrackerStore, *more: Any) -> DialogueStateTracker:
    """Stores a conversation of one turn and returns its tracker."""
    tracker = store.init_tracker(ID)
    for event in (ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")):
        tracker.update(event)
    say(tracker, "Ich heiße Tesfaye Bekele, 0152 28817386", *more)
    asyncio.run(store.save(tracker))
    return tracker


def again(store: LotseTrackerStore) -> DialogueStateTracker:
    """Reads the conversation."""
    tracker = asyncio.run(store.retrieve(ID))
    assert tracker is not None
    return tracker


def test_conversation_comes_back_with_slots_and_masked(store: LotseTrackerStore, db: Database) -> None:
    begin(store, SlotSet("beruf", "koch"), SlotSet("land", "sy"))
    tracker = again(LotseTrackerStore(store.domain, database=db))
    assert (tracker.get_slot("beruf"), tracker.get_slot("land")) == ("koch", "sy")
    assert tracker.latest_message.text == "Ich heiße <NAME>, <TELEFON>"
    stored = conversations.load(db, ID)
    assert stored is not None and stored.turns == 1
    assert not any(word in stored.data for word in ("Tesfaye", "Bekele", "28817386"))


def test_turn_in_memory_keeps_the_raw_text(store: LotseTrackerStore) -> None:
    assert begin(store).latest_message.text == "Ich heiße Tesfaye Bekele, 0152 28817386"


def test_second_turn_is_added_and_counted(store: LotseTrackerStore, db: Database) -> None:
    begin(store)
    tracker = again(store)
    say(tracker, "Mail an a.b@beispiel.example", SlotSet("ort", "Kassel"))
    asyncio.run(store.save(tracker))
    asyncio.run(store.save(tracker))
    texts = [e.text for e in again(store).events if isinstance(e, UserUttered)]
    assert texts == ["Ich heiße <NAME>, <TELEFON>", "Mail an <E-MAIL>"]
    assert conversations.load(db, ID).turns == 2  # type: ignore[union-attr]


def test_hundred_turns_stay_short_and_remember(store: LotseTrackerStore, db: Database) -> None:
    begin(store, SlotSet("beruf", "koch"))
    for number in range(100):
        tracker = again(store)
        say(tracker, f"Frage {number}")
        asyncio.run(store.save(tracker))
    tracker = again(store)
    assert tracker.get_slot("beruf") == "koch"
    assert sum(isinstance(e, UserUttered) for e in tracker.events) == 20
    assert conversations.load(db, ID).turns == 101  # type: ignore[union-attr]


@pytest.mark.parametrize("sender", ["a\x00b", "x\ud800", "ä", "", "x" * 65, "a b", None, 5], ids=repr)
def test_strange_id_is_an_error_and_no_exit(store: LotseTrackerStore, sender: Any) -> None:
    with pytest.raises(StoreError):
        asyncio.run(store.retrieve(sender))
    with pytest.raises(StoreError):
        asyncio.run(store.save(DialogueStateTracker(sender, [])))


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "😀" * 400, "\u2028"], ids=repr)
def test_odd_text_is_stored(store: LotseTrackerStore, text: str) -> None:
    tracker = begin(store)
    say(tracker, text, SlotSet("ort", text))
    asyncio.run(store.save(tracker))
    assert isinstance(again(store).latest_message.text, str)


def test_row_that_cannot_be_read_begins_anew_and_says_so(store: LotseTrackerStore, db: Database, caplog: pytest.LogCaptureFixture) -> None:
    for data in ("kein json", '[{"event": "gibt es nicht"}]', '{"a": 1}', "5"):
        conversations.save(db, ID, data, 1)
        assert asyncio.run(store.retrieve(ID)) is None
    assert "nicht lesbar" in caplog.text and "kein json" not in caplog.text


def test_event_broker_hears_each_event_once_and_masked(db: Database, domain: Domain) -> None:
    broker = Listening()
    store = LotseTrackerStore(domain, broker, database=db)
    tracker = begin(store)
    say(tracker, "Ich heiße Olena Bondar")
    asyncio.run(store.save(tracker))
    asyncio.run(store.save(tracker))
    assert [e["text"] for e in broker.heard if e["event"] == "user"] == ["Ich heiße <NAME>, <TELEFON>", "Ich heiße <NAME>"]
    assert "Bondar" not in json.dumps(broker.heard)


def test_database_in_trouble_is_an_error_through_rasas_agent(domain: Domain) -> None:
    agent = Agent(domain=domain, tracker_store=LotseTrackerStore(domain, database=Database("postgresql://lotse@127.0.0.1:1/lotse")))
    assert asyncio.run(agent.tracker_store.retrieve(ID)) is None  # Rasa's wrapper: an empty conversation
    fail_loudly(agent)
    with pytest.raises(StoreError):
        asyncio.run(agent.tracker_store.retrieve(ID))
    with pytest.raises(StoreError):
        begin(agent.tracker_store)
