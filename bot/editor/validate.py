"""What a change must not break. Runs our strict loader over the content as it would be, before a byte is written."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Sequence

from bot.editor.changes import Change
from bot.editor.errors import EditError, FieldError
from bot.editor.future import field_error, future, live, load_future
from bot.editor.phrasing_rules import form_faults, held_out, leak_faults, question_faults, twin_faults
from bot.editor.workspace import Workspace
from bot.editor.yaml_text import values_of
from bot.knowledge.base import Knowledge
from bot.knowledge.errors import ContentError, ContentErrors
from bot.knowledge.faq import Faq
from bot.knowledge.nlu_files import SKIP, Example, parse_examples, read_examples
from bot.knowledge.plain import LIX_CLEAR, easy_faults, readability
from bot.knowledge.quality import MIN_PHRASINGS, official_names
from bot.knowledge.yamlfile import parse_yaml

NLU, FAQ = "data/nlu/", "data/faq/"
EXPECTATIONS = "tests/stories/gespraeche.yml"


@dataclass(frozen=True)
class Findings:
    """Errors forbid the change; warnings are shown with it, in German. `knowledge` is the content as it would be, when it can be read."""

    errors: tuple[FieldError, ...]
    warnings: tuple[str, ...]
    knowledge: Knowledge | None = field(default=None, repr=False)


def check(change: Change, workspace: Workspace) -> Findings:
    """Returns what speaks against a change. Content that is faulty already counts as an error, too."""
    try:
        return _check(change, workspace)
    except EditError as refusal:
        return Findings(tuple(refusal.errors), ())


def _check(change: Change, workspace: Workspace) -> Findings:
    errors, warnings = [], []
    after: Knowledge | None = None
    try:
        before = live(workspace).current()
        if any(e.path.startswith("data/") and not e.path.startswith(NLU) for e in change.edits):
            with future(change, workspace) as folder:
                after = load_future(folder, workspace)
        examples, new = _examples(change, workspace)
        known, now = (Counter(e.text for e in some) for some in (read_examples(workspace.data / "nlu"), examples))
    except ContentErrors as faults:
        return Findings(tuple(field_error(fault, workspace.root) for fault in faults.errors), ())
    knowledge = after or before
    typed = [e for e in new if now[e.text] > known[e.text]]  # the others have only moved
    for example in typed:
        errors += form_faults(example.text, example.intent)
    errors += twin_faults(typed, examples)
    errors += question_faults(new, {f"faq/{f.id}": f.frage for f in knowledge.faqs.values()})
    errors += leak_faults(typed, workspace)
    errors += _intent_faults(examples, knowledge, workspace, {e.intent for e in read_examples(workspace.data / "nlu")}, frozenset(before.faqs))
    if after:
        errors += _expectation_faults(change, after, workspace)
        asked = {f"faq/{i}": f.frage for i, f in after.faqs.items() if i not in before.faqs or f.frage != before.faqs[i].frage}
        errors += [FieldError("frage", fault.text, "Die Frage anders stellen oder den Satz verschieben.") for fault in question_faults(examples, asked)]
        warnings += [hint for faq in after.faqs.values() if faq != before.faqs.get(faq.id) for hint in plain_hints(faq)]
    warnings += _few(change, examples)
    return Findings(tuple(dict.fromkeys(errors)), tuple(dict.fromkeys(warnings)), knowledge)


def plain_hints(faq: Faq) -> list[str]:
    """Returns what makes the texts of an FAQ hard to read, as warnings."""
    hints = [f"{faq.id}, antwort_einfach: {fault}" for fault in easy_faults(faq.antwort_einfach, official_names())]
    lix = readability(faq.antwort, official_names()).lix
    return hints + ([f"{faq.id}, antwort: Der LIX ist {lix:.0f} (erlaubt {LIX_CLEAR:.0f}): kürzere Wörter und Sätze."] if lix > LIX_CLEAR else [])


def _examples(change: Change, workspace: Workspace) -> tuple[list[Example], list[Example]]:
    """Returns all sentences as they would be, and those among them that are new to their intent."""
    folder = workspace.data / "nlu"
    old = read_examples(folder)
    touched = {workspace.root / e.path: e.after for e in change.edits if e.path.startswith(NLU) and not set(Path(e.path).parts) & set(SKIP)}
    examples = [e for e in old if e.path not in touched]
    errors: list[ContentError] = []
    for path, content in touched.items():
        if content is not None:
            found, faults = parse_examples(parse_yaml(content, path), path)
            examples += found
            errors += faults
    if errors:
        raise ContentErrors(errors)
    known = Counter((e.intent, e.text) for e in old)
    return examples, [e for e in examples if e.path in touched and known[(e.intent, e.text)] == 0]


def _intent_faults(examples: Sequence[Example], knowledge: Knowledge, workspace: Workspace, known: set[str], faqs: frozenset[str]) -> list[FieldError]:
    """Finds intents without an answer, answers without phrasings, and intents that the domain does not know, unless they were so before."""
    now = {e.intent for e in examples}
    faults = [FieldError(i, f"Zu den Formulierungen „{i}“ gibt es keine Antwort in data/faq/.", "Die FAQ anlegen oder die Kennung berichtigen.")
              for i in sorted(now - known) if i.startswith("faq/") and i[4:] not in knowledge.faqs]
    faults += [FieldError(f"faq/{i}", f"Die FAQ „{i}“ hat keine Formulierungen.", "Formulierungen ergänzen; ohne sie wird die Antwort nie gefunden.")
               for i in sorted(knowledge.faqs) if f"faq/{i}" not in now and (f"faq/{i}" in known or i not in faqs)]
    faults += [FieldError(f"faq/{i}", f"Die Formulierungen von „{i}“ bleiben ohne Antwort zurück.", "Die FAQ zusammenlegen oder umbenennen, nicht löschen.")
               for i in sorted(faqs - set(knowledge.faqs)) if f"faq/{i}" in now]
    domain = workspace.root / "domain.yml"
    if now - known and domain.is_file():
        learnt = {str(i) if isinstance(i, str) else str(next(iter(i))) for i in values_of(domain.read_bytes(), "domain.yml")["intents"]}
        faults += [FieldError(i, f"Die Absicht „{i}“ kennt domain.yml nicht.", "Kennung prüfen; eine neue Absicht legt die Entwicklung an.")
                   for i in sorted(now - known) if i.split("/")[0] not in learnt]
    return faults


def _expectation_faults(change: Change, after: Knowledge, workspace: Workspace) -> list[FieldError]:
    """Finds test questions and conversations that expect an FAQ which is gone."""
    gone = {Path(e.path).stem for e in change.edits if e.path.startswith(FAQ) and e.after is None} - set(after.faqs)
    if not gone:
        return []
    edits = {e.path: e.after for e in change.edits}
    expected: set[str] = set()
    with tempfile.TemporaryDirectory() as name:
        for path in workspace.names("tests/nlu/heldout/*.yml"):
            (Path(name) / Path(path).name).write_bytes(edits.get(path, workspace.read(path)) or b"")
        if any(Path(name).iterdir()):
            expected = {q.faq for questions in held_out(Path(name)).values() for q in questions}
    stories = edits.get(EXPECTATIONS, workspace.read(EXPECTATIONS))
    if stories:
        expected |= {str(turn.get("faq", "")) for talk in values_of(stories, EXPECTATIONS) for turn in talk["zuege"]}
    return [FieldError("", f"Tests erwarten noch die FAQ „{i}“.", "Die FAQ umbenennen oder zusammenlegen, statt sie zu löschen.") for i in sorted(gone & expected)]


def _few(change: Change, examples: Sequence[Example]) -> list[str]:
    touched = {e.path for e in change.edits}
    counts = Counter(e.intent for e in examples)
    intents = {e.intent for e in examples if any(e.path.as_posix().endswith(path) for path in touched if path.startswith(NLU))}
    return [f"„{i}“ hat {counts[i]} Formulierungen, nötig sind {MIN_PHRASINGS}." for i in sorted(intents) if counts[i] < MIN_PHRASINGS]
