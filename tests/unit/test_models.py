"""The model in use: its pointer, whether it is whole and fits the data, and what changes the fingerprint."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path

import pytest

from bot import fingerprints, models
from bot.knowledge.base import ROOT


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    """Returns an empty folder for models that `bot.models` uses."""
    monkeypatch.setattr(models, "MODELS", tmp_path)
    monkeypatch.setattr(models, "POINTER", tmp_path / "aktuell.json")
    return tmp_path


def archive(folder: Path, name: str = "lotse-20261125-100000-a.tar.gz", member: str = "metadata.json") -> Path:
    """Writes a small archive."""
    content = folder / "inhalt"
    content.write_text("{}", encoding="utf-8")
    with tarfile.open(folder / name, "w:gz") as file:
        file.add(content, member)
    content.unlink()
    return folder / name


def test_no_pointer_means_no_model(folder: Path) -> None:
    assert (models.current(), models.fitting()) == (None, None)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"file": "a"}', '{"file": "a", "x": 1}', "\u0000"])
def test_broken_pointer_means_no_model(folder: Path, content: str) -> None:
    models.POINTER.write_text(content, encoding="utf-8")
    assert models.current() is None


def test_used_model_is_the_current_one(folder: Path) -> None:
    path = archive(folder)
    models.use(path, "abc", 12.34)
    found = models.current()
    assert found is not None
    assert (found.file, found.fingerprint, found.seconds) == (path.name, "abc", 12.3)


def test_pointer_is_written_aside_and_leaves_no_rest(folder: Path) -> None:
    models.use(archive(folder), "abc", 1.0)
    assert [p.name for p in folder.glob("aktuell*")] == ["aktuell.json"]


def test_missing_archive_does_not_count(folder: Path) -> None:
    path = archive(folder)
    models.use(path, "abc", 1.0)
    path.unlink()
    assert models.current() is None


@pytest.mark.parametrize("damage", [lambda b: b[: len(b) // 2], lambda b: b + b"x", lambda b: b""], ids=["halb", "laenger", "leer"])
def test_damaged_archive_does_not_count(folder: Path, damage) -> None:
    path = archive(folder)
    models.use(path, "abc", 1.0)
    path.write_bytes(damage(path.read_bytes()))
    assert models.current() is None


def test_model_fits_only_the_data_it_was_trained_on(folder: Path) -> None:
    path = archive(folder)
    models.use(path, fingerprints.of_training(), 1.0)
    assert models.fitting() == path
    models.use(path, "anderer-stand", 1.0)
    assert models.fitting() is None


def test_only_the_newest_models_and_the_one_in_use_are_kept(folder: Path) -> None:
    paths = [archive(folder, f"lotse-2026112{i}-100000-a.tar.gz") for i in range(6)]
    models.use(paths[0], "abc", 1.0)
    assert sorted(p.name for p in folder.glob("lotse-*")) == [p.name for p in (paths[0], *paths[-models.KEEP:])]


@pytest.mark.parametrize("content", [b"", b"kein Archiv", b"\x1f\x8b\x08\x00kaputt"])
def test_file_that_is_no_archive_is_not_whole(folder: Path, content: bytes) -> None:
    path = folder / "lotse-x.tar.gz"
    path.write_bytes(content)
    assert not models.is_whole(path)


def test_archive_of_something_else_is_not_whole(folder: Path) -> None:
    assert models.is_whole(archive(folder))
    assert not models.is_whole(archive(folder, member="urlaub.jpg"))


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """Returns a copy of what training reads."""
    root = tmp_path_factory.mktemp("projekt")
    for name in ("config.yml", "domain.yml", "requirements.lock"):
        shutil.copy(ROOT / name, root / name)
    for name in ("data", "bot"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def changes(project: Path, name: str, old: str, new: str) -> bool:
    """Tells whether a change of a file changes the fingerprint; the file is put back."""
    path = project / name
    before, content = fingerprints.of_training(project), path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    after = fingerprints.of_training(project)
    path.write_text(content, encoding="utf-8")
    assert fingerprints.of_training(project) == before
    return after != before


@pytest.mark.parametrize(("name", "old", "new"), [
    ("data/nlu/faq/anabin.yml", "examples: |\n", "examples: |\n    - ganz neue Frage\n"), ("data/nlu/gespraech.yml", "- ", "-  "), ("data/stories/rules.yml", "rule: ", "rule: Neu "),
    ("config.yml", "language", "# neu\nlanguage"), ("domain.yml", "intents:", "# neu\nintents:"), ("bot/nlu/hybrid.py", "LR_SCALE", "LR_SCALE  # neu"),
    ("data/berufe/arzt.yml", "Ärztin", "Ärztinnen"), ("data/sprachen.yml", "hallo", "hallöchen"), ("data/laender.yml", "Ukraine", "Die Ukraine"),
], ids=lambda value: value if "/" in value else "")
def test_change_of_what_is_learnt_needs_a_training(project: Path, name: str, old: str, new: str) -> None:
    assert changes(project, name, old, new)


@pytest.mark.parametrize(("name", "old", "new"), [
    ("data/faq/anabin.yml", "antwort: >-\n", "antwort: >-\n  Neu. "), ("data/texte.yml", "Guten Tag!", "Hallo!"), ("data/werte.yml", "50700", "50701"),
    ("data/offices/hotline-alid.yml", "name: ", "name: Die "), ("bot/knowledge/render.py", "MAX_RELATED = 2", "MAX_RELATED = 3"),
], ids=lambda value: value if "/" in value else "")
def test_change_of_an_answer_needs_no_training(project: Path, name: str, old: str, new: str) -> None:
    assert not changes(project, name, old, new)


def test_new_faq_needs_a_training(project: Path) -> None:
    before = fingerprints.of_training(project)
    extra = project / "data" / "faq" / "zz-neu.yml"
    extra.write_text("frage: x\n", encoding="utf-8")
    after = fingerprints.of_training(project)
    extra.unlink()
    assert before != after


def test_same_files_elsewhere_have_the_same_fingerprint(project: Path) -> None:
    assert fingerprints.of_training(project) == fingerprints.of_training(ROOT)


def test_rolling_back_knows_what_was_in_use_before(folder: Path) -> None:
    paths = [archive(folder, f"lotse-2026112{i}-100000-a.tar.gz") for i in range(3)]
    for path in (*paths, paths[2]):
        models.use(path, "abc", 1.0)
    found = models.current()
    assert found is not None and found.previous == (paths[1].name, paths[0].name)


def test_model_before_and_named_ones_are_never_removed(folder: Path) -> None:
    paths = [archive(folder, "lotse-20261120-100000-a.tar.gz")]
    models.use(paths[0], "abc", 1.0)
    paths += [archive(folder, f"lotse-2026112{i}-100000-a.tar.gz") for i in range(1, 7)]
    models.use(paths[3], "abc", 1.0, keep={paths[1].name})
    left = {p.name for p in folder.glob("lotse-*")}
    assert left == {paths[i].name for i in (0, 1, 3, 4, 5, 6)}


def test_serve_keeps_a_released_model_when_only_sentences_changed(folder: Path, monkeypatch) -> None:
    path = archive(folder)
    models.use(path, "anderer-stand", 1.0, released=True)
    assert models.for_start() == path
    models.use(path, "anderer-stand", 1.0)
    assert models.for_start() is None
    models.use(path, "anderer-stand", 1.0, released=True)
    monkeypatch.setattr(fingerprints, "of_code", lambda: "neuer Code")
    assert models.for_start() is None


def test_pointer_of_an_older_version_is_understood(folder: Path) -> None:
    path = archive(folder)
    models.POINTER.write_text(f'{{"file": "{path.name}", "fingerprint": "a", "sha256": "{models.sha256_of(path)}", "seconds": 1.0}}', encoding="utf-8")
    found = models.current()
    assert found is not None and not found.released and found.version == f"lotse-20261125-100000-a@{found.sha256[:8]}"
