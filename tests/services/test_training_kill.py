"""kill -9 during training and publication: the model in use stays, no half archive is ever found, one training at a time."""

from __future__ import annotations

import json
import os
import random
import signal
import time

import pytest

from bot import models
from bot.training.build import ASIDE
from tests.services.projekt import Project

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("LOTSE_KILLS", "3"))
PUBLISH = """
import shutil, time
from bot import models
from bot.training.archive import check_archive
from bot.training.build import ASIDE, clear_aside, publish
clear_aside()
for number in range(100):
    name = f"lotse-2027{number:04d}-100000-x.tar.gz"
    aside = models.MODELS / f"{ASIDE}{name}"
    aside.mkdir()
    shutil.copy(models.MODELS / "vorlage", aside / name)
    check_archive(aside / name)
    publish(aside / name, models.MODELS / name)
    models.use(models.MODELS / name, "abc", 1.0)
    shutil.rmtree(aside)
"""


def job(project: Project) -> dict:
    return json.loads(project.lotse("models", "status", "--json").stdout)["auftrag"]


def wait_gone(project: Project) -> None:
    project.until(lambda: not project.processes(), "Prozesse leben weiter")


def archives(project: Project) -> set[str]:
    return {path.name for path in (project.root / "models").glob("*.tar.gz")}


@pytest.mark.parametrize("number", range(KILLS))
def test_killed_training_leaves_the_model_in_use(project: Project, number: int) -> None:
    before = archives(project)
    assert project.lotse("models", "train", "--no-wait").returncode == 0
    project.until(lambda: project.read("var/run/training.json").get("pid") is not None, "das Training beginnt nicht")
    time.sleep(random.Random(number).uniform(0, 25))
    os.kill(project.read("var/run/training.json")["pid"], signal.SIGKILL)
    wait_gone(project)
    told = job(project)
    assert told["state"] == "gescheitert" and "unverändert" in told["message"]
    assert project.live() == project.first
    fresh = archives(project) - before
    assert all(models.is_whole(project.root / "models" / name) for name in fresh)


def test_second_training_is_refused_and_cancelling_leaves_nothing(project: Project) -> None:
    before = archives(project)
    assert project.lotse("models", "train", "--no-wait").returncode == 0
    second = project.lotse("models", "train", "--no-wait")
    assert second.returncode == 3 and "Es läuft schon ein Training" in second.stderr
    assert project.lotse("train", "--force", "--quiet").returncode == 3
    assert job(project)["state"] == "laeuft"
    assert project.lotse("models", "cancel").stdout == "Abgebrochen.\n"
    wait_gone(project)
    assert job(project)["state"] == "abgebrochen" and project.live() == project.first
    assert archives(project) == before and not list((project.root / "models").glob(f"{ASIDE}*"))


@pytest.mark.parametrize("number", range(20))
def test_killed_publication_leaves_whole_archives_and_a_whole_pointer(project: Project, number: int) -> None:
    folder = project.root / "models"
    if not (folder / "vorlage").exists():
        (folder / "vorlage").write_bytes((folder / project.first).read_bytes())
    child = project.python(PUBLISH)
    project.until(lambda: bool(list(folder.glob(f"{ASIDE}*"))) or child.poll() is not None, "die Veröffentlichung beginnt nicht")
    time.sleep(random.Random(number).uniform(0, 2))
    child.kill()
    child.wait(30)
    info = project.read("models/aktuell.json")
    assert models.sha256_of(folder / info["file"]) == info["sha256"]
    assert all(models.is_whole(path) for path in folder.glob("lotse-*.tar.gz"))


def test_finished_training_is_a_candidate_and_nothing_else_changes(project: Project) -> None:
    live = project.live()
    done = project.lotse("models", "train", "--who", "anna", "--why", "neue Sätze")
    assert done.returncode == 0, done.stderr
    assert project.live() == live
    rows = json.loads(project.lotse("models", "list", "--json").stdout)
    newest = next(row for row in rows if row["state"] == "kandidat")
    assert (newest["who"], newest["note"]) == ("anna", "neue Sätze") and newest["metrics"]["gespraeche"] > 60 and newest["metrics"]["macro_f1"] > 0.9
    told = job(project)
    assert told["state"] == "fertig" and told["model"] == newest["id"] and told["share"] == 1
