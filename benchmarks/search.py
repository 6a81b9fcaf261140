"""Counsellors' search against plain ways of searching, on the same queries in one run: `python -m benchmarks.search [--set dev] [--live]`.

Writes `var/benchmarks/search.json` and the section „Search for counsellors“ of docs/benchmarks.md. Weights are chosen on `--set dev` only.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Callable, Protocol, Sequence

import click
import httpx
import numpy as np
import yaml

from benchmarks.search_page import section, with_section
from bot import models, processes
from bot.knowledge.base import DATA, ROOT, Knowledge
from bot.knowledge.nlu_files import read_examples
from bot.search.documents import Document, documents
from bot.search.engine import Search
from bot.search.fulltext import TrigramIndex
from bot.search.tfidf import TfidfIndex
from bot.training.archive import load_model

OUT = ROOT / "var" / "benchmarks" / "search.json"
PAGE = ROOT / "docs" / "benchmarks.md"
SETS = {"heldout": ROOT / "tests" / "search" / "heldout_suche.yml", "dev": ROOT / "benchmarks" / "dev" / "suche.yml"}
SERVER_START = 60


class Ranker(Protocol):
    """Returns FAQ ids for a query, best first."""

    def __call__(self, query: str) -> Sequence[str]: ...


def words_of(text: str) -> list[str]:
    """Returns the words of a text in small letters, as a plain search has them."""
    return re.findall(r"\w+", text.lower())


def whole(document: Document) -> str:
    """Returns all text of a document: every approach indexes the same."""
    return " ".join((document.frage, document.kurz, *document.formulierungen, document.antwort, document.recht, document.thema))


class DefaultFts5:
    """SQLite FTS5 with its default tokenizer, the query's words joined by OR."""

    def __init__(self, found: list[Document]) -> None:
        self._db = sqlite3.connect(":memory:")
        self._db.execute("CREATE VIRTUAL TABLE faq USING fts5(id UNINDEXED, text)")
        self._db.executemany("INSERT INTO faq VALUES (?, ?)", [(d.id, whole(d)) for d in found])

    def __call__(self, query: str) -> list[str]:
        terms = " OR ".join(f'"{w}"' for w in words_of(query))
        return [row[0] for row in self._db.execute("SELECT id FROM faq WHERE faq MATCH ? ORDER BY bm25(faq), id LIMIT 50", (terms,))] if terms else []


class Bm25:
    """BM25 over words (k1 1.5, b 0.75), no stemming."""

    def __init__(self, found: list[Document]) -> None:
        self._ids, counts = [d.id for d in found], [Counter(words_of(whole(d))) for d in found]
        lengths = [sum(c.values()) for c in counts]
        mean, seen = sum(lengths) / len(lengths), Counter(w for c in counts for w in c)
        self._weights: dict[str, dict[int, float]] = {}
        for i, count in enumerate(counts):
            for word, number in count.items():
                idf = np.log(1 + (len(found) - seen[word] + 0.5) / (seen[word] + 0.5))
                self._weights.setdefault(word, {})[i] = float(idf * number * 2.5 / (number + 1.5 * (0.25 + 0.75 * lengths[i] / mean)))

    def __call__(self, query: str) -> list[str]:
        scores: Counter[int] = Counter()
        for word in words_of(query):
            scores.update(self._weights.get(word, {}))  # type: ignore[arg-type]
        return [self._ids[i] for i, _ in scores.most_common(50)]


def measure(name: str, rank: Ranker, queries: list[dict[str, Any]]) -> dict[str, Any]:
    """Returns recall at 1 and 3, mean reciprocal rank, CPU ms, and p50 and p95 of one query in ms."""
    places, times = [], []
    used = time.process_time()
    for query in queries:
        begin = time.perf_counter()
        ids = list(rank(query["suche"]))
        times.append((time.perf_counter() - begin) * 1000)
        places.append(next((i for i, faq in enumerate(ids, start=1) if faq in query["erwartet"]), 0))
    cpu = (time.process_time() - used) * 1000 / len(queries)
    by_kind = {kind: float(np.mean([1 <= p <= 3 for p, q in zip(places, queries) if q["art"] == kind])) for kind in sorted({q["art"] for q in queries})}
    return {"name": name, "r1": float(np.mean([p == 1 for p in places])), "r3": float(np.mean([1 <= p <= 3 for p in places])), "mrr": float(np.mean([1 / p if p else 0 for p in places])),
            "cpu": cpu, "p50": float(np.percentile(times, 50)), "p95": float(np.percentile(times, 95)), "arten": by_kind}


