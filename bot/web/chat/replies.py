"""Rasa's replies as messages for the widget, and as rows of the journal."""

from __future__ import annotations

import json
from typing import Any

from bot.web.chat.identity import Signer


def stored(reply: dict[str, Any]) -> dict[str, Any]:
    """Returns a reply of Rasa as the journal keeps it: buttons with what they send, unsigned."""
    buttons = reply.get("buttons") if isinstance(reply.get("buttons"), list) else []
    return {
        "text": str(reply.get("text") or ""),
        "knoepfe": [{"titel": str(b.get("title") or ""), "sendet": str(b.get("payload") or b.get("title") or "")} for b in buttons or [] if isinstance(b, dict)],
        "daten": reply["custom"] if isinstance(reply.get("custom"), dict) else {},
    }


def shown(message: dict[str, Any], signer: Signer, conversation: str) -> dict[str, Any]:
    """Returns a stored reply as the widget gets it: buttons signed for this conversation."""
    buttons = [{"titel": b["titel"], "token": signer.button(conversation, b["titel"], b["sendet"])} for b in message.get("knoepfe", [])]
    return {"text": message.get("text", ""), "knoepfe": buttons, "daten": message.get("daten", {})}


def event(name: str, data: dict[str, Any]) -> str:
    """Returns one server-sent event."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
