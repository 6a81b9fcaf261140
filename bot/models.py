"""The model in use: `models/aktuell.json` names it, with the fingerprint of what it was trained on and its checksum.

This file is the truth of what is live and works without a database; the registry (`bot/training/registry.py`) is the history.
"""

from __future__ import annotations

import hashlib
import json
import tarfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Callable, Collection

from bot import fingerprints
from bot.atomic import write_json
from bot.knowledge.base import ROOT

MODELS = ROOT / "models"
POINTER = MODELS / "aktuell.json"
KEEP = 3
REMEMBER = 5


@dataclass(frozen=True)
class ModelInfo:
    """The model in use: file name below `models/`, fingerprint of its inputs, SHA-256 of the file, seconds of training.

    code: fingerprint of code, rules and configuration; released: put in use by the workbench, not by `lotse train`;
    previous: files in use before, the latest first, for rolling back.
    """

    file: str
    fingerprint: str
    sha256: str
    seconds: float
    code: str = ""
    released: bool = False
    previous: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """What replies are stamped with: name and short checksum."""
        return version_of(self.file, self.sha256)


def version_of(file: str, sha256: str) -> str:
    """Returns `lotse-20261125-122143-5ce3fc1b@dc660c40` for an archive and its checksum."""
    return f"{file.removesuffix('.tar.gz')}@{sha256[:8]}"


def current() -> ModelInfo | None:
    """Returns the model in use, or None when there is none that is whole."""
    try:
        fields = json.loads(POINTER.read_text(encoding="utf-8"))
        info = ModelInfo(**{**fields, "previous": tuple(fields.get("previous", ()))})
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    path = MODELS / info.file
    return info if path.is_file() and sha256_of(path) == info.sha256 else None


def fitting() -> Path | None:
    """Returns the path of the model in use when it was trained on today's data, else None."""
    info = current()
    return MODELS / info.file if info and info.fingerprint == fingerprints.of_training() else None


def for_start() -> Path | None:
    """Returns the model that `lotse serve` starts without training: the fitting one, or a released one whose code is today's.

    New phrasings alone never change a released model: they go live through train, compare and release.
    """
    info = current()
    if info and info.released and info.code == fingerprints.of_code():
        return MODELS / info.file
    return fitting()


def train(progress: Callable[[str], None] = lambda _: None, threads: int | None = None) -> Path:
    """Trains a model in a child process, checks the archive and makes it the one in use.

    Raises:
        StartError: training failed or another one runs; the old model stays in use.
    """
    from bot.training.build import build

    built = build(progress, threads)
    use(built.path, built.fingerprint, built.seconds)
    return built.path


def use(path: Path, mark: str, seconds: float, released: bool = False, previous: tuple[str, ...] | None = None, keep: Collection[str] = ()) -> ModelInfo:
    """Makes `path` the model in use and removes all but the newest few, those in `keep` and the last ones in use.

    `previous` defaults to the model in use so far, followed by those before it.
    """
    if previous is None:
        before = current()
        previous = (before.file, *before.previous) if before and before.file != path.name else (before.previous if before else ())
    names = tuple(dict.fromkeys(n for n in previous if n != path.name))[:REMEMBER]
    info = ModelInfo(path.name, mark, sha256_of(path), round(seconds, 1), fingerprints.of_code(), released, names)
    write_json(POINTER, asdict(info))
    prune({path.name, *names[:1], *keep})
    return info


def prune(keep: Collection[str]) -> None:
    """Removes archives except the newest few and those named in `keep`."""
    for old in sorted(MODELS.glob("lotse-*.tar.gz"))[:-KEEP]:
        if old.name not in keep:
            old.unlink(missing_ok=True)


def is_whole(path: Path) -> bool:
    """Tells whether `path` is a readable archive of a Rasa model, to its last byte."""
    try:
        with tarfile.open(path) as archive:
            names = []
            for member in archive:
                names.append(member.name)
                source = archive.extractfile(member) if member.isfile() else None
                while source is not None and source.read(1 << 20):
                    pass
            return any(name.endswith("metadata.json") for name in names)
    except (tarfile.TarError, OSError, EOFError, ValueError):
        return False


def sha256_of(path: Path) -> str:
    """Returns the checksum of a file as hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
