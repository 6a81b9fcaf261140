"""A copy of the whole content in a real git repository, put back before every test."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Callable

import pytest

from bot.editor.workspace import Author, Workspace
from bot.knowledge.base import ROOT

AYLIN = Author("Aylin Beispiel", "aylin@beispiel.example")
BEN = Author("Ben Muster", "ben@beispiel.example")
QUIET = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}


def git(folder: Path, *arguments: str) -> str:
    """Returns what git prints."""
    return subprocess.run(["git", "-C", str(folder), *arguments], check=True, capture_output=True, text=True, env=QUIET).stdout


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with today's contents and their tests."""
    root = tmp_path_factory.mktemp("inhalte") / "projekt"
    for name in ("data", "tests", "bot", "actions", "benchmarks"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("domain.yml", ".gitignore"):
        shutil.copy(ROOT / name, root / name)
    git(root.parent, "init", "--quiet", str(root))
    git(root, "add", "--all")
    git(root, "-c", "user.name=Saat", "-c", "user.email=saat@beispiel.example", "commit", "--quiet", "-m", "Anfang")
    git(root, "tag", "anfang")
    return root


@pytest.fixture
def workspace(clone: Path) -> Workspace:
    """The repository as at the beginning, for one test; nobody has a name in it."""
    if not (clone / ".git").is_dir():
        shutil.move(clone / "git-beiseite", clone / ".git")
    git(clone, "reset", "--quiet", "--hard", "anfang")
    git(clone, "clean", "-fdxq")
    shutil.rmtree(clone / ".git" / "hooks", ignore_errors=True)
    return Workspace(clone)


@pytest.fixture
def contents(workspace: Workspace):
    """Returns a function that tells all bytes below data/ and tests/."""

    def _contents() -> dict[str, bytes]:
        return {p.relative_to(workspace.root).as_posix(): p.read_bytes() for area in (workspace.data, workspace.tests) for p in area.rglob("*") if p.is_file()}

    return _contents


@pytest.fixture
def run(workspace: Workspace, run_lotse: Callable[..., tuple[int, str, str]]) -> Callable[..., tuple[int, str, str]]:
    """Returns a function that runs `lotse <group> --projekt … <arguments>`."""
    return lambda group, *arguments, answer="": run_lotse(group, "--projekt", str(workspace.root), *arguments, answer=answer)
