"""The German spaCy pipeline: blank `de` tokenizer and an EntityRuler built from `data/`.

Entities: BERUF, LAND, ORT, PLZ, PARAGRAF; `ent_id_` holds the id of the occupation or country.
`python -m bot.nlu.german FOLDER` writes the pipeline for use with Rasa's own SpacyNLP.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Iterable

from bot.knowledge.base import Knowledge
from bot.knowledge.places import EVERYDAY, fold
from bot.nlu.noise import fold_umlauts

PATTERNS_FIXED: list[dict[str, Any]] = [
    {"label": "PLZ", "pattern": [{"TEXT": {"REGEX": r"^\d{5}$"}}]},
    {"label": "PARAGRAF", "pattern": [{"TEXT": {"IN": ["§", "§§"]}}, {"TEXT": {"REGEX": r"^\d+[a-z]?$"}}]},
    {"label": "PARAGRAF", "pattern": [{"TEXT": {"REGEX": r"^§+\d+[a-z]?$"}}]},
    {"label": "PARAGRAF", "pattern": [{"LOWER": {"IN": ["paragraf", "paragraph"]}}, {"TEXT": {"REGEX": r"^\d+[a-z]?$"}}]},
]
# Occupation names that are also everyday words in questions about recognition.
NO_OCCUPATION = frozenset("fachkraft helfer meister techniker lehrling geselle student fahrer verkauf hilfskraft assistent".split())


def build(knowledge: Knowledge) -> Any:
    """Returns a spaCy `Language` with tokenizer and EntityRuler for all names in `knowledge`."""
    import spacy

    nlp = spacy.blank("de")
    ruler: Any = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER", "overwrite_ents": True})
    ruler.add_patterns([*PATTERNS_FIXED, *_named(knowledge)])
    return nlp


def _named(knowledge: Knowledge) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}

    def add(label: str, name: str, id_: str) -> None:
        for variant in _variants(name):
            found.setdefault(variant.lower(), {"label": label, "pattern": variant, "id": id_})

    for beruf in knowledge.berufe.values():
        for name in beruf.namen:
            if name.lower() not in NO_OCCUPATION:
                for form in _inflected(name):
                    add("BERUF", form, beruf.id)
        for names in beruf.andere_sprachen.values():
            for name in names:
                add("BERUF", name, beruf.id)
    for land in knowledge.laender.values():
        for word in land.woerter:
            add("LAND", word, land.id)
    for place in knowledge.places.municipalities.values():
        base = place.name.split(" (")[0]
        for name in {base, place.name}:
            if fold(name) not in EVERYDAY:
                add("ORT", name, fold(place.name))
    return list(found.values())


def _inflected(name: str) -> Iterable[str]:
    yield name
    if name.endswith("in"):
        yield name + "nen"
    elif name[-1:] in "rtl":
        yield name + "s"
        yield name + "n"
    if name.endswith("mann"):
        yield name[:-4] + "leute"


def _variants(name: str) -> set[str]:
    return {name, fold_umlauts(name, plain=False), fold_umlauts(name, plain=True)}


if __name__ == "__main__":
    build(Knowledge.load()).to_disk(Path(sys.argv[1]))
