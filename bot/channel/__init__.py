"""How others talk to Rasa: HTTP below /webhooks/rest/, on loopback only (see `credentials.yml`).

    GET  /           model loaded?                      GET  /bereit     model, a test parse, action server
    POST /webhook    Rasa's own form (rest.py)          POST /turn       for the chat gateway (turn.py)
    POST /verstehen  what the model understands (understanding.py)
"""

from __future__ import annotations

from bot.channel.rest import LotseChannel

__all__ = ["LotseChannel"]
