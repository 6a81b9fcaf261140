"""The intent model: six views of a sentence, added up in log space.

    E  logistic regression on E5 sentence vectors          (meaning)
    U  logistic regression on USE vectors, with noisy copies and the sentences of the answers (meaning, sturdier against typos)
    A  similarity to the FAQ's question; counts for other languages than German
    N  similarity of character n-grams to each intent's sentences (words, names, paragraphs)
    K  nearest training sentence; counts most for other languages than German
    W  words and word pairs in the FAQ's whole text         (paragraphs, offices, details)

Plain numpy and scikit-learn, no Rasa: benchmarks and the console use it directly. `docs/adr/0003` tells why.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Mapping, Sequence

import numpy as np
import scipy.sparse as sparse

from bot.nlu.answer_words import AnswerWords
from bot.nlu.aspects import OccupationAspects
from bot.nlu.encoders import VectorCache, get_encoder, shorten
from bot.nlu.language import GERMAN, LanguageDetector
from bot.nlu.noise import fold_umlauts, noisy
from bot.nlu.reading import Reader
from bot.nlu.spelling import SpellingRepair, tidy
from bot.nlu.terms import TermGlossary

OUT_OF_SCOPE = "out_of_scope"
GERMAN_WEIGHTS = {"E": 0.75, "U": 0.3, "A": 0.0, "N": 1.05, "K": 0.15, "W": 0.55}
FOREIGN_WEIGHTS = {"E": 0.9, "U": 0.5, "A": 0.5, "N": 0.5, "K": 1.0, "W": 0.0}
WITHOUT_USE = {"E": 1.1, "U": 0.0, "A": 0.7, "N": 0.7, "K": 1.2, "W": 0.0}
USE_LANGUAGES = frozenset(("de", "en", "ar", "ru", "tr", "fr", "es", "pl", "xx"))  # USE was never trained on uk, fa, ro
# How clearly a German text is on topic: weighed log-odds against "out of scope" per view, and per unit of BM25. Other languages: by their own weights.
BORDER = {"E": 0.45, "U": 0.25, "N": 0.7, "K": 0.9}
BORDER_PER_WORD_SCORE = 0.1
SHARPNESS = {"A": 8.0, "K": 8.0, "N": 12.0, "W": 0.3}
LR_SCALE = 4.0
LANGUAGE_DIRECTIONS = 10


@dataclass(frozen=True)
class Prediction:
    """What the model thinks of one text.

    ranking: (label, probability), best first. margin: log-odds of the best on-topic label against
    "out of scope". language: code, `de` unless the text is clearly in another one. neighbours: nearest training sentences as (sentence, label, cosine).
    exact: the text is a training sentence or a title. two: it asks two things, answered by the first two labels.
    """

    ranking: list[tuple[str, float]]
    margin: float
    language: str
    repaired: str
    neighbours: list[tuple[str, str, float]] = field(default_factory=list)
    exact: bool = False
    two: bool = False


@dataclass
class TrainingSet:
    """Input of `HybridModel.fit`: sentences with labels, per label that has an answer its text and all its sentences, parallel sentences per language."""

    texts: list[str]
    labels: list[str]
    answers: Mapping[str, str]
    parallel: Mapping[str, Sequence[str]]
    titles: Mapping[str, str] = field(default_factory=dict)
    pages: Mapping[str, Sequence[str]] = field(default_factory=dict)
    language_words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    terms: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    aspects: OccupationAspects = field(default_factory=lambda: OccupationAspects({}, {}, {}))


class HybridModel:
    """Fit with `fit`, keep with `save` and `load`, ask with `predict`."""

    def __init__(self, encoder: str = "e5-small", second_encoder: str = "use-multilingual", temperature: float = 1.0) -> None:
        self.encoder, self.second_encoder, self.temperature = encoder, second_encoder, temperature
        self.labels: list[str] = []
        self.arrays: dict[str, np.ndarray] = {}
        self.texts: list[str] = []
        self.text_labels: list[int] = []
        self.exact: dict[str, str] = {}
        self.repair: SpellingRepair | None = None
        self.language_words: dict[str, list[str]] = {}
        self._detector = LanguageDetector({})
        self._glossary = TermGlossary({})
        self._aspects = OccupationAspects({}, {}, {})
        self._columns: np.ndarray | None = None
        self._page_words = AnswerWords()
        self._vectorizer: Any = None
        self._documents: sparse.csr_matrix | None = None  # n-grams × labels

    # -- training ------------------------------------------------------------------------------

    def fit(self, data: TrainingSet, cache: VectorCache, progress: Callable[[str], None] = lambda _: None) -> "HybridModel":
        """Trains on `data`; vectors of known sentences come from `cache`."""
        self.labels = sorted(set(data.labels))
        index = {label: i for i, label in enumerate(self.labels)}
        y = np.array([index[label] for label in data.labels])
        answers = [data.answers.get(label, "") for label in self.labels]
        self.texts, self.text_labels = list(data.texts), y.tolist()
        self._remember_exact(data)
        self.language_words = {lang: list(words) for lang, words in data.language_words.items()}
        self._detector = LanguageDetector(self.language_words)
        self._glossary, self._aspects = TermGlossary(data.terms), data.aspects
        german = [t for t in data.texts if self._detector.detect(t) in (GERMAN, "")]
        self.repair = SpellingRepair([*german, *answers], data.aspects.names)
        copies = [self.repair.repair(noisy(text, random.Random(text))) for text in data.texts]  # the same when other sentences come or go

        progress("Satzvektoren 1 von 2")
        vectors = cache.encode(get_encoder(self.encoder), [shorten(t) for t in data.texts], _counter(progress, "Satzvektoren 1 von 2"))
        self._fit_projection("E", vectors, data.parallel, self.encoder, cache)
        vectors = self._centre("E", vectors)  # one matrix at a time: they are the largest things of a training
        self.arrays["neighbours"], self._columns = vectors.astype(np.float16), None
        vectors *= LR_SCALE
        self._fit_regression("E", vectors, y)
        progress("Satzvektoren 2 von 2")
        pages = [(text, index[label]) for label, sentences in data.pages.items() if label in index for text in sentences]
        vectors = cache.encode(get_encoder(self.second_encoder), [shorten(t) for t in [*data.texts, *copies, *(text for text, _ in pages)]])
        self._fit_projection("U", vectors[: len(y)], data.parallel, self.second_encoder, cache)
        vectors = self._centre("U", vectors)
        vectors *= LR_SCALE
        progress("Klassifikator")
        self._fit_regression("U", vectors, np.concatenate([y, y, np.array([label for _, label in pages], dtype=y.dtype)]))
        del vectors
        self._fit_answers([data.titles.get(label, answer) if answer else "" for label, answer in zip(self.labels, answers)], cache)
        self._page_words = AnswerWords().fit([" ".join(data.pages.get(label, (text,))) for label, text in zip(self.labels, answers) if text])
        self._fit_ngrams(data.texts, copies, y, answers)
        return self

    def _remember_exact(self, data: TrainingSet) -> None:
        pairs = [*zip(data.texts, data.labels), *((title, label) for label, title in data.titles.items())]
        self.exact = {_key(text): label for text, label in pairs if _key(text)}

    def _fit_projection(self, name: str, vectors: np.ndarray, parallel: Mapping[str, Sequence[str]], encoder: str, cache: VectorCache) -> None:
        """Keeps the mean of German and the directions in which other languages differ from it."""
        self.arrays[f"{name}.mean"] = vectors.mean(axis=0)
        means = {lang: cache.encode(get_encoder(encoder), list(lines)).mean(axis=0) for lang, lines in parallel.items() if lines}
        shifts = [mean - means["de"] for lang, mean in means.items() if lang != "de"] if "de" in means else []
        if shifts:
            _, _, directions = np.linalg.svd(np.stack(shifts), full_matrices=False)
            self.arrays[f"{name}.directions"] = directions[:LANGUAGE_DIRECTIONS].astype(np.float32)
        else:
            self.arrays[f"{name}.directions"] = np.zeros((0, vectors.shape[1]), dtype=np.float32)

    def _centre(self, name: str, vectors: np.ndarray) -> np.ndarray:
        v = vectors - self.arrays[f"{name}.mean"]
        directions = self.arrays[f"{name}.directions"]
        v -= (v @ directions.T) @ directions
        v /= np.maximum(np.linalg.norm(v, axis=1, keepdims=True), 1e-9)
        return v

    def _fit_regression(self, name: str, vectors: np.ndarray, y: np.ndarray) -> None:
        """Keeps a regression on `vectors`, which are already scaled."""
        from sklearn.linear_model import LogisticRegression

        model = LogisticRegression(C=1.0, class_weight="balanced", tol=1e-3, max_iter=200).fit(vectors, y)
        coef, intercept = model.coef_, model.intercept_
        if len(self.labels) == 2:  # scikit-learn keeps one row for two classes
            coef, intercept = np.vstack([-coef, coef]) / 2, np.concatenate([-intercept, intercept]) / 2
        self.arrays[f"{name}.coef"], self.arrays[f"{name}.intercept"] = coef.astype(np.float32), intercept.astype(np.float32)

    def _fit_answers(self, answers: list[str], cache: VectorCache) -> None:
        has = np.array([bool(a) for a in answers])
        self.arrays["A.has"] = has
        if not has.any():
            self.arrays["A.vectors"] = np.zeros((0, get_encoder(self.encoder).dim), dtype=np.float32)
            return
        passages = cache.encode(get_encoder("e5-small-passage"), [a for a in answers if a])
        passages = passages - passages.mean(axis=0)
        self.arrays["A.vectors"] = passages / np.maximum(np.linalg.norm(passages, axis=1, keepdims=True), 1e-9)

    def _fit_ngrams(self, texts: Sequence[str], copies: Sequence[str], y: np.ndarray, answers: list[str]) -> None:
        documents = ["\n".join([t for t, label in zip(texts, y) if label == i] + [answers[i]]) for i in range(len(self.labels))]
        self._vectorizer = _new_vectorizer()
        self._documents = sparse.csr_matrix(self._vectorizer.fit_transform(documents).T)

    # -- use -----------------------------------------------------------------------------------

    def predict(self, text: str, neighbours: int = 3) -> Prediction:
        """Returns the ranking of all labels for one text."""
        return self.predict_many([text], neighbours)[0]

    def predict_many(self, texts: Sequence[str], neighbours: int = 0, cache: VectorCache | None = None) -> list[Prediction]:
        """Returns one prediction per text; `cache` saves work when the same texts come again."""
        cache = cache or VectorCache(None)
        assert self.repair is not None
        reader = Reader(self._detector, self._glossary, self.repair)
        languages, repaired = zip(*(reader.read(tidy(t)) for t in texts)) if texts else ((), ())
        short = [shorten(t) for t in repaired]
        raw = cache.encode(get_encoder(self.encoder), short)
        e, u = self._centre("E", raw), self._centre("U", cache.encode(get_encoder(self.second_encoder), short))
        similar = e @ self._neighbours()
        scores, margins = self._scores(repaired, e, u, raw, similar, languages)
        return [self._prediction(texts[i], repaired[i], scores[i], float(margins[i]), similar[i], languages[i], neighbours) for i in range(len(texts))]

    def _neighbours(self) -> np.ndarray:
        """Returns the vectors of the training sentences, one per column; stored small, used as float32."""
        if self._columns is None:
            self._columns = np.ascontiguousarray(self.arrays["neighbours"].astype(np.float32).T)
        return self._columns

    def _scores(self, repaired: Sequence[str], e: np.ndarray, u: np.ndarray, raw: np.ndarray, similar: np.ndarray, languages: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Returns log scores of shape (texts, labels) and the margins against "out of scope" of shape (texts,)."""
        words = self._page_words.scores(repaired)
        views = {
            "E": _log_softmax(LR_SCALE * e @ self.arrays["E.coef"].T + self.arrays["E.intercept"]),
            "U": _log_softmax(LR_SCALE * u @ self.arrays["U.coef"].T + self.arrays["U.intercept"]),
            "A": self._answer_view(raw),
            "N": self._ngram_view(repaired),
            "K": self._nearest_view(similar),
            "W": _log_softmax(SHARPNESS["W"] * self._for_all_labels(words)),
        }
        rows = [_weights(lang) for lang in languages]
        scores = _log_softmax(sum(np.array([row[v] for row in rows])[:, None] * views[v] for v in views))
        if OUT_OF_SCOPE not in self.labels:
            return scores, np.full(len(scores), np.inf)
        off = self.labels.index(OUT_OF_SCOPE)
        best = np.where(np.arange(len(self.labels)) == off, -np.inf, scores).argmax(axis=1)

        def odds(view: np.ndarray) -> np.ndarray:
            return view[np.arange(len(view)), best] - view[:, off]

        border = sum(weight * odds(views[v]) for v, weight in BORDER.items()) + BORDER_PER_WORD_SCORE * words.max(axis=1, initial=0.0)
        return scores, np.where(np.array(languages) == GERMAN, border, odds(scores))

    def _answer_view(self, raw: np.ndarray) -> np.ndarray:
        q = raw - self.arrays["E.mean"]
        q = q / np.maximum(np.linalg.norm(q, axis=1, keepdims=True), 1e-9)
        return _log_softmax(SHARPNESS["A"] * self._for_all_labels(q @ self.arrays["A.vectors"].T))

    def _for_all_labels(self, scores: np.ndarray) -> np.ndarray:
        """Returns `scores` of the labels that have an answer, spread over all; the others get a neutral value, the 90 % quantile of the row."""
        has = self.arrays["A.has"]
        if not has.any():
            return np.zeros((len(scores), len(self.labels)))
        view = np.repeat(np.quantile(scores, 0.9, axis=1)[:, None], len(self.labels), axis=1)
        view[:, has] = scores
        return view

    def _ngram_view(self, repaired: Sequence[str]) -> np.ndarray:
        assert self._vectorizer is not None and self._documents is not None
        return _log_softmax(SHARPNESS["N"] * (self._vectorizer.transform(repaired) @ self._documents).toarray())

    def _nearest_view(self, similar: np.ndarray) -> np.ndarray:
        best = np.full((len(similar), len(self.labels)), -1.0)
        order = np.argsort(self.text_labels, kind="stable")
        sorted_labels = np.asarray(self.text_labels)[order]
        starts = np.flatnonzero(np.r_[True, sorted_labels[1:] != sorted_labels[:-1]])
        best[:, sorted_labels[starts]] = np.maximum.reduceat(similar[:, order], starts, axis=1)
        return _log_softmax(SHARPNESS["K"] * best)

    def _prediction(self, text: str, repaired: str, score: np.ndarray, margin: float, similar: np.ndarray, language: str, neighbours: int) -> Prediction:
        near = [(self.texts[j], self.labels[self.text_labels[j]], float(similar[j])) for j in np.argsort(-similar)[:neighbours]]
        exact = self.exact.get(_key(text))
        if exact is not None:
            score = score.copy()
            score[self.labels.index(exact)] = score.max() + 8.0
        scaled = _log_softmax(score[None, :] / self.temperature)[0]
        ranking = sorted(zip(self.labels, np.exp(scaled).tolist()), key=lambda pair: -pair[1])
        asked = [] if exact is not None else [a for a in self._aspects.asked(repaired, ranking[0][0]) if a in self.labels]
        return Prediction(_first(ranking, asked), margin, language, repaired, near, exact is not None, len(asked) > 1)

    # -- storage -------------------------------------------------------------------------------

    def save(self, folder: Path) -> None:
        """Writes the model below `folder`: plain arrays and JSON, no pickles."""
        assert self.repair is not None and self._vectorizer is not None and self._documents is not None
        np.savez_compressed(folder / "arrays.npz", idf=self._vectorizer.idf_, **self.arrays)
        sparse.save_npz(folder / "documents.npz", self._documents.astype(np.float32))
        sparse.save_npz(folder / "pages.npz", self._page_words.weights)
        state = {
            "encoder": self.encoder, "second_encoder": self.second_encoder, "temperature": self.temperature, "labels": self.labels,
            "texts": self.texts, "text_labels": self.text_labels, "exact": self.exact, "language_words": self.language_words, "terms": self._glossary.entries,
            "occupations": self._aspects.names, "targets": self._aspects.targets, "general": self._aspects.general, "words": self.repair.counts,
            "page_terms": list(self._page_words.terms),
            "vocabulary": {term: int(i) for term, i in self._vectorizer.vocabulary_.items()},
        }
        (folder / "state.json").write_text(json.dumps(state, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "HybridModel":
        """Reads what `save` wrote."""
        state = json.loads((folder / "state.json").read_text(encoding="utf-8"))
        self = cls(state["encoder"], state["second_encoder"], state["temperature"])
        self.labels, self.texts, self.text_labels, self.exact = state["labels"], state["texts"], state["text_labels"], state["exact"]
        with np.load(folder / "arrays.npz", allow_pickle=False) as stored:
            self.arrays = {name: stored[name] for name in stored.files}
        self._documents = sparse.load_npz(folder / "documents.npz").tocsr()
        self._page_words = AnswerWords({term: i for i, term in enumerate(state["page_terms"])}, sparse.load_npz(folder / "pages.npz").tocsr())
        self._vectorizer = _new_vectorizer(state["vocabulary"])
        self._vectorizer.idf_ = self.arrays.pop("idf")
        self.language_words = state["language_words"]
        self._detector = LanguageDetector(self.language_words)
        self._glossary = TermGlossary(state["terms"])
        self._aspects = OccupationAspects(state["occupations"], state["targets"], state["general"])
        self.repair = SpellingRepair([])
        self.repair.restore(state["words"])
        return self


def _weights(language: str) -> dict[str, float]:
    if language == GERMAN:
        return GERMAN_WEIGHTS
    return FOREIGN_WEIGHTS if language in USE_LANGUAGES else WITHOUT_USE


def _new_vectorizer(vocabulary: dict[str, int] | None = None):
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 6), sublinear_tf=True, preprocessor=_fold, vocabulary=vocabulary, dtype=np.float32)


