"""Releases on a running assistant: no message is lost, a bad candidate changes nothing, and kill -9 at any moment leaves a model that answers."""

from __future__ import annotations

import os
import random
import signal
import threading
import time

import pytest

from bot import models
from tests.services.projekt import QUESTIONS, Project
from tests.unit.comparisons import figures

pytestmark = pytest.mark.slow
TALK = "ein-gespraech-ueber-den-wechsel"
KILLS = int(os.environ.get("LOTSE_KILLS", "3"))


class Visitors:
    """Five messages a second, each to the Rasa that the pointer names at that moment."""

    def __init__(self, project: Project) -> None:
        self._project, self._stop = project, threading.Event()
        self.answers: list[dict | None] = []
        self.waits: list[float] = []
        self._threads: list[threading.Thread] = []
        self._clock = threading.Thread(target=self._run)

    def __enter__(self) -> Visitors:
        self._clock.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._clock.join()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        number = 0
        while not self._stop.wait(0.2):
            self._threads.append(threading.Thread(target=self._ask, args=(QUESTIONS[number % 3],)))
            self._threads[-1].start()
            number += 1

    def _ask(self, text: str) -> None:
        begin = time.monotonic()
        self.answers.append(self._project.ask(text))
        self.waits.append(time.monotonic() - begin)


@pytest.fixture(scope="module")
def running(project: Project) -> Project:
    project.start()
    return project


def stamp(project: Project) -> str:
    answer = project.ask(QUESTIONS[0])
    return str(answer["modell"]) if answer else ""


def test_release_and_rollback_lose_no_message(running: Project, record_property) -> None:
    new = running.candidate("20270101-100000-neu")
    running.compared(running.first, new)
    old_stamp = stamp(running)
    assert (running.ask("Was ist die Chancenkarte?", TALK) or {})["faq"] == "chancenkarte"
    assert old_stamp.startswith(running.first.removesuffix(".tar.gz") + "@")
    with Visitors(running) as visitors:
        done = running.lotse("models", "release", new, "--why", "Probe")
        assert done.returncode == 0, done.stderr
        simpler = running.ask("Bitte einfacher erklären", TALK) or {}
        assert (simpler["faq"], simpler["stufe"]) == ("chancenkarte", "einfach"), "das Gespräch geht mit dem neuen Modell weiter"
        assert stamp(running).startswith(f"{new.removesuffix('.tar.gz')}@") and running.live() == new
        back = running.lotse("models", "rollback", "--why", "doch nicht")
        assert back.returncode == 0, back.stderr
    assert stamp(running) == old_stamp and running.live() == running.first
    assert None not in visitors.answers and len({a["modell"] for a in visitors.answers if a}) == 2
    state = running.read("var/run/release.json")
    record_property("zurueck_sekunden", state["took"])
    record_property("laengste_wartezeit", round(max(visitors.waits), 2))
    print(f"Zurück in {state['took']} s; {len(visitors.answers)} Nachrichten, längste Wartezeit {max(visitors.waits):.2f} s")
    assert state["kind"] == "zurueck" and all(s["right"] for s in state["smoke"])


def test_offices_are_stamped_as_well(running: Project) -> None:
    answer = running.ask(QUESTIONS[1])
    assert answer is not None and answer["typ"] == "stellen" and answer["modell"] == stamp(running)


def test_candidate_with_wrong_answers_does_not_go_live(running: Project) -> None:
    def mix_up(state: dict) -> None:
        labels = sorted({label for label in state["exact"].values() if label.startswith("faq/")})
        state["exact"] = {text: (labels[labels.index(label) - 1] if label in labels else label) for text, label in state["exact"].items()}

    live = running.live()
    bad = running.candidate("20270102-100000-falsch", mix_up)
    running.compared(live, bad)
    done = running.lotse("models", "release", bad)
    assert done.returncode == 3 and "Prüffragen sind falsch beantwortet" in done.stderr and f"In Gebrauch bleibt {live}" in done.stderr
    assert running.live() == live and running.ask(QUESTIONS[0]) is not None


def test_damaged_archive_does_not_go_live(running: Project) -> None:
    live = running.live()
    bad = running.candidate("20270103-100000-kaputt")
    running.compared(live, bad)
    assert running.lotse("models", "list").returncode == 0  # enters it with its checksum
    path = running.root / "models" / bad
    path.write_bytes(path.read_bytes()[:-1000])
    done = running.lotse("models", "release", bad)
    assert done.returncode == 3 and "fehlt oder ist beschädigt" in done.stderr
    assert running.live() == live


def test_closed_gate_is_told_and_overruled_only_with_a_reason(running: Project) -> None:
    worse = running.candidate("20270104-100000-schlechter")
    running.compared(running.live(), worse, figures_b=figures(macro_f1=0.5))
    done = running.lotse("models", "release", worse)
    assert done.returncode == 1 and "fällt um 47,0 Punkte" in done.stderr
    assert running.lotse("models", "release", worse, "--override", "weil").returncode == 1
    unknown = running.candidate("20270105-100000-ungeprueft")
    assert "zuerst vergleichen" in running.lotse("models", "release", unknown).stderr


def test_second_lotse_in_the_same_folder_is_refused(running: Project) -> None:
    done = running.lotse("serve", "--ohne-web", "--port", "5998", "--actions-port", "5999")
    assert done.returncode == 3 and "läuft schon ein Lotse" in done.stderr


@pytest.mark.parametrize("number", range(KILLS))
def test_killed_during_a_release_a_whole_model_answers_after_the_restart(project: Project, number: int) -> None:
    if project.serve is None:
        project.start()
    live = project.live()
    new = project.candidate(f"20270201-10{number:04d}-neu")
    project.compared(live, new)
    ordered: list[str] = []
    release = threading.Thread(target=lambda: ordered.append(project.lotse("models", "release", new).stderr))
    release.start()
    project.until(lambda: project.read("var/run/release.json").get("model") == new or bool(ordered), f"die Freigabe beginnt nicht {ordered}")
    assert not ordered, ordered
    moment = random.Random(number)
    if moment.random() < 0.5:  # somewhere on the way
        time.sleep(moment.uniform(0, 12))
    else:  # around the switch
        project.until(lambda: project.read("var/run/release.json").get("step") in ("Prüffragen stellen", "Umschalten", "Fertig"), "die Freigabe stockt")
        time.sleep(moment.uniform(0, 4))
    finished = project.read("var/run/release.json").get("state") == "fertig"
    project.stop(signal.SIGKILL)
    release.join()
    assert project.live() == new if finished else project.live() in (live, new)
    assert models.is_whole(project.root / "models" / project.live())
    project.start()
    assert stamp(project).startswith(project.live().removesuffix(".tar.gz"))
