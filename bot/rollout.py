"""One release or roll-back, step by step, in a thread of the supervisor. Until the pointer moves, the live model is not touched."""

from __future__ import annotations

import time
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Callable

from bot import models
from bot.atomic import write_json
from bot.knowledge.base import Knowledge
from bot.knowledge.errors import ContentErrors
from bot.processes import StartError
from bot.store.errors import StoreError
from bot.training import release
from bot.training.conversations import PROBE
from bot.training.registry import Registry, UnknownModel
from bot.training.release import DONE, FAILED, ROLLBACK, RUNNING, Order, Release
from bot.training.smoke import known_faqs, questions, smoke

if TYPE_CHECKING:
    from bot.supervisor import RasaProcess, Supervisor

SHOWN = 3


class Rollout:
    """Does one order and reports in `var/run/release.json`."""

    def __init__(self, supervisor: "Supervisor", order: Order) -> None:
        self._s, self._order = supervisor, order
        before = supervisor.live.file if supervisor.live else ""
        self._state = Release(order.id, order.kind, RUNNING, "Archiv prüfen", order.file, before, order.who, order.why, time.time())

    def run(self) -> None:
        """Does the order; whatever fails leaves the live model where it is."""
        new: RasaProcess | None = None
        self._write()
        try:
            self._check()
            warm = self._s.warm
            if warm and warm.alive and warm.sha256 == self._order.sha256:
                new = warm
                quick = self._order.kind == ROLLBACK
            else:
                new, quick = self._start(), False
            self._probe(new, 1 if quick else None)
            self._go_live(new)
        except (StartError, ContentErrors, OSError) as error:
            self._fail(new, str(error))
        except Exception as error:
            self._fail(new, f"Unerwarteter Fehler ({type(error).__name__}).")
            raise

    def _check(self) -> None:
        live = self._s.live
        if self._order.against and live and live.sha256 != self._order.against:
            raise StartError("Inzwischen ist ein anderes Modell in Gebrauch: noch einmal vergleichen.")
        path = models.MODELS / self._order.file
        if path.parent != models.MODELS or not path.is_file() or models.sha256_of(path) != self._order.sha256 or not models.is_whole(path):
            raise StartError(f"Das Archiv models/{self._order.file} fehlt oder ist beschädigt.")

    def _start(self) -> "RasaProcess":
        self._step("Neues Modell starten")
        mark, seconds = self._order.fingerprint, self._order.seconds
        new = self._s.new_rasa(models.MODELS / self._order.file, self._order.sha256, mark, seconds)
        new.service.start()
        new.stand_back()
        try:
            new.service.wait_ready(tick=self._stop_if_asked)
        except StartError:
            new.stop()
            raise
        new.step_forward()
        return new

    def _probe(self, new: "RasaProcess", most: int | None) -> None:
        """Asks the smoke questions; of a warm Rasa that is to come back at once, only the first and the last two."""
        self._step("Prüffragen stellen")
        pairs = questions(Knowledge.load(), known_faqs(models.MODELS / new.file))
        if not pairs:
            raise StartError(f"models/{new.file} kennt keine der heutigen FAQ.")
        results = smoke(new.url, pairs[:most])
        self._state = replace(self._state, smoke=[asdict(r) for r in results])
        forget_probes()
        self._stop_if_asked()
        wrong = [r for r in results if not r.right]
        if wrong:
            told = "; ".join(f"„{r.question}“: {r.got} statt {r.expected}" for r in wrong[:SHOWN])
            raise StartError(f"{len(wrong)} von {len(results)} Prüffragen sind falsch beantwortet: {told}.")

    def _go_live(self, new: "RasaProcess") -> None:
        """Moves the pointer, then says in `aktuell.json` what the next start takes. Between the two, a crash leaves the old model."""
        self._step("Umschalten")
        order, old = self._order, self._s.live
        live = models.current()
        previous = None if order.kind != ROLLBACK or live is None else tuple(n for n in live.previous if n not in (new.file, live.file))
        keep = {*_kept(), *([old.file] if old else [])}
        self._s.switch(new)
        try:
            models.use(models.MODELS / new.file, new.fingerprint or order.fingerprint, new.seconds, True, previous, keep)
        except OSError:
            if old:
                self._s.switch(old)  # not to be remembered over a restart: then it must not be live either
            raise
        message = f"In Gebrauch ist jetzt {new.file}."
        if old:
            message += f" {old.file} bleibt eine Weile bereit, damit man zurück kann."
        self._state = replace(self._state, state=DONE, step="Fertig", took=self._took(), message=message)
        self._write()
        self._s.say(message)
        trouble = _enter(order, new.file, old.file if old else "")
        if trouble:
            self._state = replace(self._state, message=f"{message} In die Modellliste ließ es sich nicht eintragen: {trouble}")
            self._write()

    def _fail(self, new: "RasaProcess | None", message: str) -> None:
        if new is not None and new is not self._s.warm and new is not self._s.live:
            new.stop()
        self._state = replace(self._state, state=FAILED, took=self._took(), message=f"{message} In Gebrauch bleibt {self._state.before}.")
        self._write()
        self._s.say(f"Freigabe gescheitert. {self._state.message}")

    def _stop_if_asked(self) -> None:
        if self._s.stopping.is_set():
            raise StartError("Der Lotse wird beendet.")

    def _step(self, step: str) -> None:
        self._state = replace(self._state, step=step, took=self._took())
        self._write()

    def _took(self) -> float:
        return round(time.time() - self._state.started, 2)

    def _write(self) -> None:
        write_json(release.STATE, asdict(self._state))


def _kept() -> set[str]:
    """Returns the archives that the registry wants kept; all of them when it cannot be asked."""
    try:
        return Registry().kept()
    except StoreError:
        return {path.name for path in models.MODELS.glob("lotse-*.tar.gz")}


def _enter(order: Order, file: str, warm: str) -> str:
    """Enters the release in the registry; returns "" or the trouble, which undoes nothing."""
    try:
        why = order.why if order.kind != ROLLBACK else f"Zurück: {order.why}"
        Registry().released(file, order.who, why, order.overruled, warm)
        return ""
    except (StoreError, UnknownModel) as error:
        return str(error)


def note_states(warm: str, say: Callable[[str], None]) -> None:
    """Brings the states in the registry up to date."""
    try:
        Registry().settle(warm)
    except StoreError as error:
        say(f"Modellliste: {error}")


def forget_probes() -> None:
    """Removes the conversations of the smoke questions; they are nobody's."""
    from bot.store.database import Database
    from bot.store.tables import conversations

    try:
        with Database().write() as connection:
            connection.execute(conversations.delete().where(conversations.c.id.startswith(PROBE, autoescape=True)))
    except StoreError:
        pass  # they run out by themselves
