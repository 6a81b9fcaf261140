"""A small repository whose answers and amounts changed on known days."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Callable

import pytest

from bot.knowledge.base import DATA

Commit = Callable[[str], None]
IDENTITY = ("-c", "user.name=Redaktion", "-c", "user.email=redaktion@beispiel.example", "-c", "commit.gpgsign=false")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Returns a copy of `data/` in a repository without a commit."""
    folder = Path(shutil.copytree(DATA, tmp_path / "lotse" / "data"))
    subprocess.run(["git", "init", "-q", str(folder.parent)], check=True)
    return folder


@pytest.fixture
def commit(data: Path) -> Commit:
    """Returns a function that commits everything on a day, at noon in Germany."""
    def _commit(day: str) -> None:
        time = f"{day}T12:00:00+01:00"
        environment = {"GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time, "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(data.parent)}
        subprocess.run(["git", "-C", str(data.parent), "add", "-A"], check=True, env=environment)
        subprocess.run(["git", "-C", str(data.parent), *IDENTITY, "commit", "-q", "-m", day], check=True, env=environment)
    return _commit


@pytest.fixture
def told(data: Path, commit: Commit) -> Path:
    """Returns a `data/` with three states: 1 March, 1 June (answer changed), 1 September (amount changed), all in 2026."""
    answer, amounts = data / "faq" / "blaue-karte.yml", data / "werte.yml"
    now = amounts.read_text(encoding="utf-8")
    then = now.replace("{wert: 50700, ab: 2026-01-01, bis: 2026-12-31}", "{wert: 49999, ab: 2026-01-01, bis: 2026-12-31}")
    assert then != now
    amounts.write_text(then, encoding="utf-8")
    commit("2026-03-01")
    answer.write_text(answer.read_text(encoding="utf-8").replace("In der Regel müssen Sie", "Normalerweise müssen Sie"), encoding="utf-8")
    commit("2026-06-01")
    amounts.write_text(now, encoding="utf-8")
    commit("2026-09-01")
    return data
