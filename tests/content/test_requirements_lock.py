"""The lock file: every package pinned with hashes, from the registry only, no look-alikes."""

from __future__ import annotations

import re

from bot.knowledge.base import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
BLOCKS = [b for b in re.split(r"\n(?=\S)", "\n" + LOCK) if b.strip() and not b.lstrip().startswith("#")]
PINS = {b.split("==")[0].strip(): b for b in BLOCKS}


def requirements(block: str) -> str:
    return "\n".join(line for line in block.splitlines() if not line.strip().startswith("#"))


def test_every_package_is_pinned_with_a_hash() -> None:
    line = re.compile(r"[a-z0-9][a-z0-9._-]*(\[[a-z0-9,_-]+\])?==[0-9][\w.!+-]*( ; [^\\]+)? \\")
    assert len(PINS) > 100
    assert [n for n, block in PINS.items() if not line.match(block.strip()) or not re.search(r"--hash=sha256:[0-9a-f]{64}\b", block)] == []


def test_nothing_comes_from_an_address_or_a_folder() -> None:
    text = "\n".join(requirements(b) for b in BLOCKS)
    assert re.findall(r"https?:|git\+|file:| @ |^-e |--index-url|--find-links|--trusted-host", text, re.MULTILINE) == []


def test_no_language_model_under_a_borrowed_name() -> None:
    assert [n for n in PINS if re.search(r"core[-_.](news|web)|_(sm|md|lg)$|-(sm|md|lg|trf)$", n)] == []


def test_no_absurd_version_number() -> None:
    versions = {n: re.search(r"==(\d+)", b)[1] for n, b in PINS.items()}
    assert {n: v for n, v in versions.items() if int(v) >= 900 and not 2000 <= int(v) <= 2100} == {}


def test_dependencies_of_the_project_are_locked_as_written() -> None:
    wanted = re.findall(r'^  "([A-Za-z0-9._-]+)==([^"]+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(wanted) > 10
    assert [(n, v) for n, v in wanted if not PINS.get(n.lower(), "").strip().startswith(f"{n.lower()}=={v}")] == []
