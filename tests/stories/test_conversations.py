"""Whole conversations over REST against the real processes; each asserts the right FAQ id, not only the right intent."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

STORIES = yaml.safe_load((Path(__file__).parent / "gespraeche.yml").read_text(encoding="utf-8"))
KNOWN = {"sagt", "faq", "text", "stufe", "typ", "frage", "enthaelt", "nicht", "knopf", "ohne_knopf"}

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("story", STORIES, ids=[s["titel"] for s in STORIES])
def test_conversation_goes_as_written(lotse, story):
    talk = lotse.talk()
    for turn in story["zuege"]:
        assert set(turn) <= KNOWN
        answer = talk.say(turn["sagt"])
        where = f"„{turn['sagt']}“ → {answer.text[:200]}"
        assert answer.text, where
        if "faq" in turn:
            assert answer.faq == turn["faq"], where
        for key in ("text", "stufe", "typ", "frage"):
            if key in turn:
                assert answer.custom.get(key) == turn[key], where
        for word in turn.get("enthaelt", ()):
            assert word in answer.text, where
        for word in turn.get("nicht", ()):
            assert word not in answer.text, where
        if "knopf" in turn:
            assert turn["knopf"] in [b["title"] for b in answer.buttons], where
        if turn.get("ohne_knopf"):
            assert not answer.buttons, where