def compare(queries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Returns the rows of all approaches, the plain ones first."""
    knowledge, examples = Knowledge.load(), read_examples(DATA / "nlu" / "faq")
    found, search, model = documents(knowledge, examples), Search(knowledge, examples), load_model()
    trigram, tfidf = TrigramIndex(found), TfidfIndex(found)

    def understood(query: str) -> list[tuple[str, float]]:
        return [(label[4:], p) for label, p in model.predict(query, neighbours=0).ranking if label.startswith("faq/")][:20]

    approaches: list[tuple[str, Callable[[str], Sequence[str]]]] = [
        ("FTS5, default tokenizer", DefaultFts5(found)), ("BM25 over words", Bm25(found)), ("char TF-IDF", lambda q: [i for i, _ in tfidf.rank(q)]),
        ("FTS5 trigram", lambda q: [i for i, _ in trigram.rank(q)]), ("understanding model alone", lambda q: [i for i, _ in understood(q)]),
        ("ours without the model (Rasa down)", lambda q: [h.faq for h in search.find(q).hits]), ("**ours**", lambda q: [h.faq for h in search.find(q, understood(q)).hits]),
    ]
    for _, rank in approaches:  # first use builds caches
        rank("Was kostet das?")
    return [measure(name, rank, queries) for name, rank in approaches]


def live(queries: list[dict[str, Any]]) -> dict[str, Any]:
    """Returns p50 and p95 in ms of `/api/faq` and of an answer page over HTTP, at rest and while 8 people chat without a pause."""
    model = models.fitting() or models.train()
    rasa_port, actions_port, port = processes.free_port(), processes.free_port(), processes.free_port()
    services = [processes.actions_service(actions_port), processes.rasa_service(rasa_port, actions_port, model)]
    web = None
    try:
        for service in services:
            service.start()
        for service in services:
            service.wait_ready()
        environment = processes.child_environment(LOTSE_RASA_URL=f"http://127.0.0.1:{rasa_port}", DATABASE_URL=f"sqlite:///{tempfile.gettempdir()}/lotse-{uuid.uuid4().hex}.db")
        web = subprocess.Popen([sys.executable, "-m", "bot.web", "--port", str(port)], cwd=ROOT, env=environment, start_new_session=True)
        base = f"http://127.0.0.1:{port}"
        _wait(base)
        texts = [q["suche"] for q in queries]
        return {"ruhe": _times(base, texts), "last": _under_load(base, f"http://127.0.0.1:{rasa_port}", texts)}
    finally:
        if web:
            os.killpg(web.pid, signal.SIGTERM)
            web.wait(timeout=20)
        for service in reversed(services):
            service.stop()


def _wait(base: str) -> None:
    end = time.monotonic() + SERVER_START
    while time.monotonic() < end:
        try:
            if httpx.get(f"{base}/api/faq?q=Kosten", timeout=20, trust_env=False).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.3)
    raise SystemExit("Die Webseite antwortet nicht.")


def _times(base: str, texts: list[str]) -> dict[str, Any]:
    search, page, with_model = [], [], 0
    with httpx.Client(base_url=base, trust_env=False, timeout=30) as client:
        for text in texts:
            begin = time.perf_counter()
            answer = client.get("/api/faq", params={"q": text}).json()
            search.append((time.perf_counter() - begin) * 1000)
            with_model += answer["mit_modell"]
            if answer["treffer"]:
                begin = time.perf_counter()
                client.get(f"/faq/{answer['treffer'][0]['id']}")
                page.append((time.perf_counter() - begin) * 1000)
    return {"suche_p50": float(np.percentile(search, 50)), "suche_p95": float(np.percentile(search, 95)), "seite_p50": float(np.percentile(page, 50)), "seite_p95": float(np.percentile(page, 95)),
            "mit_modell": with_model / len(texts), "anfragen": len(texts)}


def _under_load(base: str, rasa: str, texts: list[str]) -> dict[str, Any]:
    """Measures with queries that no cache knows while 8 conversations go on."""
    stop = False

    async def talk() -> int:
        sent = 0
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            while not stop:
                await client.post(f"{rasa}/webhooks/rest/webhook", json={"sender": uuid.uuid4().hex, "message": f"{texts[sent % len(texts)]} {sent}"})
                sent += 1
        return sent

    async def everybody() -> int:
        return sum(await asyncio.gather(*(talk() for _ in range(8))))

    with ThreadPoolExecutor(1) as pool:
        chat = pool.submit(asyncio.run, everybody())
        time.sleep(2)
        begin = time.monotonic()
        found = _times(base, [f"{text} bitte" for text in texts])
        stop = True
        return found | {"gespraeche_je_sekunde": chat.result() / (time.monotonic() - begin + 2)}


@click.command(help=__doc__)
@click.option("--set", "chosen", type=click.Choice(list(SETS)), default="heldout", show_default=True, help="Anfragen.")
@click.option("--live", "with_live", is_flag=True, help="Auch über HTTP messen, mit Rasa, in Ruhe und unter Last.")
@click.option("--page/--no-page", default=True, show_default=True, help="Auch docs/benchmarks.md schreiben.")
def main(chosen: str, with_live: bool, page: bool) -> None:
    queries = yaml.safe_load(SETS[chosen].read_text(encoding="utf-8"))
    rows = compare(queries)
    result = {"satz": chosen, "anfragen": len(queries), "zeilen": rows, "live": live(queries) if with_live else None}
    click.echo(section(result))
    if chosen != "heldout":
        return
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    if page:
        text = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else "# Benchmarks\n"
        PAGE.write_text(with_section(text, section(result)), encoding="utf-8")


if __name__ == "__main__":
    main()
