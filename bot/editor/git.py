"""The git program as the memory of all changes: who changed what when, and the way back."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from bot.editor.git_trouble import LOCKED, GitError, git_error

SECONDS = 60
TRIES = 5
NO_REPOSITORY = "not a git repository"
HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class Git:
    """The repository that `root` lies in, if any."""

    root: Path

    def is_here(self) -> bool:
        """Tells whether `root` is part of a repository.

        Raises:
            GitError: it seems so, but git is missing or refuses to look.
        """
        try:
            return self._run("rev-parse", "--is-inside-work-tree").stdout.strip() == b"true"
        except GitError as error:
            if NO_REPOSITORY in str(error) or not any((folder / ".git").exists() for folder in (self.root, *self.root.parents)):
                return False
            raise

    def branch(self) -> str:
        """Returns the branch that commits go to, or "" when there is none (detached HEAD).

        Raises:
            GitError: git refuses to look.
        """
        try:
            return self._run("symbolic-ref", "--quiet", "--short", "HEAD").stdout.decode("utf-8", "replace").strip()
        except GitError as error:
            if str(error).endswith("Ende mit 1"):
                return ""
            raise

    def commit(self, paths: Sequence[str], message: str, author: str) -> str:
        """Commits exactly these files as `author` ("Name <mail>") and returns the hash; "" when they are as in the last commit.

        What others have staged stays staged. Hooks of the repository run.

        Raises:
            GitError: git refused.
        """
        name, _, mail = author.removesuffix(">").partition(" <")
        who = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": mail, "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": mail}
        here = [path for path in paths if (self.root / path).exists() or self._is_known(path)]
        for attempt in range(TRIES):
            try:
                self._run("add", "--all", "--", *here)
                if not self._run("status", "--porcelain", "--", *here).stdout.strip():
                    return ""
                self._run("-c", "commit.gpgsign=false", "commit", "--quiet", "--only", "-m", message, "--", *here, extra=who)
                return self._run("rev-parse", "HEAD").stdout.decode().strip()
            except GitError as error:
                if str(error) != LOCKED or attempt == TRIES - 1:
                    raise
                time.sleep(0.2)  # another git program is at work
        return ""

    def unstage(self, paths: Sequence[str]) -> None:
        """Makes git forget that the files were to be committed."""
        try:
            self._run("reset", "--quiet", "--", *paths)
        except GitError:
            pass

    def show(self, commit: str, path: str) -> bytes | None:
        """Returns a file as it was in a commit, or None when it was not there."""
        try:
            return self._run("show", f"{commit}:./{path}").stdout
        except GitError:
            return None

    def find(self, commit: str) -> str:
        """Returns the full hash of a commit.

        Raises:
            GitError: there is no such commit.
        """
        if not 6 <= len(commit) <= 64 or not set(commit) <= HEX:
            raise GitError("Das ist keine Kennung eines Commits.")
        return self._run("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}").stdout.decode().strip()

    def subject(self, commit: str) -> str:
        """Returns the first line of a commit's message."""
        return self._run("show", "--no-patch", "--format=%s", commit).stdout.decode("utf-8", "replace").strip()

    def log(self, most: int, begins: str) -> list[str]:
        """Returns the newest commits whose message begins with these words, as „hash  day  author  rest of the first line“.

        Raises:
            GitError: there is no repository or no commit.
        """
        out = self._run("log", f"-{most}", f"--grep=^{begins}", "--date=short", "--format=%h  %ad  %an  %s").stdout
        return [line.replace(f"  {begins}", "  ", 1) for line in out.decode("utf-8", "replace").splitlines()]

    def files(self, commit: str) -> list[str]:
        """Returns the paths that a commit changed, seen from `root`; those outside begin with „../“."""
        out = self._run("diff-tree", "--no-commit-id", "--name-only", "--no-renames", "-r", "-z", "--relative", commit).stdout
        every = self._run("diff-tree", "--no-commit-id", "--name-only", "--no-renames", "-r", "-z", commit).stdout
        inside = [name for name in out.decode("utf-8", "replace").split("\0") if name]
        return inside + ["../"] * (every.count(b"\0") - len(inside))

    def _is_known(self, path: str) -> bool:
        return bool(self._run("ls-files", "--", path).stdout)

    def _run(self, *arguments: str, extra: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
        environment = {k: v for k, v in os.environ.items() if k not in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE")}
        environment |= {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": "true", "GIT_LITERAL_PATHSPECS": "1", **(extra or {})}
        try:
            done = subprocess.run(["git", "-C", str(self.root), *arguments], env=environment, capture_output=True, timeout=SECONDS, stdin=subprocess.DEVNULL,
                                  restore_signals=False)  # a file that may not grow is an error to git then, not its end: it clears its lock away
        except FileNotFoundError:
            raise GitError("Das Programm git fehlt.", "Es installieren (apt install git).") from None
        except subprocess.TimeoutExpired:
            raise GitError(f"Git antwortet seit {SECONDS} Sekunden nicht.") from None
        if done.returncode:
            raise git_error(done.stderr.decode("utf-8", "replace").strip().splitlines(), done.returncode)
        return done
