"""Shared by the actions: the knowledge that follows its files, and how a `Reply` is sent."""

from __future__ import annotations

from rasa_sdk.executor import CollectingDispatcher

from bot.knowledge.base import Knowledge
from bot.knowledge.live import shared
from bot.knowledge.reply import Reply


def knowledge() -> Knowledge:
    """Returns the knowledge of now; loaded at the first call."""
    return shared().current()


def send(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Sends a reply with its buttons and the data for the website."""
    message = reply.as_rasa()
    dispatcher.utter_message(text=message["text"], buttons=message.get("buttons"), json_message=message.get("custom"))
