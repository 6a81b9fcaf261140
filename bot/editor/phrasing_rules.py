"""What a new training sentence must not be: a twin, a test question, somebody's data, or no single clean line."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Iterable, Mapping, Sequence

import yaml
from rapidfuzz import fuzz, process

from bot.editor.errors import FieldError, refuse
from bot.editor.workspace import Workspace
from bot.knowledge.flat import flat
from bot.knowledge.nlu_files import MARKUP, Example
from bot.knowledge.places import fold
from bot.knowledge.yamlfile import CONTROL
from bot.nlu.noise import fold_umlauts
from bot.privacy.mask import mask
from bot.training.heldout import Question, load_sets

LONGEST = 250
TWIN = 97  # from this likeness on two sentences are the same but for a typing mistake
PERSONAL = re.compile(r"@(?!arbeitsagentur\.de|hessen\.de)|\+49|\b0\d{3,5}[ /-]\d{4,}")
REARRANGED = 4  # from this many words on a question in another order is still that question


@lru_cache(maxsize=40_000)
def key(text: str) -> str:
    """Returns the words of a sentence in any script, without case, umlauts, accents and punctuation."""
    return flat(fold_umlauts(text.lower(), plain=False)) or text.strip()


def clean(text: str) -> str:
    """Returns a sentence as it is written to a file: blanks joined, typographic mess of copying removed."""
    return " ".join(text.replace("\u00ad", "").replace("\u200b", "").split()).removeprefix("- ").strip()


def form_faults(text: str, field: str) -> list[FieldError]:
    """Returns what is wrong with the sentence by itself."""
    shown = f"„{text[:60]}{'…' if len(text) > 60 else ''}“"
    faults = []
    if not key(text).strip() or not any(c.isalnum() for c in text):
        faults.append(FieldError(field, "Der Satz ist leer.", "Einen Satz eintragen, wie Menschen ihn schreiben."))
    if len(text) > LONGEST:
        faults.append(FieldError(field, f"{shown} hat {len(text)} Zeichen, erlaubt sind {LONGEST}.", "Auf die eigentliche Frage kürzen."))
    if text != clean(text) or CONTROL.search(text) or len(text.splitlines()) > 1:
        faults.append(FieldError(field, f"{shown} enthält Zeilenumbrüche, doppelte Leerzeichen oder unsichtbare Zeichen.", "Den Satz in einer Zeile neu schreiben."))
    if MARKUP.search(text):
        faults.append(FieldError(field, f"In {shown} stehen Klammern oder |.", "Die Zeichen weglassen."))
    kinds = _personal(text)
    if kinds:
        faults.append(FieldError(field, f"{shown} enthält vermutlich persönliche Angaben ({', '.join(kinds)}).", "Angaben weglassen oder durch Allgemeines ersetzen („meine Tochter“, „in meiner Stadt“)."))
    return faults


def _personal(text: str) -> list[str]:
    found = ["Telefon oder E-Mail"] if PERSONAL.search(text) else []
    return found or list(mask(text).kinds)


def question_faults(new: Sequence[Example], titles: Mapping[str, str]) -> list[FieldError]:
    """Returns which sentences are the question of another FAQ than theirs; `titles` holds the question of each FAQ by intent."""
    questions = {key(question): intent for intent, question in titles.items()}
    return [FieldError(e.intent, f"„{e.text}“ ist die Frage der FAQ „{questions[key(e.text)]}“.", "Den Satz dort eintragen oder unterscheidend umschreiben.")
            for e in new if questions.get(key(e.text), e.intent) != e.intent]


def twin_faults(new: Sequence[Example], everything: Sequence[Example]) -> list[FieldError]:
    """Returns which of the `new` sentences stand somewhere else already; `everything` holds all as they would be, the new ones among them."""
    faults = []
    places: dict[str, list[Example]] = defaultdict(list)
    for example in everything:
        places[key(example.text)].append(example)
    for example in new:
        others = [o for o in places[key(example.text)] if o is not example]
        foreign = next((o for o in others if o.intent != example.intent), None)
        if foreign:
            faults.append(FieldError(example.intent, f"„{example.text}“ steht schon bei „{foreign.intent}“.", "Den Satz verschieben oder unterscheidend umschreiben."))
        elif others:
            faults.append(FieldError(example.intent, f"„{example.text}“ steht bei dieser Absicht schon.", "Einen der beiden Sätze weglassen."))
    return faults + _near_twins(new, everything)


def _near_twins(new: Sequence[Example], everything: Sequence[Example]) -> list[FieldError]:
    if not new:
        return []
    folded = [fold(e.text) for e in everything]
    likeness = process.cdist([fold(e.text) for e in new], folded, scorer=fuzz.ratio, score_cutoff=TWIN)
    faults = []
    for example, row in zip(new, likeness):
        for number in row.nonzero()[0]:
            other = everything[number]
            if other.intent != example.intent and key(other.text) != key(example.text):
                faults.append(FieldError(example.intent, f"„{example.text}“ ist bis auf einen Tippfehler „{other.text}“ bei „{other.intent}“.", "Unterscheidend umschreiben oder weglassen."))
    return faults


def leak_faults(new: Iterable[Example], workspace: Workspace) -> list[FieldError]:
    """Returns which sentences are questions of the frozen test sets, also in another order of words; what they test stays secret."""
    secret = _secret(workspace.tests / "nlu" / "heldout")
    return [FieldError(e.intent, f"„{e.text}“ ist eine Prüffrage und darf nicht trainiert werden.", "Denselben Gedanken mit eigenen Worten schreiben.") for e in new if _keys(e.text) & secret]


def _keys(text: str) -> set[str]:
    words = key(text).split()
    return {key(text)} | ({"~ " + " ".join(sorted(words))} if len(words) >= REARRANGED else set())


def _secret(folder: Path) -> frozenset[str]:
    files = sorted(folder.glob("*.yml"))
    return _secret_of(folder, tuple(path.stat().st_mtime_ns for path in files)) if files else frozenset()


@lru_cache(maxsize=8)
def _secret_of(folder: Path, stamps: tuple[int, ...]) -> frozenset[str]:
    return frozenset(k for questions in held_out(folder).values() for q in questions for k in _keys(q.text))


def held_out(folder: Path) -> dict[str, list[Question]]:
    """Returns the frozen test questions by set.

    Raises:
        EditError: somebody broke a file of them; without them nothing can be checked.
    """
    try:
        return load_sets(folder)
    except (yaml.YAMLError, ValueError, KeyError, TypeError, AttributeError):
        raise refuse("Eine Datei mit Prüffragen ist nicht lesbar; ohne sie lässt sich nichts prüfen.", "Den letzten Stand holen (git checkout -- tests/nlu/heldout).", place="tests/nlu/heldout") from None
