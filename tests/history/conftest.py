"""A small repository whose answers and amounts changed on known days."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Callable

import pytest

from bot.knowledge.base import DATA

Commit = Callable[[str], None]
IDENTITY = ("-c", "user.name=Redaktion", "-c", "user.email=redaktion@beispiel.example", "-c", "commit.gpgsign=false")


def start(folder: Path) -> Path:
    """Returns a copy of `data/` below `folder` in a repository without a commit."""
    data = Path(shutil.copytree(DATA, folder / "lotse" / "data"))
    subprocess.run(["git", "init", "-q", str(data.parent)], check=True)
    return data


def record(data: Path, day: str) -> None:
    """Commits everything on a day, at noon in Germany."""
    time = f"{day}T12:00:00+01:00"
    environment = {"GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time, "PATH": os.environ["PATH"], "HOME": str(data.parent)}
    subprocess.run(["git", "-C", str(data.parent), "add", "-A"], check=True, env=environment)
    subprocess.run(["git", "-C", str(data.parent), *IDENTITY, "commit", "-q", "-m", day], check=True, env=environment)


def tell(folder: Path) -> Path:
    """Returns a `data/` with three states: 1 March, 1 June (answer changed), 1 September (amount changed), all in 2026."""
    data = start(folder)
    answer, amounts = data / "faq" / "blaue-karte.yml", data / "werte.yml"
    now = amounts.read_text(encoding="utf-8")
    then = now.replace("{wert: 50700, ab: 2026-01-01, bis: 2026-12-31}", "{wert: 49999, ab: 2026-01-01, bis: 2026-12-31}")
    assert then != now
    amounts.write_text(then, encoding="utf-8")
    record(data, "2026-03-01")
    answer.write_text(answer.read_text(encoding="utf-8").replace("In der Regel müssen Sie", "Normalerweise müssen Sie"), encoding="utf-8")
    record(data, "2026-06-01")
    amounts.write_text(now, encoding="utf-8")
    record(data, "2026-09-01")
    return data


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Returns a copy of `data/` in a repository without a commit."""
    return start(tmp_path)


@pytest.fixture
def commit(data: Path) -> Commit:
    """Returns a function that commits everything on a day."""
    return lambda day: record(data, day)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns the content with three states, for tests that only read it."""
    return tell(tmp_path_factory.mktemp("past"))


@pytest.fixture
def told(past: Path, tmp_path: Path) -> Path:
    """Returns a copy of it that a test may change."""
    return Path(shutil.copytree(past.parent, tmp_path / "told")) / "data"
