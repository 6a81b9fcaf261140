"""The German spaCy pipeline: blank `de` tokenizer and an EntityRuler built from `data/`.

Entities: BERUF, LAND, ORT, PLZ, PARAGRAF; `ent_id_` holds the id of the occupation or country.
`python -m bot.nlu.german FOLDER` writes the pipeline for use with Rasa's own SpacyNLP.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from bot.knowledge.base import Knowledge
from bot.knowledge.find_beruf import NO_OCCUPATION, NO_TYPO, inflections
from bot.knowledge.flat import flat
from bot.knowledge.places import EVERYDAY, fold
from bot.nlu.noise import fold_umlauts

BY_ID = ("BERUF", "LAND")  # the value of these entities is an id
PATTERNS_FIXED: list[dict[str, Any]] = [
    {"label": "PLZ", "pattern": [{"TEXT": {"REGEX": r"^\d{5}$"}}]},
    {"label": "PARAGRAF", "pattern": [{"TEXT": {"IN": ["§", "§§"]}}, {"TEXT": {"REGEX": r"^\d+[a-z]?$"}}]},
    {"label": "PARAGRAF", "pattern": [{"TEXT": {"REGEX": r"^§+\d+[a-z]?$"}}]},
    {"label": "PARAGRAF", "pattern": [{"LOWER": {"IN": ["paragraf", "paragraph"]}}, {"TEXT": {"REGEX": r"^\d+[a-z]?$"}}]},
]


def build(knowledge: Knowledge) -> Any:
    """Returns a spaCy `Language` with tokenizer and EntityRuler for all names in `knowledge`."""
    import spacy

    nlp = spacy.blank("de")
    ruler: Any = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER", "overwrite_ents": True})
    ruler.add_patterns([*PATTERNS_FIXED, *_named(knowledge)])
    return nlp


def _named(knowledge: Knowledge) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    unclear: set[str] = set()  # names of two occupations („infirmier“ is French and Romanian): the dialogue asks which

    def add(label: str, name: str, id_: str) -> None:
        for variant in _variants(name):
            known = found.setdefault(variant.lower(), {"label": label, "pattern": variant, "id": id_})
            if label == known["label"] == "BERUF" and known["id"] != id_:
                unclear.add(variant.lower())

    for beruf in knowledge.berufe.values():
        for name in beruf.namen:
            if name.lower() not in NO_OCCUPATION:
                for form in (name, *(f for f in inflections(name) if flat(f) not in NO_TYPO)):
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
    return [pattern for name, pattern in found.items() if name not in unclear]


def _variants(name: str) -> set[str]:
    return {name, fold_umlauts(name, plain=False), fold_umlauts(name, plain=True)}


if __name__ == "__main__":
    build(Knowledge.load()).to_disk(Path(sys.argv[1]))
