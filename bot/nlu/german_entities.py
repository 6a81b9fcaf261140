"""Rasa entity extractor: occupations, countries, places, PLZ and paragraphs from the EntityRuler.

What it knows comes from `data/berufe`, `data/laender.yml` and `data/orte` at training time.
"""

from __future__ import annotations

from typing import Any, Dict, List, Optional

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import fingerprints
from bot.knowledge.base import Knowledge
from bot.knowledge.live import shared
from bot.nlu import german

NAMES = {"BERUF": "beruf", "LAND": "land", "ORT": "ort", "PLZ": "plz", "PARAGRAF": "paragraf"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class GermanEntities(GraphComponent, EntityExtractorMixin):
    """Marks the names that the assistant knows; the value is an id for occupations and countries."""

    @staticmethod
    def required_packages() -> List[str]:
        return ["spacy"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {}

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, nlp: Optional[Any] = None) -> None:
        """Keeps the pipeline; it is empty until `train` or `load`."""
        self._config, self._model_storage, self._resource = config, model_storage, resource
        self._nlp = nlp or spacy.blank("de")
        self._live = shared()

    @classmethod
    def create(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> "GermanEntities":
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Makes Rasa train again when the names or our code changed."""
        return fingerprints.of_files((*fingerprints.NLU_CODE, *fingerprints.ENTITY_DATA))

    def train(self, training_data: TrainingData) -> Resource:
        """Builds the EntityRuler from `data/` and keeps it with the model."""
        self._nlp = german.build(Knowledge.load())
        with self._model_storage.write_to(self._resource) as folder:
            self._nlp.to_disk(folder / "spacy")
        return self._resource

    @classmethod
    def load(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any) -> "GermanEntities":
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, spacy.load(folder / "spacy"))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training sentences need no entities."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds the entities of every message."""
        for message in messages:
            text = message.get(TEXT) or ""
            found = [self._entity(span) for span in self._nlp(text).ents]
            if not any(e["entity"] in ("ort", "plz") for e in found):
                found += self._other_place(text)
            message.set(ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(found), add_to_output=True)
        return messages

    def _other_place(self, text: str) -> List[Dict[str, Any]]:
        """Returns a place that the ruler does not hold: a district of a city, a nickname, another script, a town outside Hessen."""
        found = self._live.current().places.resolve(text)
        if found.kind not in ("gefunden", "mehrdeutig", "ausserhalb"):
            return []
        return [{"entity": "ort", "start": 0, "end": len(text), "value": found.said}]

    @staticmethod
    def _entity(span: Any) -> Dict[str, Any]:
        value = span.ent_id_ if span.label_ in german.BY_ID else span.text
        return {"entity": NAMES[span.label_], "start": span.start_char, "end": span.end_char, "value": value}
