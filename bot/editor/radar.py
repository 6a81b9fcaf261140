"""Warns while a sentence is typed: near copies by meaning, other intents it would pull at, and what that would cost.

Works on the sentence vectors of the training (E5, centred on today's phrasings), no model needed. „Own“ and „foreign“ below: the nearest other phrasing
of the same intent and of another one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Iterable, Sequence

import numpy as np

from bot.editor.phrasing_rules import key
from bot.editor.radar_result import Near, RadarResult, judge
from bot.editor.workspace import Workspace
from bot.knowledge.nlu_files import Example, read_examples
from bot.nlu.encoders import VectorCache, get_encoder, shorten

ENCODER = "e5-small"
SAME = 0.88  # cosine from which two sentences of one intent say the same
CLASH = 0.72  # cosine from which a sentence of another intent is a conflict; about 1 in 30 of today's phrasings has such a neighbour
SHOWN = 8
BEST = 3  # an intent is as near as the mean of its nearest phrasings
BLOCK = 1024


class Radar:
    """Keeps all phrasings as vectors. Build once (seconds), then `check` per sentence (milliseconds); `refresh` after a change."""

    def __init__(self, examples: Iterable[Example], cache: Path | None = None) -> None:
        """Reads the vectors from `cache` and encodes what is missing there.

        Args:
            examples: all phrasings.
            cache: the training's file of vectors; None computes all anew.
        """
        self._cache = VectorCache(cache)
        self._texts: list[str] = []
        self._intents: list[str] = []
        self._raw = np.zeros((0, get_encoder(ENCODER).dim), dtype=np.float32)
        self._set(list(examples))
        self._encode("Guten Tag")

    @classmethod
    def of(cls, workspace: Workspace = Workspace()) -> "Radar":  # noqa: B008 (frozen)
        """Returns the radar over a project's phrasings with its own cache."""
        return cls(read_examples(workspace.data / "nlu"), workspace.root / "var" / "cache" / "vectors.db")

    def __len__(self) -> int:
        return len(self._texts)

    def check(self, text: str, intent: str) -> RadarResult:
        """Returns what adding `text` to `intent` would do; `text` itself, when it stands there already, does not count.

        Args:
            text: one sentence as typed so far.
            intent: where it shall go, for example `faq/anabin`; may be new.
        """
        words = key(text)
        if not words.strip() or not self._texts:
            return RadarResult("gut", "Noch kein Satz.", False, (), (), (), (), 0)
        similar = self._vectors @ self._encode(text)
        own = self._numbers == self._index.get(intent, -1)
        same_words, itself = np.zeros(len(self._texts), dtype=bool), np.zeros(len(self._texts), dtype=bool)
        same_words[self._places.get(words, [])] = True
        itself[[n for n in self._places.get(words, []) if self._texts[n] == text.strip() and self._intents[n] == intent]] = True
        counted = ~itself
        duplicates = self._nearest(similar, own & counted & ((similar >= SAME) | same_words))
        conflicts = self._nearest(similar, ~own & ((similar >= CLASH) | same_words))
        pulled = ~own & (similar > self._own)
        turned = pulled & (similar > self._foreign) & (self._foreign_of != self._index.get(intent, -1))
        exact = bool((same_words & counted).any())
        ranking = self._ranking(similar, counted)
        nearest_own = float(similar[own & counted].max(initial=-1.0))
        verdict, message = judge(intent, nearest_own, bool((same_words & ~own).any()), duplicates, conflicts, ranking, int(turned.sum()))
        return RadarResult(verdict, message, exact, duplicates, conflicts, ranking, self._nearest(similar, pulled), int(turned.sum()))

    def nearest(self, text: str, most: int = 5) -> tuple[Near, ...]:
        """Returns the nearest phrasings of all intents, nearest first."""
        similar = self._vectors @ self._encode(text) if self._texts else np.zeros(0, dtype=np.float32)
        return self._nearest(similar, np.ones(len(similar), dtype=bool))[:most]

    def vectors(self, texts: Sequence[str]) -> np.ndarray:
        """Returns unit vectors of shape (len(texts), dim), centred as the phrasings are; nothing is kept."""
        return self._centred(get_encoder(ENCODER).encode([shorten(text) for text in texts])) if len(texts) else np.zeros((0, get_encoder(ENCODER).dim), dtype=np.float32)

    def refresh(self, examples: Iterable[Example]) -> None:
        """Takes over changed phrasings; only new sentences are encoded and only what they touch is compared again."""
        examples = list(examples)
        now, known = {(e.intent, e.text) for e in examples}, set(zip(self._intents, self._texts))
        if now != known:
            self._set(examples) if len(now ^ known) > BLOCK else self._update(examples)

    def _encode(self, text: str) -> np.ndarray:
        return self._centred(get_encoder(ENCODER).encode([shorten(text)]))[0]

    def _centred(self, raw: np.ndarray) -> np.ndarray:
        vectors = raw - self._mean if len(self._raw) else raw
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)

    def _set(self, examples: Sequence[Example]) -> None:
        self._take(examples)
        self._mean = self._raw.mean(axis=0) if len(self._raw) else np.zeros(self._raw.shape[1], dtype=np.float32)
        self._vectors = self._centred(self._raw)
        self._own = np.full(len(self._texts), -1.0, dtype=np.float32)
        self._foreign, self._foreign_of = self._own.copy(), np.full(len(self._texts), -1)
        self._compare(np.arange(len(self._texts)))

    def _update(self, examples: Sequence[Example]) -> None:
        """As `_set`, with the old mean, and comparing only the new ones and those that lost a neighbour."""
        before = {pair: n for n, pair in enumerate(zip(self._intents, self._texts))}
        own, foreign, foreign_of, names = self._own, self._foreign, self._foreign_of, list(self._index)
        now = {(e.intent, e.text) for e in examples}
        gone = np.array([n for pair, n in before.items() if pair not in now], dtype=int)
        lost = self._vectors[gone]
        self._take(examples)
        self._vectors = self._centred(self._raw)
        size = len(self._texts)
        self._own, self._foreign, self._foreign_of = np.full(size, -1.0, np.float32), np.full(size, -1.0, np.float32), np.full(size, -1)
        old = np.array([before.get((i, t), -1) for i, t in zip(self._intents, self._texts)])
        kept = old >= 0
        self._own[kept], self._foreign[kept] = own[old[kept]], foreign[old[kept]]
        self._foreign_of[kept] = [self._index.get(names[n], -1) if n >= 0 else -1 for n in foreign_of[old[kept]]]
        again = ~kept
        if len(lost):  # whoever had one of them as neighbour
            near = (self._vectors @ lost.T).max(axis=1) + 1e-5
            again |= kept & ((near >= self._own) | (near >= self._foreign))
        self._compare(np.flatnonzero(again))
        for new in np.flatnonzero(~kept):  # the new ones as neighbours of the others
            similar = self._vectors @ self._vectors[new]
            similar[new] = -1.0
            own_now = self._numbers == self._numbers[new]
            self._own = np.where(own_now, np.maximum(self._own, similar), self._own)
            nearer = ~own_now & (similar > self._foreign)
            self._foreign[nearer], self._foreign_of[nearer] = similar[nearer], self._numbers[new]

    def _take(self, examples: Sequence[Example]) -> None:
        self._texts, self._intents = [e.text for e in examples], [e.intent for e in examples]
        self._places: dict[str, list[int]] = {}
        for number, text in enumerate(self._texts):
            self._places.setdefault(key(text), []).append(number)
        self._index = {intent: n for n, intent in enumerate(sorted(set(self._intents)))}
        self._numbers = np.array([self._index[i] for i in self._intents], dtype=int)
        self._raw = self._cache.encode(get_encoder(ENCODER), [shorten(t) for t in self._texts])

    def _compare(self, rows: np.ndarray) -> None:
        """Finds the nearest own and foreign phrasing of these rows."""
        for start in range(0, len(rows), BLOCK):
            part = rows[start : start + BLOCK]
            similar = self._vectors[part] @ self._vectors.T
            similar[np.arange(len(part)), part] = -1.0
            same = self._numbers[part][:, None] == self._numbers[None, :]
            self._own[part] = np.where(same, similar, -1.0).max(axis=1)
            others = np.where(same, -1.0, similar)
            best = others.argmax(axis=1)
            self._foreign[part], self._foreign_of[part] = others[np.arange(len(part)), best], self._numbers[best]

    def _nearest(self, similar: np.ndarray, chosen: np.ndarray) -> tuple[Near, ...]:
        places = np.flatnonzero(chosen)
        places = places[np.argsort(-similar[places], kind="stable")][:SHOWN]
        return tuple(Near(self._texts[n], self._intents[n], round(float(similar[n]), 3)) for n in places)

    def _ranking(self, similar: np.ndarray, counted: np.ndarray) -> tuple[tuple[str, float], ...]:
        names = list(self._index)
        scores: dict[int, list[float]] = {}
        order = [n for n in np.argsort(-similar)[:200] if counted[n]]
        for n in order:
            scores.setdefault(int(self._numbers[n]), []).append(float(similar[n]))
        means = {names[i]: sum(s[:BEST] + [s[-1]] * (BEST - len(s[:BEST]))) / BEST for i, s in scores.items()}
        return tuple((name, round(mean, 3)) for name, mean in sorted(means.items(), key=lambda pair: -pair[1])[:3])
