"""Values as both databases take them: ids, times in UTC, text without NUL and lone surrogates."""

from __future__ import annotations

import datetime as dt
import math
import re
import uuid
from typing import Any

ID = re.compile(r"[0-9a-f]{32}")
NAME_LENGTH = 200


def new_id() -> str:
    """Returns a random id of 128 bits as 32 hex digits."""
    return uuid.uuid4().hex


def utcnow() -> dt.datetime:
    """Returns the time in UTC without zone, as every table holds it."""
    return dt.datetime.now(dt.timezone.utc).replace(tzinfo=None)


def is_id(value: object) -> bool:
    """Tells whether `value` is an id of ours."""
    return isinstance(value, str) and ID.fullmatch(value) is not None


def clean_text(text: str) -> str:
    """Returns `text` without NUL, lone surrogates replaced: PostgreSQL and UTF-8 take neither."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\x00", "")


def clean_name(text: str | None) -> str | None:
    """Returns a short value (page, intent, model …), cleaned and cut to what its column holds."""
    return None if text is None else clean_text(str(text))[:NAME_LENGTH]


def clean_json(value: Any) -> Any:
    """Returns `value` with every text in it cleaned, and null for what JSON has no number for."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_text(str(key)): clean_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean_json(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
