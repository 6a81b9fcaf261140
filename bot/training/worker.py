"""The process of one job (`python -m bot.training.worker LOCK_DESCRIPTOR`), started by `bot/training/jobs.py`, which holds the lock for it.

Ends with its state in `var/run/training.json`. Killed at any moment, it leaves the live model, and `models/` with whole archives only.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from typing import Any

from bot import models
from bot.knowledge.base import Knowledge
from bot.knowledge.errors import ContentErrors
from bot.processes import StartError
from bot.store.errors import StoreError
from bot.training import comparison, gate, jobs
from bot.training.build import build
from bot.training.compare import compare_all
from bot.training.registry import Model, Registry, UnknownModel
from bot.training.timing import Timing

NICE = 19
EVERY = 0.5  # seconds between two writes of the state


class Worker:
    """Does one job and reports."""

    def __init__(self, job: jobs.Job) -> None:
        self.job, self.timing, self._written = replace(job, pid=os.getpid()), Timing(job.kind), 0.0
        self.registry = Registry()

    def run(self) -> None:
        """Does the job and writes how it ended."""
        jobs.write(self.job)
        try:
            Knowledge.load()
            message = self._train() if self.job.kind == jobs.TRAINING else self._compare(self.registry.get(self.job.model))
            self.timing.finish()
            self._end(jobs.DONE, message)
        except ContentErrors as faults:
            self._end(jobs.FAILED, f"{len(faults.errors)} Fehler in den Inhalten. Der erste: {faults.errors[0]}")
        except (StartError, StoreError, UnknownModel) as error:
            self._end(jobs.FAILED, str(error))
        except Exception as error:
            self._end(jobs.FAILED, f"Unerwarteter Fehler ({type(error).__name__}). Der Grund steht in var/log/auftrag.log.")
            raise

    def _train(self) -> str:
        before = models.current()
        built = build(self._progress, locked=True)
        note = self.job.why + (" Während des Trainings wurden Daten geändert." if built.changed else "")
        model = self.registry.add(built.path, built.fingerprint, built.seconds, self.job.who, note.strip())
        self.job = replace(self.job, model=model.id)
        if before is None:
            return f"Neuer Kandidat {model.file}. Es gibt kein Modell in Gebrauch, mit dem er zu vergleichen wäre."
        message = self._compare(model)
        self.registry.settle()
        self.registry.prune()
        return message

    def _compare(self, model: Model) -> str:
        other = self.registry.get(self.job.against) if self.job.against else self.registry.live()
        if other is None:
            raise StartError("Es gibt kein Modell in Gebrauch, mit dem zu vergleichen wäre.")
        for m in (other, model):
            if not m.present:
                raise StartError(f"Das Archiv models/{m.file} gibt es nicht mehr.")
        self.job = replace(self.job, against=other.id)
        found = compare_all(other.path, model.path, other.seconds, model.seconds, self._progress)
        comparison.save(found)
        self.registry.set_metrics(model.id, metrics_of(found))
        verdict = gate.check(found)
        self.job = replace(self.job, passed=verdict.passed)
        if verdict.passed:
            return f"Vergleich von {model.file} mit {other.file}: Freigabe möglich."
        return f"Vergleich von {model.file} mit {other.file}: {len(verdict.reasons)} Gründe gegen die Freigabe. {verdict.reasons[0]}"

    def _progress(self, text: str) -> None:
        before = self.timing.step
        self.timing.advance(text)
        now = time.monotonic()
        if self.timing.step != before or now - self._written >= EVERY:
            self._written = now
            self.job = replace(self.job, step=text, share=round(self.timing.share(), 3), seconds_left=round(self.timing.left(), 1))
            jobs.write(self.job)

    def _end(self, state: str, message: str) -> None:
        step, share = ("Fertig", 1.0) if state == jobs.DONE else (self.job.step, self.job.share)
        self.job = replace(self.job, state=state, step=step, message=message, share=share, seconds_left=None, ended=time.time())
        jobs.write(self.job)


def metrics_of(found: comparison.Comparison) -> dict[str, Any]:
    """Returns the figures of model b that the registry keeps."""
    figures, b = found.figures_b, found.b
    talks = found.conversations or []
    return {
        "macro_f1": figures.macro_f1, "fremd_auroc": figures.off_topic_auroc, "fremd_beantwortet": figures.off_topic_answered, "fremd": figures.off_topic,
        "kalibrierfehler": figures.calibration_error, "richtig": found.total.b, "fragen": found.total.questions, "gruppen": {s.name: s.b for s in found.sets},
        "gespraeche": len(talks), "gespraeche_gut": sum(t.right_b for t in talks), "ms_je_satz": b.latency_ms, "tests": found.tests,
    }


def main() -> None:
    """Does the job that the state file describes."""
    os.nice(NICE)
    os.set_inheritable(int(sys.argv[1]), False)  # the lock ends with this process, whatever its children do
    job = jobs.read()
    if job is not None:
        Worker(job).run()


if __name__ == "__main__":
    main()
