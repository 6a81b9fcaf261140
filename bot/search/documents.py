"""What is indexed of each FAQ: question, answers, law, topic, and how people ask for it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Iterable

from bot.knowledge.base import Knowledge
from bot.knowledge.nlu_files import Example
from bot.knowledge.werte import PLACEHOLDER

PREFIX = "faq/"


@dataclass(frozen=True)
class Document:
    """One FAQ as the indexes see it; `formulierungen` are the training sentences of its intent."""

    id: str
    frage: str
    kurz: str
    formulierungen: tuple[str, ...]
    antwort: str
    recht: str
    thema: str


def documents(knowledge: Knowledge, examples: Iterable[Example]) -> list[Document]:
    """Returns one document per FAQ."""
    phrasings: dict[str, list[str]] = defaultdict(list)
    for example in examples:
        if example.intent.startswith(PREFIX):
            phrasings[example.intent[len(PREFIX):]].append(example.text)
    found = []
    for faq in knowledge.faqs.values():
        answer = PLACEHOLDER.sub(lambda m: knowledge.werte[m[1]].bezeichnung, f"{faq.antwort} {faq.antwort_einfach} {faq.mehr}")
        law = ", ".join(n.norm for n in faq.rechtsgrundlagen)
        found.append(Document(faq.id, faq.frage, f"{faq.kurz} {faq.id.replace('-', ' ')}", tuple(phrasings[faq.id]), plain(answer), law, knowledge.themen[faq.thema].titel))
    return found


def plain(text: str) -> str:
    """Returns answer text without Markdown signs, in one line."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?m)^\s*[-*] +", "", text).replace("**", "").replace("`", "")
    return " ".join(text.split())
