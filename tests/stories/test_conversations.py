"""Whole conversations over REST against the real processes; each asserts the right FAQ id, not only the right intent.

`bot/training/conversations.py` plays them: the comparison of two models uses the same conversations.
"""

from __future__ import annotations

import pytest

from bot.training.conversations import load_scripts, play, talk

SCRIPTS = [s for s in load_scripts() if "zuege" in s.item]

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("script", SCRIPTS, ids=[s.title for s in SCRIPTS])
def test_conversation_goes_as_written(lotse, script):
    assert play(script, talk(lotse.url)) == ""
