"""Trained models: which one is in use, whether it fits the data, and training a new one as a child process.

`models/aktuell.json` names the model in use with the fingerprint of what it was trained on.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Callable

from bot import fingerprints
from bot.knowledge.base import ROOT
from bot.processes import StartError, child_environment

MODELS = ROOT / "models"
POINTER = MODELS / "aktuell.json"
PROGRESS = re.compile(r"lotse-fortschritt (.*)")
KEEP = 3


@dataclass(frozen=True)
class ModelInfo:
    """The model in use: file name below `models/`, fingerprint of its inputs, SHA-256 of the file, seconds of training."""

    file: str
    fingerprint: str
    sha256: str
    seconds: float


def current() -> ModelInfo | None:
    """Returns the model in use, or None when there is none that is whole."""
    try:
        info = ModelInfo(**json.loads(POINTER.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    path = MODELS / info.file
    return info if path.is_file() and _sha256(path) == info.sha256 else None


def fitting() -> Path | None:
    """Returns the path of the model in use when it was trained on today's data, else None."""
    info = current()
    return MODELS / info.file if info and info.fingerprint == fingerprints.of_training() else None


def train(progress: Callable[[str], None] = lambda _: None, threads: int | None = None) -> Path:
    """Trains a model in a child process, checks the archive and makes it the one in use.

    Raises:
        StartError: training failed; the old model stays in use.
    """
    MODELS.mkdir(exist_ok=True)
    stamp, mark = time.strftime("%Y%m%d-%H%M%S"), fingerprints.of_training()
    name = f"lotse-{stamp}-{mark[:8]}"
    log = ROOT / "var" / "log" / "training.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "rasa", "train", "--data", "data", "--out", str(MODELS), "--fixed-model-name", name]
    environment = child_environment(LOTSE_PROGRESS="1", OMP_NUM_THREADS=str(threads or os.cpu_count() or 1))
    begin = time.monotonic()
    with log.open("w", encoding="utf-8") as out:
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert child.stdout is not None
        for line in child.stdout:
            out.write(line)
            found = PROGRESS.search(line)
            if found:
                progress(found[1])
        code = child.wait()
    path = MODELS / f"{name}.tar.gz"
    if code != 0 or not path.is_file() or not _is_whole(path):
        path.unlink(missing_ok=True)
        raise StartError(f"Das Training ist fehlgeschlagen. Der Grund steht in {log}. Das bisherige Modell bleibt in Gebrauch.")
    use(path, mark, time.monotonic() - begin)
    return path


def use(path: Path, mark: str, seconds: float) -> None:
    """Makes `path` the model in use and removes all but the newest few."""
    info = ModelInfo(path.name, mark, _sha256(path), round(seconds, 1))
    aside = POINTER.with_suffix(".neu")
    aside.write_text(json.dumps(asdict(info), indent=2), encoding="utf-8")
    os.replace(aside, POINTER)
    for old in sorted(MODELS.glob("lotse-*.tar.gz"))[:-KEEP]:
        if old != path:
            old.unlink()


def _is_whole(path: Path) -> bool:
    try:
        with tarfile.open(path) as archive:
            return any(m.name.endswith("metadata.json") for m in archive.getmembers())
    except (tarfile.TarError, OSError, EOFError):
        return False


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for block in iter(lambda: file.read(1 << 20), b""):
            digest.update(block)
    return digest.hexdigest()
