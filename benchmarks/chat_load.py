"""Chat and pages under load: `python -m benchmarks.chat_load`. Starts the whole assistant on free ports and writes the figures as JSON.

Open loop: every message and page has its moment, drawn before from a seed; time counts from that moment, so that waiting is not left out.
Mix: FAQ 70 %, offices 20 %, nothing we know 10 %. Each visitor begins a new conversation after 12 messages.
"""

from __future__ import annotations

import asyncio
import json
import os
import platform
import random
import sys
import tempfile
import time
import uuid
from contextlib import contextmanager
from typing import Any, Iterator

import click
import httpx
import numpy as np

from bot import models, processes
from bot.knowledge.base import ROOT
from bot.training.heldout import load_sets

OUT = ROOT / "var" / "benchmarks" / "chat_load.json"
PAGES = ("/", "/faq", "/faq/kosten-ueberblick", "/faq?q=kosten", "/stellen", "/werte", "/datenschutz")
OFFICES = ("Beratung in Kassel", "brauche hilfe in marburg", "Wo ist die nächste Beratung? 65185", "beratung giessen", "Anerkennungsberatung Darmstadt")
NOTHING = ("Wie wird das Wetter morgen?", "xyz", "Erzähl mir einen Witz über Katzen", "Wer gewinnt die Wahl?")
PER_CONVERSATION = 12


@click.command(help=__doc__)
@click.option("--users", default=8, show_default=True, help="Besucher gleichzeitig.")
@click.option("--pause", default=3.0, show_default=True, help="Sekunden im Mittel zwischen zwei Nachrichten eines Besuchers.")
@click.option("--pages", default=2.0, show_default=True, help="Seitenaufrufe je Sekunde daneben.")
@click.option("--seconds", default=60.0, show_default=True)
@click.option("--seed", default=1, show_default=True)
def main(users: int, pause: float, pages: float, seconds: float, seed: int) -> None:
    with assistant() as url:
        result = asyncio.run(measure(url, users, pause, pages, seconds, seed))
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(result, indent=1, ensure_ascii=False), encoding="utf-8")
    click.echo(json.dumps(result, indent=1, ensure_ascii=False))


@contextmanager
def assistant() -> Iterator[str]:
    """Starts Rasa, action server and website with a database of their own, and yields the website's address."""
    model = models.fitting() or models.train()
    port, actions_port, web_port = (processes.free_port() for _ in range(3))
    url = f"http://{processes.HOST}:{web_port}"
    with tempfile.TemporaryDirectory() as folder:
        database = {"DATABASE_URL": f"sqlite:///{folder}/lotse.db"}
        rasa = processes.rasa_service(port, actions_port, model)
        rasa.environment = {**rasa.environment, **database}
        web = processes.Service("web", [sys.executable, "-m", "bot.web", "--port", str(web_port)], f"{url}/lebt",
                                {**database, "LOTSE_RASA_URL": f"http://{processes.HOST}:{port}", "LOTSE_SECRET": "l" * 64, "LOTSE_PRO_ADRESSE": "1000000"})
        services = [processes.actions_service(actions_port), rasa, web]
        try:
            for service in services:
                service.start()
            for service in services:
                service.wait_ready()
            yield url
        finally:
            for service in reversed(services):
                service.stop()


async def measure(url: str, users: int, pause: float, pages: float, seconds: float, seed: int) -> dict[str, Any]:
    """Returns figures in milliseconds: first answer, whole answer, page; and how often each status came."""
    rng = random.Random(seed)
    first: list[float] = []
    whole: list[float] = []
    page: list[float] = []
    statuses: dict[str, int] = {}
    questions = [q.text for q in load_sets()["de_einfach"]]
    limits = httpx.Limits(max_connections=500, max_keepalive_connections=100)
    async with httpx.AsyncClient(base_url=url, timeout=30, limits=limits, trust_env=False) as client:
        for warm in ("Was kostet die Anerkennung?", "Beratung in Kassel"):
            await _ask(client, await _token(client), warm, time.perf_counter(), [], [], {})
        for path in PAGES:
            await client.get(path)
        begin = time.perf_counter() + 0.5
        jobs = [asyncio.create_task(_visitor(client, [begin + t for t in _moments(rng, pause, seconds)], random.Random(rng.random()), questions, first, whole, statuses)) for _ in range(users)]
        jobs += [asyncio.create_task(_page(client, begin + t, rng.choice(PAGES), page, statuses)) for t in _moments(rng, 1 / pages, seconds)]
        await asyncio.gather(*jobs)
    return {
        "users": users, "pause_s": pause, "pages_per_s": pages, "seconds": seconds, "messages": len(whole), "messages_per_s": round(len(whole) / seconds, 2), "first_answer_ms": _figures(first), "whole_answer_ms": _figures(whole),
        "page_ms": _figures(page), "statuses": statuses, "cores": os.cpu_count(), "load_average": os.getloadavg()[0], "machine": platform.machine(), "date": time.strftime("%Y-%m-%d"),
    }


def _moments(rng: random.Random, mean: float, seconds: float) -> list[float]:
    moments, now = [], rng.expovariate(1 / mean)
    while now < seconds:
        moments.append(now)
        now += rng.expovariate(1 / mean)
    return moments


async def _visitor(client: httpx.AsyncClient, moments: list[float], rng: random.Random, questions: list[str], first: list[float], whole: list[float], statuses: dict[str, int]) -> None:
    token = await _token(client)
    for number, moment in enumerate(moments):
        if number and number % PER_CONVERSATION == 0:
            token = await _token(client)
        await asyncio.sleep(max(0.0, moment - time.perf_counter()))
        text = rng.choice(questions if (dice := rng.random()) < 0.7 else OFFICES if dice < 0.9 else NOTHING)
        await _ask(client, token, text, moment, first, whole, statuses)


async def _token(client: httpx.AsyncClient) -> str:
    return str((await client.post("/api/chat/start", json={}, headers={"X-Lotse-Embed": "1"})).json()["token"])


async def _ask(client: httpx.AsyncClient, token: str, text: str, moment: float, first: list[float], whole: list[float], statuses: dict[str, int]) -> None:
    async with client.stream("POST", "/api/chat/message", json={"id": uuid.uuid4().hex, "text": text}, headers={"Authorization": f"Bearer {token}"}) as answer:
        statuses[f"chat {answer.status_code}"] = statuses.get(f"chat {answer.status_code}", 0) + 1
        begun = False
        async for line in answer.aiter_lines():
            if line.startswith("event: antwort") and not begun:
                begun = True
                first.append((time.perf_counter() - moment) * 1000)
        whole.append((time.perf_counter() - moment) * 1000)


async def _page(client: httpx.AsyncClient, moment: float, path: str, times: list[float], statuses: dict[str, int]) -> None:
    await asyncio.sleep(max(0.0, moment - time.perf_counter()))
    answer = await client.get(path)
    times.append((time.perf_counter() - moment) * 1000)
    statuses[f"page {answer.status_code}"] = statuses.get(f"page {answer.status_code}", 0) + 1


def _figures(times: list[float]) -> dict[str, float]:
    return {name: round(float(np.percentile(times, q)), 1) for name, q in (("p50", 50), ("p95", 95), ("p99", 99), ("max", 100))} if times else {}


if __name__ == "__main__":
    main()
