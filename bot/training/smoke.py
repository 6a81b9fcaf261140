"""Twenty smoke questions for a Rasa that is about to go live: FAQs of all topics, one search for an office, one question off topic."""

from __future__ import annotations

import tarfile
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from time import perf_counter

import requests
import yaml

from bot.knowledge.base import Knowledge
from bot.training.conversations import Answer, talk

FAQS = 18
OFFICE, OFF_TOPIC = "Wo ist die nächste Beratung in Kassel?", "Wie wird das Wetter am Wochenende?"
PREFIX = "utter_faq/"


@dataclass(frozen=True)
class Smoke:
    """One smoke question: what was expected, what came, in how many milliseconds."""

    question: str
    expected: str
    got: str
    right: bool
    ms: float


def questions(knowledge: Knowledge, known: set[str]) -> list[tuple[str, str]]:
    """Returns (question, FAQ) pairs of the FAQs that the model knows, topic after topic in turn; always the same ones for the same data."""
    topics: dict[str, list[tuple[str, str]]] = {}
    for faq in knowledge.faqs.values():
        if faq.id in known:
            topics.setdefault(faq.thema, []).append((faq.frage, faq.id))
    rounds = zip_longest(*topics.values())
    return [pair for one in rounds for pair in one if pair is not None][:FAQS]


def known_faqs(path: Path) -> set[str]:
    """Returns the ids of the FAQs that the archive was trained with."""
    try:
        with tarfile.open(path) as archive:
            member = next(m for m in archive if m.name.endswith("domain_provider/domain.yml"))
            source = archive.extractfile(member)
            domain = yaml.load(source.read(), getattr(yaml, "CSafeLoader", yaml.SafeLoader)) if source else {}
            return {name.removeprefix(PREFIX) for name in domain["responses"] if name.startswith(PREFIX)}
    except (tarfile.TarError, OSError, EOFError, StopIteration, KeyError, TypeError, yaml.YAMLError):
        return set()


def smoke(url: str, pairs: list[tuple[str, str]]) -> list[Smoke]:
    """Asks the Rasa at `url` all questions, each in a conversation of its own."""
    results = [_ask(url, question, faq) for question, faq in pairs]
    return [*results, _ask(url, OFFICE, "Stellen"), _ask(url, OFF_TOPIC, "keine FAQ")]


def _ask(url: str, question: str, expected: str) -> Smoke:
    begin = perf_counter()
    try:
        answer = talk(url)(question)
    except (requests.RequestException, ValueError):
        return Smoke(question, expected, "keine Antwort", False, round(1000 * (perf_counter() - begin), 1))
    got = _kind(answer)
    return Smoke(question, expected, got, got == expected and bool(answer.text), round(1000 * (perf_counter() - begin), 1))


def _kind(answer: Answer) -> str:
    if answer.faq:
        return answer.faq
    return "Stellen" if answer.custom.get("typ") == "stellen" else "keine FAQ"
