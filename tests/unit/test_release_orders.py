"""Orders to the supervisor: who may place them, and what a killed supervisor leaves is not taken for a running release."""

from __future__ import annotations

import os
import tarfile
from dataclasses import asdict
from pathlib import Path

import pytest

from bot import lock, models
from bot.atomic import write_json
from bot.processes import StartError
from bot.store.database import Database
from bot.team import roles
from bot.training import comparison as kept
from bot.training import release
from bot.training.gate import Refused
from bot.training.registry import Registry, UnknownModel
from bot.training.release import Release
from tests.unit.comparisons import comparison, figures


@pytest.fixture
def registry(tmp_path: Path, monkeypatch) -> Registry:
    """Returns a registry with a live model and a candidate, in folders of the test's own."""
    (tmp_path / "models").mkdir()
    for target, name, value in ((models, "MODELS", tmp_path / "models"), (models, "POINTER", tmp_path / "models" / "aktuell.json"), (kept, "FOLDER", tmp_path / "vergleiche"),
                                (release, "ORDERS", tmp_path / "auftraege"), (release, "STATE", tmp_path / "release.json"), (release, "LOCK", tmp_path / "lotse.lock")):
        monkeypatch.setattr(target, name, value)
    for number in (1, 2):
        with tarfile.open(tmp_path / "models" / f"lotse-2026110{number}-100000-a.tar.gz", "w:gz") as file:
            (tmp_path / "inhalt").write_text(str(number), encoding="utf-8")
            file.add(tmp_path / "inhalt", "metadata.json")
    models.use(tmp_path / "models" / "lotse-20261101-100000-a.tar.gz", "abc", 1)
    own = Registry(Database(f"sqlite:///{tmp_path}/lotse.db"))
    own.add(tmp_path / "models" / "lotse-20261102-100000-a.tar.gz", "def", 1, "anna")
    return own


@pytest.fixture
def running(registry: Registry):
    """Holds the lock that a running `lotse serve` holds."""
    handle = lock.take(release.LOCK)
    assert handle is not None
    yield
    os.close(handle)


def compare(registry: Registry, **changes) -> None:
    a, b = (registry.get(f"lotse-2026110{n}-100000-a") for n in (1, 2))
    usual = comparison(**changes)
    kept.save(comparison(a=usual.a.__class__(a.file, a.sha256, 1, 1.0, 1.0), b=usual.b.__class__(b.file, b.sha256, 1, 1.0, 1.0), **changes))


CANDIDATE = "lotse-20261102-100000-a"


def test_order_holds_all_that_the_supervisor_needs(registry: Registry, running) -> None:
    compare(registry)
    id = release.release(CANDIDATE, "ben", roles.PUBLISH, "bessere Sätze", registry=registry)
    order = release.next_order()
    assert order is not None and (order.id, order.kind, order.file, order.who, order.why, order.overruled) == (id, "freigabe", f"{CANDIDATE}.tar.gz", "ben", "bessere Sätze", "")
    assert order.against == registry.get("lotse-20261101-100000-a").sha256 and release.next_order() is None


def test_overruling_is_recorded_only_when_it_was_needed(registry: Registry, running) -> None:
    compare(registry)
    release.release(CANDIDATE, "ben", roles.ADMIN, "", "Es eilt wirklich sehr.", registry=registry)
    order = release.next_order()
    assert order is not None and order.overruled == ""
    release.STATE.unlink()  # as if it were done
    compare(registry, figures_b=figures(macro_f1=0.1))
    release.release(CANDIDATE, "ben", roles.ADMIN, "", "Es eilt wirklich sehr.", registry=registry)
    order = release.next_order()
    assert order is not None and order.overruled == "Es eilt wirklich sehr."


def test_second_order_waits_its_turn(registry: Registry, running) -> None:
    compare(registry)
    release.release(CANDIDATE, "ben", roles.PUBLISH, "", registry=registry)
    with pytest.raises(StartError, match="läuft schon eine Freigabe"):
        release.release(CANDIDATE, "ben", roles.PUBLISH, "", registry=registry)


def test_order_counts_as_running_from_the_moment_it_is_placed(registry: Registry, running) -> None:
    compare(registry)
    assert release.status() is None
    id = release.release(CANDIDATE, "ben", roles.PUBLISH, "bessere Sätze", registry=registry)
    for taken_up in (False, True):
        told = release.status()
        assert told is not None and (told.id, told.state, told.model, told.who) == (id, "laeuft", f"{CANDIDATE}.tar.gz", "ben"), taken_up
        release.next_order()
    with pytest.raises(StartError, match="läuft schon eine Freigabe"):
        release.release(CANDIDATE, "ben", roles.PUBLISH, "", registry=registry)


def test_without_a_running_assistant_nothing_is_ordered(registry: Registry) -> None:
    compare(registry)
    with pytest.raises(StartError, match="Der Lotse läuft nicht"):
        release.release(CANDIDATE, "ben", roles.PUBLISH, "", registry=registry)
    assert release.next_order() is None


def test_live_uncompared_and_unknown_models_are_refused(registry: Registry, running) -> None:
    with pytest.raises(Refused, match="schon in Gebrauch"):
        release.release("lotse-20261101-100000-a", "ben", roles.ADMIN, "", registry=registry)
    with pytest.raises(Refused, match="zuerst vergleichen"):
        release.release(CANDIDATE, "ben", roles.PUBLISH, "", registry=registry)
    with pytest.raises(UnknownModel):
        release.release("gibtsnicht", "ben", roles.ADMIN, "", registry=registry)


@pytest.mark.parametrize("role", [roles.READ, roles.LABEL, ""])
def test_only_who_may_publish_may_release_or_roll_back(registry: Registry, running, role: str) -> None:
    compare(registry)
    with pytest.raises(Refused):
        release.release(CANDIDATE, "ben", role, "", registry=registry)
    with pytest.raises(Refused):
        release.rollback("ben", role, "")


def test_rollback_needs_a_model_before(registry: Registry, running) -> None:
    with pytest.raises(Refused, match="kein früheres Modell"):
        release.rollback("ben", roles.PUBLISH, "")
    models.use(models.MODELS / f"{CANDIDATE}.tar.gz", "def", 1, released=True)
    release.rollback("ben", roles.PUBLISH, "doch nicht")
    order = release.next_order()
    assert order is not None and (order.kind, order.file) == ("zurueck", "lotse-20261101-100000-a.tar.gz")


def test_release_of_a_killed_supervisor_is_told_as_failed(registry: Registry) -> None:
    write_json(release.STATE, asdict(Release("1", "freigabe", "laeuft", "Umschalten", "b", "a", "ben", "", 1.0)))
    write_json(release.ORDERS / "1.json", {})
    told = release.status()
    assert told is not None and told.state == "gescheitert" and "aktuell.json" in told.message
    release.begin_anew()
    handle = lock.take(release.LOCK)
    assert handle is not None
    told = release.status()
    os.close(handle)
    assert told is not None and told.state == "gescheitert" and not list(release.ORDERS.glob("*"))


@pytest.mark.parametrize("content", ["", "{", "[]", '{"id": 1}', "null"])
def test_broken_orders_are_dropped(registry: Registry, running, content: str) -> None:
    release.ORDERS.mkdir()
    (release.ORDERS / "1.json").write_text(content, encoding="utf-8")
    assert release.next_order() is None and not list(release.ORDERS.glob("*"))
