"""What the model understands of a text, without a conversation."""

from __future__ import annotations

from typing import Any, Dict, List, Sequence, Tuple

from rasa.core.channels.channel import UserMessage

from bot.nlu.ranking import rank

RANKED = 20
NOTED = 3


def understood(parsed: Dict[str, Any]) -> Dict[str, Any]:
    """Returns what is noted of a parsed message: intent (`faq/…` when there is one answer), confidence, best three labels, decision, language."""
    intent, lotse = parsed.get("intent") or {}, parsed.get("lotse") or {}
    return {
        "intent": intent.get("full_retrieval_intent_name") or intent.get("name"),
        "konfidenz": round(float(intent.get("confidence") or 0.0), 4),
        "rang": [[r["name"], r["confidence"]] for r in (parsed.get("intent_ranking") or [])[:NOTED]],
        "entscheidung": lotse.get("entscheidung"),
        "sprache": lotse.get("sprache"),
    }


async def ranking(agent: Any, text: str) -> Dict[str, Any]:
    """Returns the best 20 FAQs for `text` with decision and language. Nothing is stored."""
    found = rank(agent, text)
    if found is None:
        parsed = await agent.processor.parse_message(UserMessage(text))
        return {**understood(parsed), "rang": _faqs([(r["name"], r["confidence"]) for r in parsed.get("intent_ranking") or []])}
    return {"rang": _faqs(found.labels), "entscheidung": found.decision.value, "sprache": found.language}


def _faqs(ranked: Sequence[Tuple[str, float]]) -> List[List[Any]]:
    return [[name, round(float(p), 4)] for name, p in ranked if name.startswith("faq/")][:RANKED]
