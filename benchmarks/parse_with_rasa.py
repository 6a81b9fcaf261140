"""Parses texts with a Rasa model in a process of its own: `python -m benchmarks.parse_with_rasa MODEL TEXTS.json RANKS.json`."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

from rasa.core.agent import Agent


async def _parse(model: str, texts: list[str]) -> list[tuple[list[str], float]]:
    agent = Agent.load(model)
    found, times = [], []
    for text in texts:
        begin = time.perf_counter()
        parsed = await agent.parse_message(text)
        times.append((time.perf_counter() - begin) * 1000)
        ranking = parsed.get("intent_ranking") or []
        on_topic = [r["confidence"] for r in ranking if r["name"] != "out_of_scope"]
        off = next((r["confidence"] for r in ranking if r["name"] == "out_of_scope"), 0.0)
        found.append(([r["name"] for r in ranking[:3]], (max(on_topic) if on_topic else 0.0) - off))
    Path(sys.argv[3]).with_suffix(".times").write_text(json.dumps(times), encoding="utf-8")
    return found


if __name__ == "__main__":
    Path(sys.argv[3]).write_text(json.dumps(asyncio.run(_parse(sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))))), encoding="utf-8")
