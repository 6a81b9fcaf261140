"""The model registry on a real database: what is entered, found, kept and retired."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from bot import models
from bot.store import audit
from bot.store.database import Database
from bot.training.registry import Registry, UnknownModel, git_commit


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    """Returns an empty folder for models."""
    path = tmp_path / "models"
    path.mkdir()
    monkeypatch.setattr(models, "MODELS", path)
    monkeypatch.setattr(models, "POINTER", path / "aktuell.json")
    return path


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(f"sqlite:///{tmp_path}/lotse.db")


@pytest.fixture
def registry(database: Database, folder: Path) -> Registry:
    return Registry(database)


def archive(folder: Path, number: int) -> Path:
    path = folder / f"lotse-202611{number:02d}-100000-a.tar.gz"
    content = folder / "inhalt"
    content.write_text(str(number), encoding="utf-8")
    with tarfile.open(path, "w:gz") as file:
        file.add(content, "metadata.json")
    content.unlink()
    return path


def test_new_model_is_a_candidate_with_its_facts(registry: Registry, folder: Path) -> None:
    path = archive(folder, 1)
    model = registry.add(path, "abc", 24.56, "anna", "neue Sätze", metrics={"macro_f1": 0.9, "x": float("nan")})
    assert (model.state, model.who, model.note, model.seconds, model.size) == ("kandidat", "anna", "neue Sätze", 24.6, path.stat().st_size)
    assert model.sha256 == models.sha256_of(path) and model.metrics == {"macro_f1": 0.9, "x": None} and len(model.id) == 32 and model.present
    assert model.version == f"lotse-20261101-100000-a@{model.sha256[:8]}"


def test_same_archive_has_one_row(registry: Registry, folder: Path) -> None:
    path = archive(folder, 1)
    assert registry.add(path, "abc", 1, "anna") == registry.add(path, "abc", 2, "ben")
    assert len(registry.all()) == 1


def test_models_are_found_by_id_checksum_and_file(registry: Registry, folder: Path) -> None:
    model = registry.add(archive(folder, 1), "abc", 1, "anna")
    registry.add(archive(folder, 2), "abc", 1, "anna")
    for name in (model.id, model.id[:8], model.sha256[:10], model.file, model.file.removesuffix(".tar.gz"), f"models/{model.file}"):
        assert registry.get(name) == model
    for name in ("", "abc", "%", "_" * 8, "../etc/passwd", "lotse-", "gibtsnicht"):
        with pytest.raises(UnknownModel, match="lotse models list"):
            registry.get(name)


def test_archives_nobody_entered_appear(registry: Registry, folder: Path) -> None:
    models.use(archive(folder, 2), "abc", 3.0)
    archive(folder, 1)
    assert {m.file[6:14]: m.state for m in registry.all()} == {"20261102": "live", "20261101": "archiv"}


def test_release_moves_the_states_and_is_in_the_audit_log(registry: Registry, database: Database, folder: Path) -> None:
    old, new = archive(folder, 1), archive(folder, 2)
    models.use(old, "abc", 1)
    registry.settle()
    registry.add(new, "def", 1, "anna")
    models.use(new, "def", 1, released=True)
    registry.released(new.name, "ben", "bessere Sätze", "Eilt sehr.", warm=old.name)
    states = {m.file: m.state for m in registry.all()}
    assert states == {new.name: "live", old.name: "warm"}
    live = registry.live()
    assert live is not None and (live.released_by, live.release_note, live.overruled) == ("ben", "bessere Sätze", "Eilt sehr.") and live.released is not None
    entry = audit.recent(database)[0]
    assert (entry.actor, entry.action, entry.target) == ("ben", "modell freigegeben", live.id)
    registry.settle(warm="")
    assert registry.get(old.name).state == "archiv"


def test_rejected_model_is_told_with_who_and_why(registry: Registry, folder: Path) -> None:
    model = registry.add(archive(folder, 1), "abc", 1, "anna")
    registry.reject(model.id, "ben", "zu schlecht")
    assert (registry.get(model.id).state, registry.get(model.id).release_note) == ("abgelehnt", "zu schlecht (ben)")


def test_live_model_cannot_be_rejected(registry: Registry, folder: Path) -> None:
    models.use(archive(folder, 1), "abc", 1)
    live = registry.live()
    assert live is not None
    with pytest.raises(ValueError, match="in Gebrauch"):
        registry.reject(live.id, "ben", "weg damit")


def test_only_the_newest_candidates_stay_candidates(registry: Registry, folder: Path) -> None:
    for number in range(1, 6):
        registry.add(archive(folder, number), "abc", 1, "anna")
    assert [m.state for m in registry.all()] == ["kandidat"] * 3 + ["archiv"] * 2


def test_pruning_keeps_live_warm_candidates_and_the_one_before(registry: Registry, folder: Path) -> None:
    paths = [archive(folder, number) for number in range(1, 12)]
    for number, path in enumerate(paths):
        registry.add(path, "abc", 1, "anna", state="kandidat" if number in (2, 3) else "archiv")
    models.use(paths[0], "abc", 1, keep={p.name for p in paths})
    models.use(paths[1], "abc", 1, keep={p.name for p in paths})
    registry.settle(warm=paths[4].name)
    registry.prune()
    assert sorted(p.name for p in folder.glob("lotse-*")) == [paths[i].name for i in (0, 1, 2, 3, 4, 8, 9, 10)]
    assert not registry.get(paths[6].name).present


def test_note_can_be_changed(registry: Registry, folder: Path) -> None:
    model = registry.add(archive(folder, 1), "abc", 1, "anna")
    registry.note(model.id, "für Dienstag", "ben")
    assert registry.get(model.id).note == "für Dienstag"


def test_commit_is_empty_outside_git(tmp_path: Path) -> None:
    assert git_commit(tmp_path) == ""
