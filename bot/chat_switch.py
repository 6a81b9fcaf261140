"""The off switch of the chat: while `var/run/aus.json` exists, nothing is forwarded and visitors read the reason. Pages and answer desk go on.

    {"grund": "Wir arbeiten an den Antworten.", "seit": "2026-11-25T12:00:00"}
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

from bot.atomic import write_json
from bot.knowledge.base import ROOT

FILE = ROOT / "var" / "run" / "aus.json"
NO_REASON = "Der Chat ist gerade ausgeschaltet."
LONGEST = 300


@dataclass(frozen=True)
class Off:
    """Why and since when (UTC) the chat is off."""

    reason: str
    since: str


def state(path: Path | None = None) -> Off | None:
    """Returns why the chat is off, or None when it is on. A file that cannot be read counts as off."""
    try:
        text = (path or FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except OSError:
        return Off(NO_REASON, "")
    try:
        data = json.loads(text)
        return Off(str(data["grund"])[:LONGEST] or NO_REASON, str(data.get("seit", "")))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Off(NO_REASON, "")


def turn_off(reason: str, path: Path | None = None) -> None:
    """Turns the chat off at once, also for a web process that runs."""
    write_json(path or FILE, {"grund": reason, "seit": dt.datetime.now(dt.timezone.utc).isoformat(timespec="seconds")})


def turn_on(path: Path | None = None) -> bool:
    """Turns it on again; False when it was on."""
    try:
        (path or FILE).unlink()
    except FileNotFoundError:
        return False
    return True
