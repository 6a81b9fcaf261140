"""The model registry: which models there were, with their figures, by whom, when and why. History in the database;
what is live is told by `models/aktuell.json` alone (`bot/models.py`), so that the assistant starts without a database.
"""

from __future__ import annotations

import datetime as dt
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot import fingerprints, models
from bot.knowledge.base import ROOT
from bot.store import audit
from bot.store.database import Database
from bot.store.tables import MODEL_STATES
from bot.store.tables import models as models_table
from bot.store.values import clean_json, clean_name, clean_text, new_id
from bot.training.metadata import rasa_version

CANDIDATE, LIVE, WARM, ARCHIVED, REJECTED = MODEL_STATES
KEPT = (CANDIDATE, LIVE, WARM)
NEWEST_CANDIDATES = 3
SHORTEST_PREFIX = 4
NOBODY = "unbekannt"


class UnknownModel(Exception):
    """No model, or more than one, has this id or file name; the text says so in German."""


@dataclass(frozen=True)
class Model:
    """One row. `present`: the archive still lies below `models/`; `versions`: rasa, config; `metrics`: the report of `bot.training.evaluate`, or {}."""

    id: str
    file: str
    sha256: str
    created: dt.datetime
    state: str
    git_commit: str
    fingerprint: str
    versions: dict[str, str]
    size: int
    seconds: float
    metrics: dict[str, Any]
    who: str
    note: str
    released: dt.datetime | None
    released_by: str
    release_note: str
    overruled: str

    @property
    def path(self) -> Path:
        """The archive's path."""
        return models.MODELS / self.file

    @property
    def present(self) -> bool:
        """Tells whether the archive still exists."""
        return self.path.is_file()

    @property
    def version(self) -> str:
        """What replies of this model are stamped with."""
        return models.version_of(self.file, self.sha256)


