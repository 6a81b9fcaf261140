"""The processes of the assistant: how each is started, watched and stopped. Used by `lotse serve`, `lotse chat` and the tests.

Nothing here imports Rasa: it runs as a child with telemetry off, quiet logs and loopback addresses.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Mapping

import requests
import yaml

from bot.knowledge.base import ROOT

HOST = "127.0.0.1"
START_SECONDS = 180.0
LOGS = ROOT / "var" / "log"
WITH_PARENT = ROOT / "bot" / "with_parent.py"
# The kernel ends a child with the *thread* that started it: all children come from this one, which lives as long as the process.
_starter = ThreadPoolExecutor(max_workers=1, thread_name_prefix="start")
# Loopback addresses never go through a proxy of the environment.
http = requests.Session()
http.trust_env = False


class StartError(Exception):
    """A process could not be started; the text says why and what to do, in German."""


def child_environment(**extra: str) -> dict[str, str]:
    """Returns the environment of every child: telemetry off, quiet libraries, one thread per encoder call."""
    environment = dict(os.environ)
    environment.update(
        RASA_TELEMETRY_ENABLED="false", SQLALCHEMY_SILENCE_UBER_WARNING="1", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="",
        OMP_NUM_THREADS=environment.get("OMP_NUM_THREADS", "1"), OPENBLAS_NUM_THREADS="1", MALLOC_ARENA_MAX="2", PYTHONWARNINGS="ignore", PYTHONUNBUFFERED="1",
        SANIC_HOST=HOST, SANIC_KEEP_ALIVE="false", LOG_LEVEL="WARNING", LOG_LEVEL_LIBRARIES="ERROR", PYTHONPATH=str(ROOT),
    )
    environment.update(extra)
    return environment


def free_port() -> int:
    """Returns a port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def require_free(port: int, option: str) -> None:
    """Raises StartError when `port` is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise StartError(f"Port {port} ist schon belegt. Läuft der Lotse bereits? Sonst einen anderen Port wählen: {option}.") from None


def start_child(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """Starts `command` in the project's folder as a child that cannot outlive this process. `options` as for `subprocess.Popen`."""
    guarded = [sys.executable, str(WITH_PARENT), str(os.getpid()), *command]
    return _starter.submit(lambda: subprocess.Popen(guarded, cwd=ROOT, **options)).result()


@dataclass
class Service:
    """One child process with the address that answers when it is ready."""

    name: str
    command: list[str]
    ready_url: str
    environment: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the child; its output goes to `var/log/<name>.log`. It ends when this process ends, even by kill -9."""
        LOGS.mkdir(parents=True, exist_ok=True)
        with (LOGS / f"{self.name}.log").open("ab") as log:
            self.process = start_child(self.command, env=child_environment(**self.environment), stdout=log, stderr=log, start_new_session=True)

    def is_ready(self) -> bool:
        """Tells whether the child answers with success."""
        try:
            return http.get(self.ready_url, timeout=2).status_code == 200
        except requests.RequestException:
            return False

    def wait_ready(self, seconds: float = START_SECONDS, tick: Callable[[], None] = lambda: None) -> None:
        """Waits until the child is ready.

        Raises:
            StartError: it ended or did not answer in time.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process is not None and self.process.poll() is not None:
                raise StartError(f"{self.name} ist beim Start beendet worden. Der Grund steht in {LOGS / (self.name + '.log')}.")
            if self.is_ready():
                return
            tick()
            time.sleep(0.3)
        raise StartError(f"{self.name} hat in {seconds:.0f} Sekunden nicht geantwortet. Der Grund steht in {LOGS / (self.name + '.log')}.")

    def stop(self, seconds: float = 15.0) -> None:
        """Ends the child and whatever it started."""
        if self.process is None or self.process.poll() is not None:
            return
        for sign, wait in ((signal.SIGTERM, seconds), (signal.SIGKILL, 5.0)):
            try:
                os.killpg(self.process.pid, sign)
            except ProcessLookupError:
                return
            try:
                self.process.wait(wait)
                return
            except subprocess.TimeoutExpired:
                continue


def actions_service(port: int, name: str = "actions") -> Service:
    """Returns the action server on loopback."""
    command = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(port)]
    return Service(name, command, f"http://{HOST}:{port}/health")


def rasa_service(port: int, actions_port: int, model: Path, version: str = "", name: str = "rasa", memory_only: bool = False) -> Service:
    """Returns Rasa with one model, on loopback, without its HTTP API.

    `version` is stamped into each reply; with `memory_only` its conversations are kept nowhere (tests of a candidate).
    """
    command = [sys.executable, "-m", "rasa", "run", "--model", str(model), "-i", HOST, "--port", str(port),
               "--endpoints", str(_endpoints(port, actions_port, memory_only)), "--credentials", "credentials.yml"]
    return Service(name, command, f"http://{HOST}:{port}/webhooks/rest/", {"LOTSE_MODELL": version})


def _endpoints(port: int, actions_port: int, memory_only: bool) -> Path:
    """Writes endpoints.yml with the action server's port in use, and returns the copy."""
    text = (ROOT / "endpoints.yml").read_text(encoding="utf-8").replace(f"http://{HOST}:5055/", f"http://{HOST}:{actions_port}/")
    if memory_only:
        content = yaml.safe_load(text)
        content["tracker_store"] = {"type": "InMemory"}
        content.pop("event_broker", None)
        text = yaml.safe_dump(content)
    path = ROOT / "var" / "run" / f"endpoints-{port}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def forget_endpoints(port: int) -> None:
    """Removes the endpoints file of a Rasa that has ended."""
    (ROOT / "var" / "run" / f"endpoints-{port}.yml").unlink(missing_ok=True)


def web_service(port: int) -> Service:
    """Returns the website, the only process that others may reach (its settings: `bot/web/settings.py`)."""
    host = os.environ.get("LOTSE_HOST", HOST)
    return Service("web", [sys.executable, "-m", "bot.web", "--port", str(port)], f"http://{HOST if host == '0.0.0.0' else host}:{port}/lebt")
