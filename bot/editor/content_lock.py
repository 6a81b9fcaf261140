"""The lock on the contents: one process writes at a time, and others hear who it is."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import time
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

from bot.editor.errors import Busy, FieldError, unwritable


@contextmanager
def content_lock(place: Path, who: str, wait: float) -> Iterator[None]:
    """Holds the lock file `place`; it ends with the process, also when it is killed.

    Args:
        who: named to others who try meanwhile.
        wait: seconds to try before giving up.

    Raises:
        Busy: somebody else is writing, with name and time.
        Unwritable: the file cannot be made.
    """
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(place, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise unwritable(error, "Die Sperre ist", place="var/lock/inhalte.lock") from None
    try:
        until = time.monotonic() + wait
        while not _locked(descriptor):
            if time.monotonic() >= until:
                raise Busy([FieldError("", _holder(descriptor), "Bitte in ein paar Sekunden noch einmal versuchen; Ihre Eingaben sind nicht verloren.")])
            time.sleep(0.05)
        _sign(descriptor, json.dumps({"wer": who, "seit": dt.datetime.now().isoformat(timespec="seconds")}, ensure_ascii=False).encode("utf-8"))
        try:
            yield
        finally:
            os.ftruncate(descriptor, 0)
    finally:
        os.close(descriptor)  # the lock goes with it


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    except OSError:
        return False


def _sign(descriptor: int, content: bytes) -> None:
    """Writes who holds the lock; on a full disk nobody is named, and the writing itself says why it fails."""
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, content, 0)
    except OSError:
        pass


def _holder(descriptor: int) -> str:
    try:
        known = json.loads(os.pread(descriptor, 4096, 0))
        since = dt.datetime.fromisoformat(known["seit"])
        return f"{known['wer']} schreibt gerade Änderungen (seit {since:%H:%M:%S} Uhr)."
    except (ValueError, KeyError, TypeError):
        return "Eine andere Person schreibt gerade Änderungen."
