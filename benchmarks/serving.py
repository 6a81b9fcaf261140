"""The running assistant: start time, latency over REST, memory. Uses the model in use on free ports."""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from typing import Any

import numpy as np
import requests

from bot import models, processes
from bot.training.heldout import load_sets

REQUESTS = 200
WEBHOOK = "/webhooks/rest/webhook"


def measure() -> dict[str, Any]:
    """Returns seconds until the first answer, p50 and p95 of one answer in ms (sequential), and megabytes of each process."""
    model = models.fitting() or models.train()
    port, actions_port = processes.free_port(), processes.free_port()
    services = [processes.actions_service(actions_port), processes.rasa_service(port, actions_port, model)]
    begin = time.perf_counter()
    try:
        for service in services:
            service.start()
        for service in services:
            service.wait_ready()
        url = f"http://{processes.HOST}:{port}{WEBHOOK}"
        _ask(url, "Was kostet die Anerkennung?")
        started = time.perf_counter() - begin
        texts = [q.text for q in load_sets()["de_einfach"]][:: max(1, 824 // REQUESTS)][:REQUESTS]
        times = [_ask(url, text) for text in texts]
        memory = {s.name: _megabytes(s.process.pid) for s in services if s.process}
    finally:
        for service in reversed(services):
            service.stop()
    return {"start": started, "p50": float(np.percentile(times, 50)), "p95": float(np.percentile(times, 95)), "requests": len(times), "memory": memory}


def _ask(url: str, text: str) -> float:
    begin = time.perf_counter()
    answer = requests.post(url, json={"sender": uuid.uuid4().hex, "message": text}, timeout=30).json()
    assert answer and answer[0]["text"]
    return (time.perf_counter() - begin) * 1000


def _megabytes(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024
