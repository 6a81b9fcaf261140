"""Asking for a release or a roll-back, and following it. `lotse serve` (`bot/supervisor.py`) does the work.

An order is a file below `var/run/auftraege/`; how far it is stands in `var/run/release.json`, what runs in `var/run/lotse.json`.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from bot import lock, models
from bot.atomic import write_json
from bot.processes import StartError
from bot.store.values import new_id
from bot.team.roles import PUBLISH, may
from bot.training import comparison, gate
from bot.training.gate import Refused, Verdict
from bot.training.registry import Model, Registry

ORDERS = lock.RUN / "auftraege"
STATE = lock.RUN / "release.json"
RUNNING_FILE = lock.RUN / "lotse.json"
LOCK = lock.RUN / "lotse.lock"
RELEASE, ROLLBACK = "freigabe", "zurueck"
RUNNING, DONE, FAILED = "laeuft", "fertig", "gescheitert"
LOST = "Der Lotse wurde dabei beendet. In Gebrauch ist das Modell, das models/aktuell.json nennt."


@dataclass(frozen=True)
class Order:
    """What the supervisor is asked to do. `against`: SHA-256 of the model that was live when the gate let this pass."""

    id: str
    kind: str
    file: str
    sha256: str
    fingerprint: str
    seconds: float
    against: str
    who: str
    why: str
    overruled: str = ""


@dataclass(frozen=True)
class Release:
    """How far an order is. state: laeuft, fertig, gescheitert; took: seconds so far; smoke: the questions asked, as dicts of `smoke.Smoke`."""

    id: str
    kind: str
    state: str
    step: str
    model: str
    before: str
    who: str
    why: str
    started: float
    took: float = 0.0
    message: str = ""
    smoke: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Running:
    """What `lotse serve` runs: versions of the live and the warm model ("" for none), and until when it is kept warm (seconds since 1970)."""

    pid: int
    live: str
    warm: str
    warm_until: float


def verdict(model: Model, registry: Registry) -> Verdict:
    """Returns what the gate says about releasing `model` in place of the live one."""
    live = registry.live()
    if live is None:
        return Verdict([], ["Es ist kein Modell in Gebrauch, mit dem zu vergleichen wäre."])
    return gate.check(comparison.load(live.sha256, model.sha256))


def release(name: str, who: str, role: str, why: str, override: str = "", registry: Registry | None = None) -> str:
    """Orders the release of a model (id or file name) and returns the order's id.

    Raises:
        Refused: the gate is closed, the role does not suffice, or the model is live already.
        StartError: the assistant does not run, an order is open, or the archive is gone. UnknownModel: no such model.
    """
    registry = registry or Registry()
    model, live = registry.get(name), models.current()
    if live and live.file == model.file:
        raise Refused([f"{model.file} ist schon in Gebrauch."])
    found = verdict(model, registry)
    gate.permit(found, role, override)
    if not model.present:
        raise StartError(f"Das Archiv models/{model.file} gibt es nicht mehr.")
    overruled = override.strip() if not found.passed else ""
    return _place(Order(new_id(), RELEASE, model.file, model.sha256, model.fingerprint, model.seconds, live.sha256 if live else "", who, why, overruled))


def rollback(who: str, role: str, why: str) -> str:
    """Orders the return to the model before the live one and returns the order's id. Works without the database.

    Raises:
        Refused: the role does not suffice, or there is no model to return to.
        StartError: the assistant does not run, or an order is open.
    """
    if not may(role, PUBLISH):
        raise Refused([f"Zurückgehen darf nur, wer mindestens die Rolle „{PUBLISH}“ hat."])
    file = before()
    if not file:
        raise Refused(["Es gibt kein früheres Modell, zu dem man zurückgehen könnte."])
    live = models.current()
    return _place(Order(new_id(), ROLLBACK, file, models.sha256_of(models.MODELS / file), "", 0.0, live.sha256 if live else "", who, why))


def before() -> str:
    """Returns the file of the model that a roll-back would bring, or "" when there is none."""
    live = models.current()
    return next((name for name in live.previous if (models.MODELS / name).is_file()), "") if live else ""


def status() -> Release | None:
    """Returns the running or last release, or None. An order that is not taken up yet counts as running."""
    found = _read()
    if (waiting := _waiting()) and lock.is_taken(LOCK):
        return waiting
    if found and found.state == RUNNING and not lock.is_taken(LOCK):
        return replace(found, state=FAILED, message=LOST)
    return found


def running() -> Running | None:
    """Returns what `lotse serve` runs, or None when it does not run."""
    if not lock.is_taken(LOCK):
        return None
    try:
        return Running(**json.loads(RUNNING_FILE.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def wait(order: str, seconds: float) -> Release | None:
    """Waits until the order is done, at most `seconds`, and returns its state (None: not begun)."""
    deadline = time.monotonic() + seconds
    while True:
        found = status()
        if found and found.id == order and found.state != RUNNING or time.monotonic() > deadline:
            return found if found and found.id == order else None
        time.sleep(0.1)


def next_order() -> Order | None:
    """Takes the oldest order off the pile; for the supervisor alone."""
    for path in sorted(ORDERS.glob("*.json")):
        order = _order(path)
        if order:
            write_json(STATE, asdict(_begun(order)))  # at no moment do those who look see neither order nor release
        path.unlink(missing_ok=True)
        if order:
            return order
    return None


def begin_anew() -> None:
    """For a supervisor that starts: forgets orders placed before, and says of a release that a killed one left open that it failed."""
    for path in ORDERS.glob("*.json"):
        path.unlink(missing_ok=True)
    left = _read()
    if left and left.state == RUNNING:
        write_json(STATE, asdict(replace(left, state=FAILED, message=LOST)))


def _waiting() -> Release | None:
    orders = [order for path in sorted(ORDERS.glob("*.json")) if (order := _order(path))]
    return _begun(orders[0]) if orders else None


def _begun(order: Order) -> Release:
    live = models.current()
    return Release(order.id, order.kind, RUNNING, "Beginnt gleich", order.file, live.file if live else "", order.who, order.why, time.time())


def _order(path: Path) -> Order | None:
    try:
        return Order(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _read() -> Release | None:
    try:
        return Release(**json.loads(STATE.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _place(order: Order) -> str:
    if not lock.is_taken(LOCK):
        raise StartError("Der Lotse läuft nicht; nur ein laufender kann das Modell wechseln. Zuerst „lotse serve“ (make run) starten.")
    current = status()
    if any(ORDERS.glob("*.json")) or (current and current.state == RUNNING):
        raise StartError("Es läuft schon eine Freigabe. Bitte warten, bis sie fertig ist.")
    write_json(ORDERS / f"{time.time():.6f}-{order.id[:8]}.json", asdict(order))
    return order.id


