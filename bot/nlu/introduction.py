"""Rasa component after the intent classifier: what people tell about themselves, also misspelt, and messages that tell nothing else.

Adds to sentences that introduce a person the occupation and country with typing mistakes and whether she lives in Germany, takes away a country
that is not the one of training, and makes a message of names only („Koch“, „nein, aus Polen“) an introduction.
"""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge.introduction import Name, complete
from bot.knowledge.live import shared

EXACT = 99.0  # the classifier's margin for a training sentence


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Introduction(GraphComponent, EntityExtractorMixin):
    """Completes the entities of introductions and recognises bare ones."""

    @staticmethod
    def required_packages() -> List[str]:
        return ["rapidfuzz"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {}

    def __init__(self, config: Dict[str, Any]) -> None:
        """Reads the names once; later edits are followed."""
        self._live = shared()
        self._live.current().beruf_finder.find("Koch")  # builds the index now, not with the first visitor

    @classmethod
    def create(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> "Introduction":
        return cls(config)

    def process(self, messages: List[Message]) -> List[Message]:
        """Completes intent and entities of every message."""
        for message in messages:
            if (message.get(TEXT) or "").strip():
                self._complete(message, message.get(TEXT))
        return messages

    def _complete(self, message: Message, text: str) -> None:
        entities = list(message.get(ENTITIES) or [])
        names = [Name(e["entity"], e["value"], e.get("start", 0), e.get("end", 0)) for e in entities]
        old = (message.get(INTENT) or {}).get("name") or ""
        trained = (message.get("lotse") or {}).get("margin") == EXACT
        intent, completed = complete(text, names, old, trained, self._live.current())
        if intent != old:
            message.set(INTENT, {"name": intent, "confidence": 1.0}, add_to_output=True)
        added = [{"entity": n.entity, "value": n.value, "start": n.start, "end": n.end} for n in completed if n not in names]
        kept = [e for e, n in zip(entities, names) if n in completed]
        message.set(ENTITIES, kept + self.add_extractor_name(added), add_to_output=True)
