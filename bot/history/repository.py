"""Versions of the files below `data/` from git, newest first. Results are kept until HEAD moves."""

from __future__ import annotations

import datetime as dt
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
TIMEOUT = 5  # seconds for one call of git
HEAD_SECONDS = 5.0  # how long HEAD counts as known
MOST_COMMITS = 400  # that the list of changes reads


class NoHistory(Exception):
    """There is no history here, or it cannot be read; the text says why, in German."""


@dataclass(frozen=True)
class Version:
    """One commit that changed a file; `time` in German local time."""

    commit: str
    time: dt.datetime

    @property
    def day(self) -> dt.date:
        """The day of the change."""
        return self.time.date()


@dataclass(frozen=True)
class Change:
    """One file that one commit added (`is_new`) or changed; `name` is its path below the folder."""

    name: str
    version: Version
    is_new: bool


class Repository:
    """The history of the folder `data`; safe to share between threads."""

    def __init__(self, data: Path) -> None:
        self._data, self._lock = data, threading.Lock()
        self._head, self._checked = "", float("-inf")
        self._kept: dict[tuple[str, ...], str] = {}

    def head(self) -> str:
        """Returns the newest commit.

        Raises:
            NoHistory: no git, no repository, or no commit.
        """
        with self._lock:
            if time.monotonic() - self._checked > HEAD_SECONDS:
                head = self._git("rev-parse", "HEAD").strip()
                if head != self._head:
                    self._head, self._kept = head, {}
                self._checked = time.monotonic()
            return self._head

    def versions(self, name: str) -> list[Version]:
        """Returns the commits that changed `name` (path below the folder), newest first; [] when none did.

        Raises:
            NoHistory: see `head`.
        """
        return [_version(line) for line in self._keep("log", "--format=%H %cI", "--diff-filter=AM", "--", name).splitlines()]

    def on(self, name: str, day: dt.date) -> Version | None:
        """Returns the version of `name` that held at the end of `day`, None when there was none yet."""
        return next((v for v in self.versions(name) if v.day <= day), None)

    def read(self, version: Version, name: str) -> bytes | None:
        """Returns the content of `name` in the state of `version`'s commit, None when it was not there."""
        try:
            return self._keep("show", f"{version.commit}:./{name}").encode("utf-8")
        except NoHistory:
            return None

    def changes(self, folder: str) -> list[Change]:
        """Returns what was added or changed in `folder`, newest first.

        Raises:
            NoHistory: see `head`.
        """
        found, version = [], None
        for line in self._keep("log", f"-{MOST_COMMITS}", "--format=>%H %cI", "--name-status", "--no-renames", "--relative", "--diff-filter=AM", "--", folder).splitlines():
            if line.startswith(">"):
                version = _version(line[1:])
            elif line and version:
                status, _, name = line.partition("\t")
                found.append(Change(name, version, status == "A"))
        return found

    def _keep(self, *arguments: str) -> str:
        self.head()
        if arguments not in self._kept:
            self._kept[arguments] = self._git(*arguments)
        return self._kept[arguments]

    def _git(self, *arguments: str) -> str:
        try:
            done = subprocess.run(["git", "-C", str(self._data), *arguments], capture_output=True, timeout=TIMEOUT, check=False)
        except FileNotFoundError:
            raise NoHistory("Das Programm git ist auf diesem Rechner nicht installiert.") from None
        except (OSError, subprocess.TimeoutExpired):
            raise NoHistory("Die Versionsgeschichte antwortet nicht.") from None
        if done.returncode:
            raise NoHistory("Auf diesem Rechner liegt keine lesbare Versionsgeschichte.")
        return done.stdout.decode("utf-8", "replace")


def _version(line: str) -> Version:
    commit, _, when = line.partition(" ")
    return Version(commit, dt.datetime.fromisoformat(when).astimezone(BERLIN))
