"""Child processes: ports, environment, readiness, and German sentences when a start fails."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot import processes
from bot.processes import HOST, Service, StartError, actions_service, child_environment, free_port, rasa_service, require_free


@pytest.fixture(autouse=True)
def logs(tmp_path: Path, monkeypatch) -> Path:
    """Sends the logs of all children to the test's own folder."""
    monkeypatch.setattr(processes, "LOGS", tmp_path / "log")
    return tmp_path / "log"


def child(code: str, url: str = f"http://{HOST}:9/") -> Service:
    return Service("kind", [sys.executable, "-c", code], url)


def test_taken_port_is_told_with_the_option_to_use() -> None:
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StartError, match=rf"^Port {port} ist schon belegt\. .*--actions-port\.$"):
            require_free(port, "--actions-port")


def test_free_port_is_accepted() -> None:
    require_free(free_port(), "--port")


def test_child_that_ends_at_once_is_told_with_its_log(logs: Path) -> None:
    service = child("import sys; print('kaputt'); sys.exit(1)")
    service.start()
    assert service.process is not None
    service.process.wait(20)
    with pytest.raises(StartError, match="kind ist beim Start beendet worden. Der Grund steht in .*kind.log"):
        service.wait_ready(5)
    assert (logs / "kind.log").read_text(encoding="utf-8") == "kaputt\n"


def test_child_that_never_answers_is_told_and_stopped() -> None:
    service = child("import time; time.sleep(60)")
    service.start()
    with pytest.raises(StartError, match="kind hat in 0 Sekunden nicht geantwortet"):
        service.wait_ready(0.1)
    service.stop()
    assert service.process is not None and service.process.poll() is not None


def test_child_that_ignores_the_polite_signal_is_killed() -> None:
    service = child("import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('da', flush=True); time.sleep(60)")
    service.start()
    deadline = time.monotonic() + 20
    while not (processes.LOGS / "kind.log").read_text(encoding="utf-8") and time.monotonic() < deadline:
        time.sleep(0.02)
    service.stop(seconds=0.2)
    assert service.process is not None and service.process.returncode == -9


def test_running_child_is_ready_whatever_the_proxy_and_stop_ends_it(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("http_proxy", f"http://{HOST}:9")
    port = free_port()
    service = Service("kind", [sys.executable, "-m", "http.server", str(port), "--bind", HOST, "--directory", str(tmp_path)], f"http://{HOST}:{port}/")
    service.start()
    service.wait_ready(20)
    service.stop()
    assert not service.is_ready()


def test_stop_without_start_does_nothing() -> None:
    child("pass").stop()


def test_children_phone_home_nowhere_and_listen_on_loopback() -> None:
    environment = child_environment()
    assert (environment["RASA_TELEMETRY_ENABLED"], environment["SANIC_HOST"]) == ("false", HOST)


def test_children_keep_the_environment_and_take_extras(monkeypatch) -> None:
    monkeypatch.setenv("LOTSE_TEST", "alt")
    assert child_environment(LOTSE_TEST="neu")["LOTSE_TEST"] == "neu"
    assert child_environment()["LOTSE_TEST"] == os.environ["LOTSE_TEST"] == "alt"


def test_services_are_bound_to_loopback_without_an_http_api() -> None:
    rasa = rasa_service(5005, 5056, Path("m.tar.gz"))
    assert rasa.command[rasa.command.index("-i") + 1] == HOST
    assert "--enable-api" not in rasa.command
    endpoints = Path(rasa.command[rasa.command.index("--endpoints") + 1]).read_text(encoding="utf-8")
    assert f"url: http://{HOST}:5056/webhook" in endpoints
    assert actions_service(5055).ready_url == f"http://{HOST}:5055/health"


def test_two_equal_ports_are_refused_before_anything_starts() -> None:
    from bot.commands.serve import running

    with pytest.raises(StartError, match="verschiedene Ports"), running(7777, 7777):
        pass


def test_importing_starts_nothing() -> None:
    assert subprocess.run([sys.executable, "-c", "import bot.processes, threading; print(threading.active_count())"], capture_output=True, text=True, timeout=60).stdout == "1\n"
