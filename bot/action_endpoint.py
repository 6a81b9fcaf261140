"""Calls to the action server that fail softly: a sentence with hotline and website instead of silence."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import os
from typing import Any, Dict, Optional

import aiohttp
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.knowledge.check_dialogue import FORM, checked
from bot.knowledge.contact import hotline_text
from bot.knowledge.fixed import render_text
from bot.knowledge.live import LiveKnowledge

logger = logging.getLogger(__name__)
SECONDS = 5.0


class SoftActionEndpoint(EndpointConfig):
    """Rasa's action endpoint with a time limit and a spoken fallback."""

    def __init__(self, inner: EndpointConfig, live: LiveKnowledge) -> None:
        """Takes address and options of `inner`."""
        super().__init__(inner.url, inner.params, inner.headers, inner.basic_auth, inner.token, inner.token_name, inner.cafile, **inner.kwargs)
        self._live = live

    async def request(self, method: str = "post", subpath: Optional[str] = None, content_type: Optional[str] = "application/json",
                      compress: bool = False, **kwargs: Any) -> Optional[Any]:
        """Returns the action server's answer, or the fallback when there is none in time."""
        kwargs["timeout"] = aiohttp.ClientTimeout(total=SECONDS)
        try:
            return _stamped(await super().request(method, subpath, content_type, compress, **kwargs))
        except (aiohttp.ClientError, ClientResponseError, asyncio.TimeoutError, OSError) as error:
            logger.error("Der Action-Server antwortet nicht (%s).", type(error).__name__)
            return self._spoken(kwargs.get("json") or {})

    def _spoken(self, call: Dict[str, Any]) -> Dict[str, Any]:
        """The Anerkennungsprüfung goes on here, other validation says nothing so that its form goes on; every other action speaks."""
        name, knowledge = str(call.get("next_action", "")), self._live.current()
        if name == f"validate_{FORM}":
            return {"events": checked(call["tracker"], knowledge, dt.date.today()), "responses": []}
        if name.startswith("validate_"):
            return {"events": [], "responses": []}
        reply = render_text(knowledge, "stellen_nicht_erreichbar", hotline=hotline_text(knowledge.offices))
        return {"events": [], "responses": [reply.as_rasa()]}


def _stamped(answer: Optional[Any]) -> Optional[Any]:
    """Adds the model's version to the replies of an action, as `bot/answers.py` does to all others."""
    if isinstance(answer, dict):
        for reply in answer.get("responses") or []:
            reply["custom"] = {**(reply.get("custom") or {}), "modell": os.environ.get("LOTSE_MODELL", "")}
    return answer


def soften_actions(agent: Any, live: LiveKnowledge) -> None:
    """Puts the soft endpoint in place of the one that `agent` loaded."""
    inner = getattr(agent, "action_endpoint", None)
    if inner is None or isinstance(inner, SoftActionEndpoint):
        return
    agent.action_endpoint = SoftActionEndpoint(inner, live)
    if agent.processor is not None:
        agent.processor.action_endpoint = agent.action_endpoint
