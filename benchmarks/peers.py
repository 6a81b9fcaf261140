"""Every way of finding an answer that we measure ourselves against, behind one interface.

`fit(texts, labels)` once, then `rank(texts)` → per text (labels best first, score that separates on from off topic).
"""

from __future__ import annotations

import json
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Protocol, Sequence

import numpy as np
import yaml

from bot.knowledge.base import ROOT, Knowledge
from bot.nlu.encoders import VectorCache, get_encoder
from bot.nlu.hybrid import HybridModel
from bot.nlu.intent_classifier import training_set
from bot.processes import child_environment

Ranking = tuple[list[str], float]
SEED = 1


class Peer(Protocol):
    """A classifier or search engine. `train_cpu` is filled by `fit` in CPU seconds, children included."""

    name: str
    train_cpu: float

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None: ...

    def rank(self, texts: Sequence[str]) -> list[Ranking]: ...


def cpu_seconds() -> float:
    """Returns user and system seconds of this process and its ended children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


class Hybrid:
    """Our model; `cache` None embeds every sentence anew (cold)."""

    def __init__(self, cache: Path | None, name: str) -> None:
        self.name, self.train_cpu, self._cache = name, 0.0, VectorCache(cache)

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        begin = cpu_seconds()
        self._model = HybridModel().fit(training_set(list(texts), list(labels)), self._cache)
        self.train_cpu = cpu_seconds() - begin

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        return [([label for label, _ in p.ranking[:3]], p.margin) for p in self._model.predict_many(texts)]


class VectorPeer:
    """Base of the peers on E5 vectors."""

    name = ""

    def __init__(self, cache: Path | None) -> None:
        self.train_cpu, self._cache = 0.0, VectorCache(cache)

    def _vectors(self, texts: Sequence[str]) -> np.ndarray:
        return self._cache.encode(get_encoder("e5-small"), list(texts))


class NearestVector(VectorPeer):
    """The training sentence with the highest cosine decides."""

    name = "nearest example on E5 vectors"

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        begin = cpu_seconds()
        self._x, self._y = self._vectors(texts), list(labels)
        self.train_cpu = cpu_seconds() - begin

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        return [_by_best(self._y, row) for row in self._vectors(texts) @ self._x.T]


class LogisticVector(VectorPeer):
    """Logistic regression on E5 vectors, centred and scaled."""

    name = "logistic regression on E5 vectors"

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        from sklearn.linear_model import LogisticRegression

        begin = cpu_seconds()
        x = self._vectors(texts)
        self._mean = x.mean(axis=0)
        self._model = LogisticRegression(class_weight="balanced", max_iter=200, tol=1e-3).fit(4 * (x - self._mean), labels)
        self.train_cpu = cpu_seconds() - begin

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        scores = self._model.predict_log_proba(4 * (self._vectors(texts) - self._mean))
        return [_by_score(list(self._model.classes_), row) for row in scores]


class FullText:
    """SQLite FTS5 over question, answer and phrasings of each FAQ, words joined by OR. `tokenize` picks the tokenizer."""

    def __init__(self, name: str, tokenize: str) -> None:
        self.name, self.train_cpu, self._tokenize = name, 0.0, tokenize

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        begin = cpu_seconds()
        self._db = sqlite3.connect(":memory:")
        self._db.execute(f"CREATE VIRTUAL TABLE docs USING fts5(label UNINDEXED, text, tokenize='{self._tokenize}')")
        self._db.executemany("INSERT INTO docs VALUES (?, ?)", _documents(texts, labels).items())
        self.train_cpu = cpu_seconds() - begin

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        return [self._rank(text) for text in texts]

    def _rank(self, text: str) -> Ranking:
        words = re.findall(r"\w+", text.lower())
        terms = [w[i : i + 3] for w in words for i in range(max(1, len(w) - 2))] if self._tokenize.startswith("trigram") else words
        terms = [t for t in dict.fromkeys(terms) if len(t) >= (3 if self._tokenize.startswith("trigram") else 2)]
        if not terms:
            return [], -99.0
        query = " OR ".join(f'"{t}"' for t in terms)
        rows = self._db.execute("SELECT label, bm25(docs) FROM docs WHERE docs MATCH ? ORDER BY bm25(docs) LIMIT 3", (query,)).fetchall()
        return [r[0] for r in rows], -rows[0][1] / len(terms) if rows else -99.0


class Bm25:
    """BM25 over the training sentences, best sentence per label (k1 1.5, b 0.75)."""

    name = "BM25 over sentences"

    def __init__(self) -> None:
        self.train_cpu = 0.0

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import CountVectorizer

        begin = cpu_seconds()
        self._vectorizer, self._y = CountVectorizer(), list(labels)
        counts = self._vectorizer.fit_transform(texts).tocsr().astype(np.float32)
        lengths = np.asarray(counts.sum(axis=1)).ravel()
        document_counts = np.asarray((counts > 0).sum(axis=0)).ravel()
        idf = np.log(1 + (counts.shape[0] - document_counts + 0.5) / (document_counts + 0.5))
        norm = 1.5 * (1 - 0.75 + 0.75 * lengths / lengths.mean())
        rows, cols = counts.nonzero()
        counts.data = idf[cols] * counts.data * 2.5 / (counts.data + norm[rows])
        self._weights = counts
        self.train_cpu = cpu_seconds() - begin

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        scores = (self._vectorizer.transform(texts) > 0).astype(np.float32) @ self._weights.T
        return [_by_best(self._y, row) for row in scores.toarray()]


class RasaDefault:
    """Rasa's default pipeline (`rasa init`): word and character counts, DIET with 100 epochs; FAQ ids as plain intents, its best case."""

    name = "Rasa default (DIET)"
    PIPELINE = [
        {"name": "WhitespaceTokenizer"}, {"name": "RegexFeaturizer"}, {"name": "LexicalSyntacticFeaturizer"}, {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True, "random_seed": SEED},
    ]

    def __init__(self) -> None:
        self.train_cpu = 0.0

    def pipeline(self) -> list[dict]:
        """Returns the components as `config.yml` names them."""
        return self.PIPELINE

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="lotse-diet-"))
        by_label: dict[str, list[str]] = defaultdict(list)
        for text, label in zip(texts, labels):
            by_label[label.replace("/", "__")].append(text.replace("\n", " "))
        nlu = [{"intent": label, "examples": "".join(f"- {t}\n" for t in lines)} for label, lines in by_label.items()]
        (self._folder / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), encoding="utf-8")
        config = {"recipe": "default.v1", "assistant_id": "peer", "language": "de", "pipeline": self.pipeline()}
        (self._folder / "config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
        begin = cpu_seconds()
        subprocess.run([sys.executable, "-m", "rasa", "train", "nlu", "--config", "config.yml", "--nlu", "nlu.yml", "--out", "models", "--fixed-model-name", "diet"],
                       cwd=self._folder, env=child_environment(OMP_NUM_THREADS="2", OPENBLAS_NUM_THREADS="2"), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.train_cpu = cpu_seconds() - begin

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        source, target = self._folder / "texts.json", self._folder / "ranks.json"
        source.write_text(json.dumps(list(texts)), encoding="utf-8")
        subprocess.run([sys.executable, "-m", "benchmarks.parse_with_rasa", str(self._folder / "models" / "diet.tar.gz"), str(source), str(target)],
                       cwd=ROOT, env=child_environment(), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return [([name.replace("__", "/") for name in names], score) for names, score in json.loads(target.read_text(encoding="utf-8"))]


class RasaWithVectors(RasaDefault):
    """The same with the sentence vectors of both our encoders as dense features; training embeds every sentence."""

    name = "DIET with our vectors"

    def pipeline(self) -> list[dict]:
        cache = str(self._folder / "vectors.db")
        ours = [{"name": "benchmarks.vector_featurizer.VectorFeaturizer", "encoder": encoder, "cache": cache} for encoder in ("e5-small", "use-multilingual")]
        return [*self.PIPELINE[:-1], *ours, self.PIPELINE[-1]]


def _documents(texts: Sequence[str], labels: Sequence[str]) -> dict[str, str]:
    """Returns one document per FAQ: question, answers and phrasings."""
    faqs = Knowledge.load().faqs
    lines: dict[str, list[str]] = defaultdict(list)
    for text, label in zip(texts, labels):
        if label.startswith("faq/"):
            lines[label].append(text)
    return {label: "\n".join([faqs[label[4:]].frage, faqs[label[4:]].antwort, *found]) for label, found in lines.items()}


def _by_best(labels: Sequence[str], scores: np.ndarray) -> Ranking:
    """Ranks labels by their best sentence; the score is the best of a label other than out_of_scope."""
    names: list[str] = []
    top = -99.0
    for i in np.argsort(-scores):
        if labels[i] not in names:
            names.append(labels[i])
            if labels[i] != "out_of_scope" and top == -99.0:
                top = float(scores[i])
        if len(names) >= 4:
            break
    return names[:3], top


def _by_score(labels: list[str], scores: np.ndarray) -> Ranking:
    order = np.argsort(-scores)
    names = [labels[i] for i in order[:3]]
    best = max(float(scores[i]) for i in order[:2] if labels[i] != "out_of_scope")
    off = float(scores[labels.index("out_of_scope")]) if "out_of_scope" in labels else 0.0
    return names, best - off