class Registry:
    """All models of one database."""

    def __init__(self, database: Database | None = None) -> None:
        """Uses `database`, by default the one of the environment.

        Raises (here and in every method):
            StoreError: the database does not answer.
        """
        self._database = database or Database()

    def add(self, path: Path, fingerprint: str, seconds: float, who: str, note: str = "", state: str = CANDIDATE, metrics: dict[str, Any] | None = None,
            created: dt.datetime | None = None) -> Model:
        """Adds a new archive and returns its row; the row that it has already, when it is known. `created` in UTC, by default now."""
        known = self._find(models_table.c.file == path.name)
        if known:
            return known[0]
        row = {"id": new_id(), "file": path.name, "sha256": models.sha256_of(path), "created": created or self._database.now(), "state": state, "git_commit": git_commit(),
               "fingerprint": fingerprint, "versions": {"rasa": rasa_version(path), "config": fingerprints.of_files(("config.yml",))[:12]},
               "size": path.stat().st_size, "seconds": round(seconds, 1), "metrics": clean_json(metrics or {}), "who": clean_name(who) or NOBODY, "note": clean_text(note)}
        with self._database.write() as connection:
            connection.execute(models_table.insert().values(**row))
        return self.get(row["id"])

    def all(self, limit: int = 100) -> list[Model]:
        """Returns the newest models first; archives that nobody has entered yet are entered, and states follow `aktuell.json`."""
        self.settle()
        return self._find(sa.true(), limit)

    def get(self, name: str) -> Model:
        """Returns the model with this id, beginning of an id, beginning of a checksum, or file name.

        Raises:
            UnknownModel: none or several.
        """
        name = name.strip().removeprefix("models/")
        found = self._named(name)
        if not found:  # perhaps an archive that nobody has entered yet
            self.settle()
            found = self._named(name)
        if len(found) != 1:
            raise UnknownModel(f"{'Kein Modell' if not found else 'Mehr als ein Modell'} passt zu „{name[:80]}“. Alle zeigt „lotse models list“.")
        return found[0]

    def _named(self, name: str) -> list[Model]:
        found = self._find(models_table.c.file.in_((name, f"{name}.tar.gz")))
        if not found and len(name) >= SHORTEST_PREFIX and name.isalnum():
            found = self._find(sa.or_(models_table.c.id.startswith(name.lower()), models_table.c.sha256.startswith(name.lower())))
        return found

    def live(self) -> Model | None:
        """Returns the row of the model in use, or None when there is none."""
        info = models.current()
        if info is None:
            return None
        self.settle()
        return self.get(info.file)

    def set_metrics(self, id: str, metrics: dict[str, Any]) -> None:
        """Keeps the evaluation of a model."""
        self._update(id, "", "", {}, metrics=clean_json(metrics))

    def reject(self, id: str, who: str, why: str) -> None:
        """Marks a candidate as not to be released; its archive may then be removed.

        Raises:
            ValueError: it is live or warm.
        """
        model = self.get(id)
        if model.state in (LIVE, WARM):
            raise ValueError("Ein Modell in Gebrauch lässt sich nicht ablehnen. Zuerst ein anderes freigeben.")
        self._update(model.id, who, "modell abgelehnt", {"warum": why}, state=REJECTED, release_note=clean_text(f"{why} ({who})"))

    def note(self, id: str, text: str, who: str) -> None:
        """Replaces the note of a model."""
        self._update(self.get(id).id, who, "modell beschrieben", {}, note=clean_text(text))

    def released(self, file: str, who: str, why: str, overruled: str = "", warm: str = "") -> None:
        """Says that `file` is live now, `warm` (a file name, or "") kept running, and all others neither."""
        self.settle(warm)
        self._update(self.get(file).id, who, "modell freigegeben", {"warum": why, "trotzdem": overruled}, released=self._database.now(), released_by=clean_name(who), release_note=clean_text(why), overruled=clean_text(overruled))

    def settle(self, warm: str | None = None) -> None:
        """Makes the rows follow the facts: enters unknown archives, sets live (and warm, when given), and retires surplus candidates."""
        info = models.current()
        known = {m.file: m for m in self._find(sa.true())}
        for path in sorted(models.MODELS.glob("lotse-*.tar.gz")):
            if path.name not in known:
                mark, seconds = (info.fingerprint, info.seconds) if info and info.file == path.name else ("", 0.0)
                written = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.timezone.utc).replace(tzinfo=None)
                known[path.name] = self.add(path, mark, seconds, NOBODY, "", ARCHIVED, created=written)
        wanted: dict[str, str] = {}
        candidates = 0
        for model in sorted(known.values(), key=lambda m: m.created, reverse=True):
            state = model.state
            if info and model.file == info.file:
                state = LIVE
            elif warm is not None and model.file == warm:
                state = WARM
            elif state == LIVE or (warm is not None and state == WARM):
                state = ARCHIVED
            elif state == CANDIDATE:
                candidates += 1
                state = CANDIDATE if candidates <= NEWEST_CANDIDATES and model.present else ARCHIVED
            if state != model.state:
                wanted[model.id] = state
        if wanted:
            with self._database.write() as connection:
                for id, state in wanted.items():
                    connection.execute(models_table.update().where(models_table.c.id == id).values(state=state))

    def kept(self) -> set[str]:
        """Returns the files that must not be removed: candidates, live, warm."""
        return {m.file for m in self._find(models_table.c.state.in_(KEPT))}

    def prune(self) -> None:
        """Removes archives that nobody needs: all but the newest few, candidates, live, warm and the one live before."""
        info = models.current()
        models.prune({*self.kept(), *([info.file, *info.previous[:1]] if info else [])})

    def _find(self, condition: Any, limit: int = 1000) -> list[Model]:
        query = sa.select(models_table).where(condition).order_by(models_table.c.created.desc(), models_table.c.file.desc()).limit(limit)
        with self._database.read() as connection:
            return [_model(row) for row in connection.execute(query).mappings()]

    def _update(self, id: str, who: str, action: str, detail: dict[str, str], **values: Any) -> None:
        """Changes a row and, when `action` is given, notes who did it in the audit log, in one transaction."""
        with self._database.write() as connection:
            connection.execute(models_table.update().where(models_table.c.id == id).values(**values))
            if action:
                audit.note_within(connection, self._database, who, action, id, detail)


def _model(row: Any) -> Model:
    empty: dict[str, Any] = {"git_commit": "", "metrics": {}, "released_by": "", "release_note": "", "overruled": ""}
    values: dict[str, Any] = {name: empty[name] if value is None and name in empty else value for name, value in row.items()}
    return Model(**values)


def git_commit(root: Path = ROOT) -> str:
    """Returns the commit of the working tree, with „+“ when what training reads differs from it; "" without git."""
    try:
        head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, timeout=20, check=True).stdout.strip()
        changed = subprocess.run(["git", "status", "--porcelain", "--", "data", "bot", "config.yml", "domain.yml"], cwd=root, capture_output=True, text=True, timeout=20, check=True).stdout
        return head + ("+" if changed.strip() else "")
    except (OSError, subprocess.SubprocessError):
        return ""

