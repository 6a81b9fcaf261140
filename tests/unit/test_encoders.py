"""Sentence vectors: what is embedded once is read from disk, and long messages are cut sensibly."""

from __future__ import annotations

from pathlib import Path
from typing import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.encoders import ENCODERS, MAX_WORDS, VectorCache, get_encoder, shorten


class Letters:
    """A tiny encoder: shares of a and b. Counts what it was asked."""

    name, dim = "letters", 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        return np.array([[t.count("a"), t.count("b")] for t in texts], dtype=np.float32)


def test_known_sentences_are_not_encoded_again(tmp_path: Path) -> None:
    encoder = Letters()
    VectorCache(tmp_path / "v.db").encode(encoder, ["aa", "b"])
    vectors = VectorCache(tmp_path / "v.db").encode(encoder, ["b", "aa", "ab"])
    assert encoder.asked == ["aa", "b", "ab"]
    assert vectors.tolist() == [[0, 1], [2, 0], [1, 1]]


def test_same_sentence_is_encoded_once_per_call() -> None:
    encoder = Letters()
    assert VectorCache(None).encode(encoder, ["a", "a", "a"]).tolist() == [[1, 0]] * 3
    assert encoder.asked == ["a"]


def test_encoders_do_not_share_vectors(tmp_path: Path) -> None:
    first, second = Letters(), Letters()
    second.name = "other"
    cache = VectorCache(tmp_path / "v.db")
    cache.encode(first, ["a"])
    cache.encode(second, ["a"])
    assert second.asked == ["a"]


def test_without_a_file_nothing_is_kept() -> None:
    encoder, cache = Letters(), VectorCache(None)
    cache.encode(encoder, ["a"])
    cache.encode(encoder, ["a"])
    assert encoder.asked == ["a", "a"]


def test_no_sentences_give_an_empty_table() -> None:
    assert VectorCache(None).encode(Letters(), []).shape == (0, 2)


@pytest.mark.parametrize("text", ["", "\ud800", "🙂", "x" * 5000, "ä\u0000"])
def test_odd_sentence_can_be_kept(tmp_path: Path, text: str) -> None:
    cache = VectorCache(tmp_path / "v.db")
    assert cache.encode(Letters(), [text]).tolist() == cache.encode(Letters(), [text]).tolist()


def test_progress_counts_to_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    VectorCache(None).encode(Letters(), [str(i) for i in range(150)], lambda done, total: seen.append((done, total)))
    assert seen == [(64, 150), (128, 150), (150, 150)]


def test_short_message_stays() -> None:
    assert shorten("Was kostet die Anerkennung?") == "Was kostet die Anerkennung?"


def test_long_message_keeps_its_beginning_and_end() -> None:
    words = [f"w{i}" for i in range(200)]
    cut = shorten(" ".join(words)).split()
    assert (len(cut), cut[0], cut[-1]) == (MAX_WORDS, "w0", "w199")


@given(st.text(st.characters()))
def test_any_message_is_cut_to_a_bounded_length(text: str) -> None:
    cut = shorten(text)
    assert len(cut) <= 600
    assert len(cut.split()) <= MAX_WORDS


def test_unknown_encoder_is_refused() -> None:
    with pytest.raises(KeyError):
        get_encoder("gibt-es-nicht")


def test_encoders_are_registered_by_their_name() -> None:
    assert all(name == cls.name and cls.dim > 0 for name, cls in ENCODERS.items())
