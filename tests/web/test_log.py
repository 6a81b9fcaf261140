"""The log holds events and figures; what people wrote never gets into it."""

from __future__ import annotations

import io
import json
import logging
from typing import Iterator

import pytest

from bot.web import log as module
from bot.web.log import OneLine, configure, log


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is written after `configure()`; the loggers are put back afterwards."""
    out = io.StringIO()
    root = logging.getLogger()
    before = root.handlers, root.level, module.logger.level
    monkeypatch.setattr("sys.stderr", out)
    configure()
    yield out
    root.handlers, root.level = before[0], before[1]
    module.logger.setLevel(before[2])


def test_event_is_one_json_object_a_line(lines: io.StringIO) -> None:
    log("anfrage", status=200, dauer_ms=31)
    told = json.loads(lines.getvalue())
    assert (told["ereignis"], told["status"], told["dauer_ms"]) == ("anfrage", 200, 31) and told["zeit"].endswith("+00:00")
    assert lines.getvalue().count("\n") == 1


@pytest.mark.parametrize("name", ["uvicorn.error", "bot.somewhere", "asyncio", "starlette"])
def test_errors_name_type_and_place_but_not_their_message(lines: io.StringIO, name: str) -> None:
    try:
        raise ValueError("geheimeswort")
    except ValueError:
        logging.getLogger(name).exception("ging schief: %s", "geheimeswort")
    told = json.loads(lines.getvalue())
    assert told["art"] == "ValueError" and "test_log.py:" in told["ort"] and "geheimeswort" not in lines.getvalue()


def test_arguments_of_foreign_messages_are_left_out(lines: io.StringIO) -> None:
    logging.getLogger("uvicorn.error").warning("Invalid request: %s", "geheimeswort")
    assert "geheimeswort" not in lines.getvalue() and json.loads(lines.getvalue())["von"] == "uvicorn.error"


def test_debug_and_access_lines_do_not_exist(lines: io.StringIO) -> None:
    for name in ("uvicorn.access", "httpx", "httpcore", "bot.web"):
        logging.getLogger(name).info("geheimeswort")
        logging.getLogger(name).debug("geheimeswort")
    assert lines.getvalue() == ""


def test_line_breaks_cannot_forge_a_line() -> None:
    record = logging.LogRecord("a", logging.WARNING, "", 0, "eins\nzwei", None, None)
    assert "\n" not in OneLine().format(record)
