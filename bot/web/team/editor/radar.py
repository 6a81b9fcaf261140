"""The conflict radar for the pages: sentences in, findings out, never on the event loop. One radar serves the whole console (`bot.team.warm`)."""

from __future__ import annotations

import logging
from typing import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from bot.editor.radar import RadarResult
from bot.knowledge.errors import ContentErrors
from bot.team.warm import Warm

logger = logging.getLogger(__name__)
PREPARING = "Das Radar wird vorbereitet. Die Sätze werden gleich geprüft."
MOST = 50  # sentences of one request


async def quick_check(request: Request, sentences: Sequence[str], intent: str) -> list[RadarResult] | None:
    """Returns what the radar says of each sentence, or None while it loads; the first call begins the loading."""
    warm: Warm = request.app.state.team.warm
    if await run_in_threadpool(warm.get) is None:
        return None
    return await run_in_threadpool(_check, warm, sentences[:MOST], intent)


async def patient_check(request: Request, sentences: Sequence[str], intent: str) -> list[RadarResult]:
    """Returns the same and waits for the loading; [] when the radar cannot be had: it only warns."""
    return await run_in_threadpool(_check, request.app.state.team.warm, sentences[:MOST], intent) if sentences else []


def _check(warm: Warm, sentences: Sequence[str], intent: str) -> list[RadarResult]:
    try:
        radar = warm.wait()
    except (ContentErrors, OSError, RuntimeError, TimeoutError) as error:
        logger.error("Das Konflikt-Radar ließ sich nicht aufbauen: %s", type(error).__name__)
        return []
    found = []
    for sentence in sentences:
        with warm.lock:
            found.append(radar.check(sentence, intent))
    return found
