"""One at a time across processes: a lock on a file that the kernel frees when its holder dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from bot.knowledge.base import ROOT

RUN = ROOT / "var" / "run"


def take(path: Path) -> int | None:
    """Returns the descriptor that holds the lock, or None when someone else does. Closing it, or the holder's death, frees the lock."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def is_taken(path: Path) -> bool:
    """Tells whether a living process holds the lock."""
    if not path.exists():
        return False
    handle = take(path)
    if handle is None:
        return True
    os.close(handle)
    return False
