"""What the pages of the editor share: the project folder, names that people know, and diffs that they can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Mapping

from starlette.requests import Request

from bot.editor.changes import Change, FileEdit
from bot.editor.workspace import Workspace
from bot.knowledge.base import Knowledge

MOST_LINES = 400
NLU, FAQ, WERTE = "data/nlu/", "data/faq/", "data/werte.yml"


@dataclass(frozen=True)
class DiffLine:
    """One line of a diff: `kind` is „weg“, „neu“, „gleich“ or „luecke“."""

    kind: str
    text: str


@dataclass(frozen=True)
class FileDiff:
    """The diff of one file with a title for people; `hidden` lines are left out at the end."""

    path: str
    title: str
    lines: tuple[DiffLine, ...]
    hidden: int
    added: int
    removed: int


def workspace_of(request: Request) -> Workspace:
    """Returns the project folder that the console edits."""
    return request.app.state.team.workspace  # type: ignore[no-any-return]


def knowledge_of(request: Request) -> Knowledge:
    """Returns the content of now."""
    return request.app.state.knowledge.current()  # type: ignore[no-any-return]


def intent_name(intent: str, knowledge: Knowledge) -> str:
    """Returns what people call an intent: the question of an FAQ, else its id."""
    faq = knowledge.faqs.get(intent.removeprefix("faq/")) if intent.startswith("faq/") else None
    return faq.frage if faq else intent


def intent_id(given: str, known: Mapping[str, str]) -> str:
    """Returns the intent that somebody typed: its id, an FAQ's id alone, or its question word for word; else the text itself.

    Args:
        known: name of each intent by id.
    """
    given = " ".join(given.split())
    for candidate in (given, f"faq/{given}"):
        if candidate in known:
            return candidate
    return next((intent for intent, name in known.items() if name.casefold() == given.casefold()), given)


def diffs(change: Change, knowledge: Knowledge) -> list[FileDiff]:
    """Returns the diff of every file, those that people came for first."""
    order = sorted(change.edits, key=lambda e: (not e.path.startswith(NLU), not e.path.startswith(FAQ), e.path.startswith("tests/"), e.path))
    return [_diff(edit, knowledge) for edit in order]


def _diff(edit: FileEdit, knowledge: Knowledge) -> FileDiff:
    lines: list[DiffLine] = []
    for number, line in enumerate(edit.diff().splitlines()[2:]):
        if line.startswith("@@"):
            lines += [DiffLine("luecke", "…")] if number else []
        else:
            lines.append(DiffLine({"+": "neu", "-": "weg"}.get(line[:1], "gleich"), line[1:]))
    counts = {kind: sum(line.kind == kind for line in lines) for kind in ("neu", "weg")}
    return FileDiff(edit.path, file_title(edit.path, knowledge), tuple(lines[:MOST_LINES]), max(0, len(lines) - MOST_LINES), counts["neu"], counts["weg"])


def file_title(path: str, knowledge: Knowledge) -> str:
    """Returns what a file holds, in German."""
    stem = PurePosixPath(path).stem
    name = knowledge.faqs[stem].kurz if stem in knowledge.faqs else stem
    for start, title in ((f"{NLU}faq/", f"Formulierungen von „{name}“"), (NLU, f"Formulierungen ({stem})"), (FAQ, f"Antwort „{name}“"), (WERTE, "Beträge und Fristen"),
                         ("tests/nlu/heldout/", "Prüffragen"), ("tests/", "Tests")):
        if path.startswith(start):
            return title
    return path


def needs_training(change: Change) -> bool:
    """Tells whether the change takes effect only after a training: phrasings do, answers and amounts do not."""
    return any(edit.path.startswith(NLU) for edit in change.edits)


def faqs_of(text: str) -> list[str]:
    """Returns the ids in a text that are separated by blanks, commas or lines."""
    return [part for part in re.split(r"[\s,;]+", text) if part]
