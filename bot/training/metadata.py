"""What a Rasa archive says about itself in its `metadata.json`. Light: loads no model."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

TROUBLE = (tarfile.TarError, OSError, EOFError, KeyError, ValueError, TypeError, AttributeError)


def read_metadata(path: Path) -> dict[str, Any]:
    """Returns the archive's metadata, or {} when it cannot be read."""
    try:
        with tarfile.open(path) as archive:
            source = archive.extractfile("metadata.json")
            return dict(json.load(source)) if source else {}
    except TROUBLE:
        return {}


def component_config(path: Path, name: str) -> dict[str, Any]:
    """Returns the configuration that the component whose class ends with `name` had at the training, or {}."""
    try:
        nodes = read_metadata(path)["predict_schema"]["nodes"].values()
        return next((dict(node["config"]) for node in nodes if str(node["uses"]).endswith(name)), {})
    except TROUBLE:
        return {}


def rasa_version(path: Path) -> str:
    """Returns the version of Rasa that made the archive, or ""."""
    return str(read_metadata(path).get("rasa_open_source_version", ""))
