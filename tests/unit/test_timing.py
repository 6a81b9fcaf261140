"""The estimate of what is left: from the last run, corrected by this one."""

from __future__ import annotations

import json
from pathlib import Path

from bot.training.timing import Timing


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_estimate_follows_the_last_run(tmp_path: Path) -> None:
    path, clock = tmp_path / "z.json", Clock()
    path.write_text(json.dumps({"training": {"Start": 10, "Klassifikator": 20, "Prüffragen": 30}}), encoding="utf-8")
    timing = Timing("training", path, clock)
    assert (timing.left(), timing.share()) == (60, 0)
    clock.now += 5
    assert timing.left() == 55
    timing.advance("Klassifikator")
    assert timing.left() == 50
    clock.now += 25  # longer than last time
    assert timing.left() == 30
    timing.advance("Prüffragen: 50 von 100")
    clock.now += 20
    assert timing.left() == 20
    assert timing.share() == 50 / 70


def test_finished_run_becomes_the_measure(tmp_path: Path) -> None:
    path, clock = tmp_path / "z.json", Clock()
    timing = Timing("vergleich", path, clock)
    clock.now += 2
    timing.advance("Prüffragen: 1 von 2")
    clock.now += 3
    timing.advance("Prüffragen: 2 von 2")
    timing.finish()
    assert json.loads(path.read_text(encoding="utf-8")) == {"vergleich": {"Start": 2, "Prüffragen": 3}}
    assert Timing("vergleich", path, clock).left() == 5


def test_unreadable_times_are_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "z.json").write_text("{kaputt", encoding="utf-8")
    assert Timing("training", tmp_path / "z.json").left() > 10
    assert Timing("unbekannt", tmp_path / "z.json").left() == 0
