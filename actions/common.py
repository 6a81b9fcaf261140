"""Shared by the actions: the knowledge that follows its files, and how a `Reply` is sent."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.knowledge.base import Knowledge
from bot.knowledge.live import shared
from bot.knowledge.paragraphs import paragraph_languages
from bot.knowledge.reply import Reply
from bot.knowledge.sprachen import Sprache, spoken


def knowledge() -> Knowledge:
    """Returns the knowledge of now; loaded at the first call."""
    return shared().current()


def send(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Sends a reply with its buttons and the data for the website."""
    message = reply.as_rasa()
    dispatcher.utter_message(text=message["text"], buttons=message.get("buttons"), json_message=message.get("custom"))


def language(tracker: Tracker) -> Sprache | None:
    """Returns the person's language when it is not German."""
    return spoken([event for event in reversed(tracker.events or []) if event.get("event") == "user"], knowledge().sprachen)


def introduced(reply: Reply, sprache: Sprache | None) -> Reply:
    """Returns a German list with the line before it that says in the person's language what this is."""
    if sprache is None or not sprache.zeilen:
        return reply
    text = f"{sprache.zeilen['einleitung']}\n\n{reply.text}"
    return Reply(text, reply.buttons, {**reply.custom, "absaetze": paragraph_languages(text, sprache)})