def _fold(text: str) -> str:
    return fold_umlauts(text.lower(), plain=False)


def _key(text: str) -> str:
    return " ".join("".join(c if c.isalnum() or c == "§" else " " for c in _fold(text)).split())


def _first(ranking: list[tuple[str, float]], asked: Sequence[str]) -> list[tuple[str, float]]:
    """Returns `ranking` with the labels of `asked` in front; they share nine tenths of the probability of the former first and their own."""
    if not asked or ranking[0][0] == asked[0] and len(asked) == 1:
        return ranking
    shares = dict(ranking)
    pool = {*asked, ranking[0][0]}
    mass = sum(shares[label] for label in pool)
    for label in pool:
        shares[label] = 0.9 * mass / len(asked) if label in asked else 0.1 * mass
    rest = sorted((pair for pair in shares.items() if pair[0] not in asked), key=lambda pair: -pair[1])
    return [(label, shares[label]) for label in asked] + rest


def _log_softmax(x: np.ndarray) -> np.ndarray:
    x = x - x.max(axis=1, keepdims=True)
    return x - np.log(np.exp(x).sum(axis=1, keepdims=True))


def _counter(progress: Callable[[str], None], name: str) -> Callable[[int, int], None]:
    return lambda done, total: progress(f"{name}: {done} von {total}")
