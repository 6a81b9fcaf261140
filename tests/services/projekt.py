"""A copy of the project with models of its own, so that tests may kill, switch and break things there."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import uuid
from pathlib import Path
from typing import Any, Callable

import requests
import yaml

from bot import models, processes
from bot.knowledge.base import ROOT
from bot.pointer import RasaPointer
from bot.training.comparison import Facts, fingerprint, path_of
from tests.unit.comparisons import comparison

FOLDERS = ("bot", "actions", "data", "tests/stories", "tests/nlu")
FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml", "requirements.lock")
GOOD_START = 240.0
QUESTIONS = ("Was kostet die Anerkennung?", "Wo ist die nächste Beratung in Kassel?", "Was ist anabin?")


class Project:
    """The copy: run `lotse` in it, read its files, kill its processes."""

    def __init__(self, root: Path) -> None:
        """Copies what the assistant needs, with the model that fits (trained first when there is none)."""
        self.root = root
        for name in FOLDERS:
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        for name in FILES:
            shutil.copy(ROOT / name, root / name)
        model = models.fitting() or models.train()
        (root / "models").mkdir()
        shutil.copy(model, root / "models" / model.name)
        shutil.copy(models.POINTER, root / "models" / "aktuell.json")
        if (ROOT / "var" / "cache" / "vectors.db").is_file():
            (root / "var" / "cache").mkdir(parents=True)
            shutil.copy(ROOT / "var" / "cache" / "vectors.db", root / "var" / "cache" / "vectors.db")
        self.first = model.name
        self.environment = {**os.environ, "PYTHONPATH": str(root), "DATABASE_URL": f"sqlite:///{root}/var/lotse.db"}
        self.environment.pop("LOTSE_RASA_URL", None)
        self.serve: subprocess.Popen[bytes] | None = None
        self.web_url = ""

    def lotse(self, *arguments: str, timeout: float = 600) -> subprocess.CompletedProcess[str]:
        """Runs a command to its end."""
        return subprocess.run([sys.executable, "-m", "bot.cli", *arguments], cwd=self.root, env=self.environment, capture_output=True, text=True, timeout=timeout)

    def python(self, code: str) -> subprocess.Popen[bytes]:
        """Starts a piece of Python in the project."""
        return subprocess.Popen([sys.executable, "-c", code], cwd=self.root, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start(self, web: bool = False) -> None:
        """Starts `lotse serve`, with website (`web_url`) or without, and waits until it answers."""
        port, actions_port, web_port = (processes.free_port() for _ in range(3))
        command = [sys.executable, "-m", "bot.cli", "serve", "--port", str(port), "--actions-port", str(actions_port), *(["--web-port", str(web_port)] if web else ["--ohne-web"])]
        self.web_url = f"http://{processes.HOST}:{web_port}"
        log = (self.root / "serve.log").open("ab")
        self.serve = subprocess.Popen(command, cwd=self.root, env=self.environment, stdout=log, stderr=log)
        log.close()
        self.until(lambda: self.pointer() is not None and self.ask(QUESTIONS[0]) is not None, "der Lotse antwortet nicht")
        self.until(lambda: not web or _is_up(f"{self.web_url}/bereit"), "die Webseite antwortet nicht")

    def stop(self, sign: int = signal.SIGTERM) -> None:
        """Ends `lotse serve` and waits until all its children are gone."""
        if self.serve is None:
            return
        self.serve.send_signal(sign)
        self.serve.wait(90)
        self.serve = None
        self.until(lambda: not self.processes(), "Kindprozesse leben weiter")

    def until(self, condition: Callable[[], bool], problem: str) -> None:
        """Waits for a condition, long enough for a busy machine."""
        deadline = time.monotonic() + GOOD_START
        while not condition():
            assert time.monotonic() < deadline, f"{problem}: {(self.root / 'serve.log').read_text(encoding='utf-8')[-2000:] if (self.root / 'serve.log').exists() else ''}"
            if self.serve is not None:
                assert self.serve.poll() is None, (self.root / "serve.log").read_text(encoding="utf-8")[-2000:]
            time.sleep(0.1)

    def processes(self) -> list[int]:
        """Returns the processes whose working directory is the project."""
        found = []
        for entry in Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and Path(os.readlink(entry / "cwd")) == self.root and (entry / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z":
                    found.append(int(entry.name))
            except (OSError, IndexError):
                continue
        return found

    def read(self, name: str) -> dict[str, Any]:
        """Returns a JSON file of the project, {} when there is none."""
        try:
            return json.loads((self.root / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}

    def pointer(self) -> RasaPointer | None:
        """Returns where Rasa is."""
        data = self.read("var/run/rasa.json")
        return RasaPointer(**data) if data else None

    def ask(self, text: str, sender: str = "") -> dict[str, Any] | None:
        """Asks the live Rasa, found as the website finds it, in a new conversation or that of `sender`; returns text and custom data of the reply, None without one."""
        where = self.pointer()
        if where is None:
            return None
        try:
            messages = processes.http.post(f"{where.url}/webhooks/rest/webhook", json={"message": text, "sender": sender or uuid.uuid4().hex}, timeout=30).json()
        except (requests.RequestException, ValueError):
            return None
        answer: dict[str, Any] = {"text": "\n".join(m["text"] for m in messages if m.get("text"))}
        for message in messages:
            answer.update(message.get("custom") or {})
        return answer if answer["text"] else None

    def live(self) -> str:
        """Returns the file that the next start would take."""
        return str(self.read("models/aktuell.json").get("file", ""))

    def candidate(self, name: str, change: Callable[[dict[str, Any]], None] = lambda _: None) -> str:
        """Makes an archive like the first one, with `change` done to the state of its intent model; returns its file name."""
        file = f"lotse-{name}.tar.gz"
        with tarfile.open(self.root / "models" / self.first) as source, tarfile.open(self.root / "models" / f".{file}", "w:gz", compresslevel=1) as target:
            for member in source:
                content = source.extractfile(member) if member.isfile() else None
                data = content.read() if content else b""
                if member.name.endswith("HybridIntentClassifier2/state.json"):
                    state = json.loads(data)
                    change(state)
                    data = json.dumps(state).encode()
                    member.size = len(data)
                target.addfile(member, io.BytesIO(data) if content else None)
        os.replace(self.root / "models" / f".{file}", self.root / "models" / file)
        return file

    def compared(self, live: str, file: str, **changes: Any) -> None:
        """Puts a comparison of `file` with `live` where a real one would be; it opens the gate unless `changes` say otherwise."""
        facts = [Facts(name, models.sha256_of(self.root / "models" / name), 1, 1.0, 1.0) for name in (live, file)]
        found = comparison(a=facts[0], b=facts[1], tests=fingerprint(), **changes)
        path = path_of(facts[0].sha256, facts[1].sha256, self.root / "var" / "vergleiche")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(found.as_dict()), encoding="utf-8")

    def git(self, *arguments: str) -> str:
        """Returns what git prints, run in the project."""
        quiet = {**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
        return subprocess.run(["git", "-C", str(self.root), *arguments], check=True, capture_output=True, text=True, env=quiet).stdout

    def become_repository(self) -> None:
        """Makes a git repository of the project, as staff have it."""
        (self.root / ".gitignore").write_text("var/\nmodels/\n.rasa/\n__pycache__/\n*.log\n", encoding="utf-8")
        self.git("init", "--quiet")
        self.git("add", "--all")
        self.git("-c", "user.name=Saat", "-c", "user.email=saat@lotse.example", "commit", "--quiet", "-m", "Anfang")

    def shorten_tests(self, faqs: int = 60, talks: int = 6) -> None:
        """Keeps a part of the frozen questions and of the conversations, so that a comparison is quick. To be done before the start."""
        for name, keep in (("de_klar", lambda d: dict(list(d.items())[:faqs])), ("de_einfach", lambda d: dict(list(d.items())[:faqs])), ("kontrast", lambda d: d[:5]),
                           ("sprachen", lambda d: {k: rows[:3] for k, rows in d.items()}), ("fremd", lambda d: {k: rows[:10] for k, rows in d.items()})):
            _rewrite(self.root / "tests" / "nlu" / "heldout" / f"{name}.yml", keep)
        _rewrite(self.root / "tests" / "stories" / "gespraeche.yml", lambda d: d[:talks])
        _rewrite(self.root / "tests" / "stories" / "pruefungen.yml", lambda d: d[:1])


def _rewrite(path: Path, keep: Callable[[Any], Any]) -> None:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    path.write_text(yaml.safe_dump(keep(content), allow_unicode=True, sort_keys=False), encoding="utf-8")


def _is_up(url: str) -> bool:
    try:
        return processes.http.get(url, timeout=5).ok
    except requests.RequestException:
        return False
