"""Fingerprints of what training reads, shared by the model registry and the Rasa components."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Iterable

from bot.knowledge.base import ROOT

NLU_CODE = ("bot/nlu/*.py", "bot/knowledge/find_beruf.py", "bot/knowledge/flat.py")
ENTITY_DATA = ("data/berufe/*.yml", "data/laender.yml", "data/orte/*.csv", "data/orte/ortsteile.yml")
LANGUAGE_DATA = ("data/sprachen.yml", "data/begriffe.yml", "data/nlu/hintergrund/*.yml", "data/berufe/*.yml")
EVERYTHING = ("config.yml", "domain.yml", "requirements.lock", "data/nlu/**/*.yml", "data/stories/*.yml", "bot/faq_importer.py",
              *NLU_CODE, *ENTITY_DATA, *LANGUAGE_DATA)
CODE = ("config.yml", "domain.yml", "requirements.lock", "data/stories/*.yml", "bot/faq_importer.py", *NLU_CODE)
NAMES_ONLY = ("data/faq/*.yml", "data/texte.yml")  # answers are live, only new or vanished ids need a training


def of_files(patterns: Iterable[str], root: Path = ROOT) -> str:
    """Returns a hash over names and contents of all files that match."""
    digest = hashlib.sha256()
    for path in sorted({p for pattern in patterns for p in root.glob(pattern)}):
        digest.update(f"{path.relative_to(root)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def of_training(root: Path = ROOT) -> str:
    """Returns the hash of everything that a training depends on."""
    names = "\0".join(str(p.relative_to(root)) for pattern in NAMES_ONLY for p in sorted(root.glob(pattern)))
    return hashlib.sha256((of_files(EVERYTHING, root) + names).encode()).hexdigest()


def of_code(root: Path = ROOT) -> str:
    """Returns the hash of code, rules and configuration: a model of other code may not even load."""
    return of_files(CODE, root)
