"""Children end with the process that started them, even when it is killed; and files that are switched are never half."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from bot import atomic, lock, pointer
from bot.knowledge.base import ROOT
from bot.pointer import RasaPointer

STARTS_A_CHILD = "import sys, time; from bot.processes import start_child; c = start_child([sys.executable, '-c', 'import time; time.sleep(60)'], start_new_session=True); print(c.pid, flush=True); time.sleep(60)"


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_child_ends_when_its_parent_is_killed() -> None:
    parent = subprocess.Popen([sys.executable, "-c", STARTS_A_CHILD], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert is_alive(child)
    parent.send_signal(signal.SIGKILL)
    parent.wait(20)
    deadline = time.monotonic() + 20
    while is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_alive(child)


def test_child_outlives_the_thread_that_asked_for_it() -> None:
    from bot.processes import start_child

    started: list[subprocess.Popen[bytes]] = []
    thread = threading.Thread(target=lambda: started.append(start_child([sys.executable, "-c", "import time; time.sleep(60)"])))
    thread.start()
    thread.join()
    with pytest.raises(subprocess.TimeoutExpired):
        started[0].wait(0.5)
    started[0].kill()
    started[0].wait(20)


def test_command_with_a_dead_parent_does_not_start(tmp_path: Path) -> None:
    mark = tmp_path / "gelaufen"
    done = subprocess.run([sys.executable, "bot/with_parent.py", "1", sys.executable, "-c", f"open({str(mark)!r}, 'w')"], cwd=ROOT, timeout=60)
    assert done.returncode == 1 and not mark.exists()


def test_pointer_comes_back_as_written(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delenv("LOTSE_RASA_URL", raising=False)
    path = tmp_path / "run" / "rasa.json"
    assert pointer.read(path) is None
    pointer.write(RasaPointer("http://127.0.0.1:1", "m.tar.gz", "abc", "m@1"), path)
    assert pointer.read(path) == RasaPointer("http://127.0.0.1:1", "m.tar.gz", "abc", "m@1")
    assert [p.name for p in path.parent.iterdir()] == ["rasa.json"]


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"model": "a"}'])
def test_broken_pointer_counts_as_none(tmp_path: Path, monkeypatch, content: str) -> None:
    monkeypatch.delenv("LOTSE_RASA_URL", raising=False)
    (tmp_path / "rasa.json").write_text(content, encoding="utf-8")
    assert pointer.read(tmp_path / "rasa.json") is None


def test_environment_overrides_the_address_only(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("LOTSE_RASA_URL", "http://127.0.0.1:9/")
    assert pointer.read(tmp_path / "rasa.json") == RasaPointer("http://127.0.0.1:9")
    pointer.write(RasaPointer("http://127.0.0.1:1", "m.tar.gz"), tmp_path / "rasa.json")
    assert pointer.read(tmp_path / "rasa.json") == RasaPointer("http://127.0.0.1:9", "m.tar.gz")


def test_readers_never_see_half_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    atomic.write_json(path, ["x" * 50000])
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            atomic.write_json(path, ["x" * 50000])

    writers = [threading.Thread(target=write) for _ in range(2)]
    for thread in writers:
        thread.start()
    for _ in range(200):
        assert json.loads(path.read_text(encoding="utf-8")) == ["x" * 50000]
    stop.set()
    for thread in writers:
        thread.join()
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    atomic.write_text(path, "alt")
    with pytest.raises(UnicodeEncodeError):
        atomic.write_text(path, "neu \ud800")
    assert path.read_text(encoding="utf-8") == "alt" and [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_lock_is_held_by_one_and_freed_by_death(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    code = f"import time; from pathlib import Path; from bot import lock; print(lock.take(Path({str(path)!r})), flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None and holder.stdout.readline().strip() != "None"
    assert lock.take(path) is None and lock.is_taken(path)
    holder.kill()
    holder.wait(20)
    handle = lock.take(path)
    assert handle is not None
    os.close(handle)
    assert not lock.is_taken(path)
