"""Where Rasa is: `var/run/rasa.json`, written by `lotse serve`, read by whoever talks to Rasa.

    {"url": "http://127.0.0.1:5005", "model": "lotse-….tar.gz", "fingerprint": "…", "version": "lotse-…@1a2b3c4d"}

A release switches by replacing this file in one step. `LOTSE_RASA_URL` overrides the address.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.atomic import write_json
from bot.knowledge.base import ROOT

POINTER = ROOT / "var" / "run" / "rasa.json"


@dataclass(frozen=True)
class RasaPointer:
    """Address of the live Rasa, its archive below `models/`, the archive's data fingerprint and version (name and short SHA-256)."""

    url: str
    model: str = ""
    fingerprint: str = ""
    version: str = ""


def read(path: Path | None = None) -> RasaPointer | None:
    """Returns where Rasa is now, or None when nobody started one."""
    override = os.environ.get("LOTSE_RASA_URL", "").rstrip("/")
    try:
        data = json.loads((path or POINTER).read_text(encoding="utf-8"))
        found = RasaPointer(str(data["url"]), str(data.get("model", "")), str(data.get("fingerprint", "")), str(data.get("version", "")))
    except (OSError, ValueError, KeyError, TypeError):
        found = None
    if override:
        return RasaPointer(override, found.model, found.fingerprint, found.version) if found else RasaPointer(override)
    return found


def write(pointer: RasaPointer, path: Path | None = None) -> None:
    """Points to another Rasa, in one step."""
    write_json(path or POINTER, asdict(pointer))


def remove(path: Path | None = None) -> None:
    """Says that no Rasa runs."""
    (path or POINTER).unlink(missing_ok=True)
