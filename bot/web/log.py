"""The log of the web process: one JSON object a line, event names and figures only. What people write never gets here.

`log("anfrage", status=200, dauer_ms=31)` → {"zeit": "…", "ereignis": "anfrage", "status": 200, "dauer_ms": 31}
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys
import traceback

logger = logging.getLogger("lotse.web")


def log(event: str, **values: str | int | float | bool | None) -> None:
    """Writes one event. Values are names, codes, hashed ids and figures, never texts."""
    logger.info("", extra={"ereignis": event, "werte": values})


class OneLine(logging.Formatter):
    """Formats our events, and errors of the server by type and place only: their message may hold what somebody wrote."""

    def format(self, record: logging.LogRecord) -> str:
        time = dt.datetime.fromtimestamp(record.created, dt.timezone.utc).isoformat(timespec="milliseconds")
        event = getattr(record, "ereignis", None)
        if event is not None:
            return json.dumps({"zeit": time, "ereignis": event, **getattr(record, "werte", {})}, ensure_ascii=False)
        line = {"zeit": time, "ereignis": "server", "stufe": record.levelname, "von": record.name}
        if record.exc_info and record.exc_info[1] is not None:
            line.update(art=type(record.exc_info[1]).__name__, ort=_place(record.exc_info[1]))
        elif not record.args:
            line["text"] = str(record.msg)[:200]
        return json.dumps(line, ensure_ascii=False)


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    return " > ".join(f"{frame.filename.rsplit('/', 2)[-2]}/{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames)


def configure() -> None:
    """Sends all log lines of this process to standard error, in this form. DEBUG is not possible."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine())
    root = logging.getLogger()
    root.handlers, root.level = [handler], logging.WARNING
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "httpx", "httpcore"):
        logging.getLogger(name).handlers, logging.getLogger(name).propagate = [], True
        logging.getLogger(name).setLevel(logging.WARNING)
    logger.setLevel(logging.INFO)
