"""What models said about the test questions, kept below `var/cache/vorhersagen/`: the live model is asked the same ones in every comparison.

An archive never changes, so only new questions are asked again, and all of them when the code that understands has changed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot import fingerprints
from bot.atomic import write_json
from bot.knowledge.base import ROOT
from bot.nlu.hybrid import Prediction

FOLDER = ROOT / "var" / "cache" / "vorhersagen"
BEST = 5  # labels kept per question; the figures look at three
NEWEST = 6


class Remembered:
    """The predictions of one archive by question."""

    def __init__(self, sha256: str, folder: Path | None = None) -> None:
        self._path = (folder or FOLDER) / f"{sha256[:16]}-{fingerprints.of_code()[:16]}.json"
        self._rows: dict[str, list[Any]] = _read(self._path).get("fragen", {})

    def get(self, text: str) -> Prediction | None:
        """Returns what the model said, with its best labels only, or None when it was not asked."""
        row = self._rows.get(text)
        return Prediction([(label, p) for label, p in row[0]], row[1], row[2], row[3], exact=row[4], two=row[5]) if row else None

    def put(self, text: str, said: Prediction) -> None:
        """Keeps what the model said."""
        self._rows[text] = [[[label, float(p)] for label, p in said.ranking[:BEST]], float(said.margin), said.language, said.repaired, bool(said.exact), bool(said.two)]

    def save(self) -> None:
        """Writes the file and removes those of models that were not compared for long."""
        write_json(self._path, {"fragen": self._rows})
        for old in sorted(self._path.parent.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)[NEWEST:]:
            old.unlink(missing_ok=True)


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return data if isinstance(data, dict) and isinstance(data.get("fragen"), dict) else {}
    except (OSError, ValueError):
        return {}
