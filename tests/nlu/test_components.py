"""Contract checks that every component of the pipeline must pass, and the whole pipeline trained on a handful of sentences."""

from __future__ import annotations

import inspect
from pathlib import Path
from types import SimpleNamespace

import pytest
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.decision import Decision
from bot.nlu.german_entities import GermanEntities
from bot.nlu.german_tokenizer import GermanTokenizer
from bot.nlu.intent_classifier import HybridIntentClassifier
from bot.nlu.introduction import Introduction
from bot.nlu.ranking import loaded_classifier, rank

pytestmark = pytest.mark.slow

COMPONENTS = [GermanTokenizer, GermanEntities, HybridIntentClassifier, Introduction]
EXAMPLES = {
    "faq/kosten-ueberblick": ["Was kostet die Anerkennung?", "gebühren anerkennung", "wie teuer ist das verfahren"],
    "faq/chancenkarte": ["Was ist die Chancenkarte?", "chancenkarte bedingungen", "karte für jobsuche"],
    "gespraech/gruss": ["hallo", "guten tag", "moin"],
    "out_of_scope": ["Wie wird das Wetter?", "erzähl einen witz", "rezept für suppe"],
}
TEXTS = ["Was kostet das Verfahren?", "hab papier von ukraine", "", "   ", "🙂🙂", "12345", "§ 18a AufenthG", "How much is it?", "كم تكلفة الاعتراف", "a", "x" * 1000]


@pytest.fixture(scope="module")
def trained(tmp_path_factory) -> list[GraphComponent]:
    """All components trained in the order of the pipeline on a few sentences."""
    storage = LocalModelStorage(tmp_path_factory.mktemp("storage"))
    data = TrainingData([Message.build(text=t, intent=i) for i, texts in EXAMPLES.items() for t in texts])
    built: list[GraphComponent] = []
    for number, cls in enumerate(COMPONENTS):
        config = {**cls.get_default_config(), **({"vector_cache": ""} if cls is HybridIntentClassifier else {})}
        resource = Resource(f"{cls.__name__}{number}")
        component = cls.create(config, storage, resource, SimpleNamespace())
        if hasattr(component, "train"):
            component.train(training_data=data)
            component = cls.load(config, storage, resource, SimpleNamespace())
        built.append(component)
    return built


def run(components: list[GraphComponent], text: str) -> Message:
    messages = [Message({TEXT: text})]
    for component in components:
        messages = component.process(messages)
    return messages[0]


@pytest.mark.parametrize("cls", COMPONENTS)
def test_component_is_registered_and_documented(cls):
    assert cls.__name__ in DefaultV1Recipe._registered_components
    assert inspect.getdoc(cls)
    assert Path(inspect.getfile(cls)).read_text(encoding="utf-8").count("\nclass ") == 1


@pytest.mark.parametrize("cls", COMPONENTS)
def test_component_annotates_its_graph_methods(cls):
    for name in ("create", "load", "train", "process"):
        if name in vars(cls):
            assert inspect.signature(getattr(cls, name)).return_annotation is not inspect.Signature.empty


@pytest.mark.parametrize("text", TEXTS, ids=[repr(t[:20]) for t in TEXTS])
def test_pipeline_accepts_every_text(trained, text):
    message = run(trained, text)
    assert message.get(INTENT)["name"]
    assert 0.0 <= message.get(INTENT)["confidence"] <= 1.0
    assert isinstance(message.get(INTENT_RANKING_KEY), list)


def test_components_keep_what_others_set(trained):
    messages = [Message({TEXT: "Was kostet die Anerkennung in 34117 Kassel?", ENTITIES: [{"entity": "vorher", "value": "x"}]})]
    for component in trained:
        messages = component.process(messages)
    assert {"vorher", "plz", "ort"} <= {e["entity"] for e in messages[0].get(ENTITIES)}


def test_classifier_writes_what_utter_faq_reads(trained):
    message = run(trained, "Was kostet die Anerkennung?")
    response = message.get("response_selector")["faq"]["response"]
    assert response["utter_action"] == "utter_faq/kosten-ueberblick"
    assert response["intent_response_key"] == "faq/kosten-ueberblick"


def test_classifier_names_the_nearest_training_sentences(trained):
    neighbours = run(trained, "was kostet anerkennung").get("lotse")["nachbarn"]
    assert neighbours[0][1] == "faq/kosten-ueberblick"
    assert neighbours[0][2] > 0.5


def test_entities_carry_ids_of_occupation_and_country(trained):
    entities = {e["entity"]: e["value"] for e in run(trained, "Ich bin Krankenschwester aus den Philippinen, § 18a").get(ENTITIES)}
    assert entities["beruf"] == "pflegefachkraft"
    assert entities["land"] == "ph"
    assert entities["paragraf"] == "§ 18a"


def test_ranking_of_a_loaded_agent_holds_all_labels(trained: list[GraphComponent]) -> None:
    classifier = next(c for c in trained if isinstance(c, HybridIntentClassifier))
    agent = SimpleNamespace(processor=SimpleNamespace(graph_runner=SimpleNamespace(_instantiated_nodes={c: SimpleNamespace(_component=c) for c in trained})))
    assert loaded_classifier(agent) is classifier
    found = rank(agent, "Was kostet das Verfahren?")
    assert found is not None and found.labels[0][0] == "faq/kosten-ueberblick" and found.language == "de" and found.decision in Decision
    assert {name for name, _ in found.labels} == set(EXAMPLES) and sum(p for _, p in found.labels) == pytest.approx(1.0, abs=1e-3)
    assert [p for _, p in found.labels] == sorted((p for _, p in found.labels), reverse=True)
    message = run(trained, "Was kostet das Verfahren?")
    assert message.get(INTENT_RANKING_KEY)[0] == {"name": found.labels[0][0], "confidence": round(found.labels[0][1], 4)}


def test_agent_without_our_classifier_or_model_has_no_ranking() -> None:
    assert rank(SimpleNamespace(processor=SimpleNamespace(graph_runner=SimpleNamespace())), "Was kostet das?") is None
    assert HybridIntentClassifier(HybridIntentClassifier.get_default_config(), None, None).rank("Was kostet das?") is None  # type: ignore[arg-type]
