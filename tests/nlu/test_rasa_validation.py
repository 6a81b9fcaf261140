"""Rasa's own checks of domain, rules and sentences, which a training skips because they cost as much time as the model."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.knowledge.base import ROOT
from bot.processes import child_environment

pytestmark = pytest.mark.slow


def test_rasa_finds_no_conflict() -> None:
    done = subprocess.run([sys.executable, "-m", "rasa", "data", "validate", "--data", "data"], cwd=ROOT, env=child_environment(LOG_LEVEL="INFO"), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert "No story structure conflicts found" in done.stdout + done.stderr
