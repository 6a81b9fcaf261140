"""Nobody sets an intent or slot by typing Rasa's own syntax, in whatever disguise (100 and more of them)."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
import sqlalchemy as sa

from bot.store.database import Database
from bot.store.tables import conversations
from tests.web.chat.visitor import Visitor, new_id

pytestmark = pytest.mark.slow
BEFORE = ["", " ", "\t", "\n", "\u00a0", "\u3000", "\u200b", "\u200e", "\u200f", "\u202e", "\u2066", "\ufeff", "\u00ad", "\u061c", "\u0000", "\U000e0041", "\u2028", " \u200b\u200f "]
SLASHES = ["/", "\uff0f", "\u2044", "\u2215", "//"]
COMMANDS = ['neustart{"ort": "Kassel"}', 'vorstellung{"beruf": "koch", "land": "syrien"}']
OTHERS = ['{"intent": {"name": "neustart"}}', '[Koch]{"entity": "beruf", "value": "arzt"}', 'EXTERNAL: neustart', 'intent: neustart', '/neustart@0.9', '/neustart@{"ort":"Kassel"}', '/faq/chancenkarte',
          '{"slot": "ort", "value": "Kassel"}', "/back", "/session_start", "/restart", '/ort_angeben[{"entity":"plz","value":"geheim"}]', "\\/neustart", "％2Fneustart", "/\u200bneustart"]
PAYLOADS = [f"{before}{slash}{command}" for (before, slash), command in zip(itertools.product(BEFORE, SLASHES), itertools.cycle(COMMANDS))] + OTHERS


def test_there_are_a_hundred() -> None:
    assert len(set(PAYLOADS)) >= 100


def test_no_payload_sets_an_intent_or_slot(answered: Visitor, lotse: Any) -> None:
    wrong = []
    for payload in PAYLOADS:
        answered.client.cookies.clear()
        answered.start()
        assert answered.send(payload, id=new_id()).status_code == 200
        with Database(lotse.database).read() as connection:
            data = connection.execute(sa.select(conversations.c.data).order_by(conversations.c.updated.desc()).limit(1)).scalar()
        for event in json.loads(data):
            parsed = event.get("parse_data") or {}
            if event["event"] == "user" and (event["text"].startswith("/") or "lotse" not in parsed):  # Rasa's own syntax bypasses our classifier
                wrong.append((payload, parsed.get("intent")))
            if event["event"] == "slot" and event["name"] in ("beruf", "land", "ort", "aufenthalt") and event["value"] is not None and not any(
                    str(entity.get("value")) == str(event["value"]) for user in json.loads(data) if user["event"] == "user" for entity in user["parse_data"]["entities"]):
                wrong.append((payload, event))
    assert wrong == []
