"""Reads our intent model out of a Rasa archive, without Rasa."""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path

import yaml

from bot import models
from bot.knowledge.base import ROOT
from bot.nlu.decision import Thresholds
from bot.nlu.hybrid import HybridModel
from bot.processes import StartError
from bot.training import metadata

COMPONENT = "HybridIntentClassifier"
FILES = ("arrays.npz", "documents.npz", "pages.npz", "state.json")


def load_model(path: Path | None = None) -> HybridModel:
    """Returns the intent model of the archive `path`, or of the model in use.

    Raises:
        StartError: there is no model, or the archive holds none of ours.
    """
    info = models.current()
    path = path or (models.MODELS / info.file if info else None)
    if path is None or not path.is_file():
        raise StartError("Es gibt noch kein Modell. Zuerst „lotse train“ ausführen.")
    with tempfile.TemporaryDirectory() as folder:
        try:
            with tarfile.open(path) as archive:
                for member in archive.getmembers():
                    name = Path(member.name).name
                    if COMPONENT in member.name and name in FILES and member.isfile():
                        source = archive.extractfile(member)
                        assert source is not None
                        (Path(folder) / name).write_bytes(source.read())
        except (tarfile.TarError, OSError, EOFError):
            raise StartError(f"{path} ist kein lesbares Modellarchiv.") from None
        if not all((Path(folder) / name).is_file() for name in FILES):
            raise StartError(f"In {path} ist kein Modell des Lotsen.")
        return HybridModel.load(Path(folder))


def check_archive(path: Path) -> None:
    """Makes sure that an archive is whole, loads, and understands a sentence it was trained on.

    Raises:
        StartError: it does not; the text names the file.
    """
    if not models.is_whole(path):
        raise StartError(f"{path} ist kein vollständiges Modellarchiv.")
    model = load_model(path)
    known = next(iter(model.exact.items()), None)
    if known is None or model.predict(known[0]).ranking[0][0] != known[1]:
        raise StartError(f"{path} versteht seine eigenen Trainingssätze nicht.")


def thresholds(config: Path = ROOT / "config.yml") -> Thresholds:
    """Returns the thresholds of `config.yml`."""
    pipeline = yaml.safe_load(config.read_text(encoding="utf-8"))["pipeline"]
    ours = next(c for c in pipeline if c["name"].endswith(COMPONENT))
    return Thresholds(ours["answer_from"], ours["decline_below"], ours["answer_margin"], ours["answer_margin_foreign"])


def thresholds_of(path: Path) -> Thresholds:
    """Returns the thresholds that the archive `path` was made with, else those of `config.yml`."""
    ours = metadata.component_config(path, COMPONENT)
    try:
        return Thresholds(ours["answer_from"], ours["decline_below"], ours["answer_margin"], ours["answer_margin_foreign"])
    except KeyError:
        return thresholds()
