"""SQLite FTS5 with the trigram tokenizer in memory: a second opinion beside `bot/search/tfidf.py`.

`is_supported()` tells at start whether this SQLite can do it; the search works without.
"""

from __future__ import annotations

import sqlite3
import threading
from typing import Iterable

from bot.knowledge.places import fold
from bot.search.documents import Document
from bot.search.text import telling, trigrams

# Column → weight in the ranking, chosen on benchmarks/dev/suche.yml.
COLUMNS = {"frage": 6.0, "kurz": 6.0, "formulierungen": 4.0, "antwort": 1.0, "recht": 1.0, "thema": 2.0}
MOST_TRIGRAMS = 120


def is_supported() -> bool:
    """Tells whether this Python's SQLite has FTS5 with trigrams."""
    try:
        with sqlite3.connect(":memory:") as db:
            db.execute("CREATE VIRTUAL TABLE probe USING fts5(a, tokenize='trigram')")
        return True
    except sqlite3.Error:
        return False


class TrigramIndex:
    """Ranks FAQs by BM25 over trigrams; safe to share between threads."""

    name = "FTS5 trigram"

    def __init__(self, documents: Iterable[Document]) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._db.execute(f"CREATE VIRTUAL TABLE faq USING fts5(id UNINDEXED, {', '.join(COLUMNS)}, tokenize='trigram')")
        self._db.executemany(f"INSERT INTO faq VALUES (?{', ?' * len(COLUMNS)})", (_row(d) for d in documents))
        self._sql = f"SELECT id, -bm25(faq, 0.0, {', '.join(str(w) for w in COLUMNS.values())}) AS score FROM faq WHERE faq MATCH ? ORDER BY score DESC, id LIMIT ?"

    def rank(self, query: str, limit: int = 50) -> list[tuple[str, float]]:
        """Returns (FAQ id, score), best first; [] when nothing matches."""
        grams = list(dict.fromkeys(t for word in telling(query) for t in trigrams(word)))[:MOST_TRIGRAMS]
        if not grams:
            return []
        with self._lock:
            return [(str(i), float(s)) for i, s in self._db.execute(self._sql, (" OR ".join(f'"{g}"' for g in grams), limit))]


def _row(document: Document) -> tuple[str, ...]:
    phrasings = " ".join(document.formulierungen)
    texts = (document.frage, document.kurz, phrasings, document.antwort, document.recht, document.thema)
    return (document.id, *(f" {fold(text)} " for text in texts))
