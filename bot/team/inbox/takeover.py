"""Approved labels become training sentences: one change of `data/nlu`, one commit by the person who approved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Collection, Mapping, Sequence

from bot.editor.changes import Change, Draft
from bot.editor.errors import EditError, FieldError, refuse
from bot.editor.phrasing_rules import clean, key
from bot.editor.phrasings import put, take
from bot.editor.transaction import Applied, apply
from bot.editor.workspace import Author, Workspace
from bot.knowledge.nlu_files import read_examples
from bot.store import audit, labels
from bot.store.database import Database
from bot.store.tables import FOREIGN
from bot.team.inbox.choices import OFF_TOPIC
from bot.training.complaints import with_complaint, without_complaints

PLACEHOLDER = re.compile(r"<[A-ZÄÖÜ-]{3,}>")
MARKS = str.maketrans({c: " " for c in "[]{}|"})
FEWEST_WORDS = 2
COMPLAINTS = "tests/nlu/beschwerden.yml"


@dataclass(frozen=True)
class Candidate:
    """A label that may go in: id, intent, the sentence as it would be written, who labelled it, and why it cannot go in yet ("" when it can)."""

    id: str
    intent: str
    sentence: str
    author: str
    known: bool
    problem: str = ""

    @property
    def can_be_test(self) -> bool:
        """Tells whether the sentence may become a test that every later model has to pass."""
        return self.intent == OFF_TOPIC or self.intent.startswith("faq/")


def without_placeholders(text: str) -> str:
    """Returns a masked text without its placeholders and without signs that mark up training sentences."""
    return clean(re.sub(r"\s+([,.;?!])", r"\1", PLACEHOLDER.sub(" ", text).translate(MARKS)))


def candidates(db: Database, workspace: Workspace = Workspace()) -> list[Candidate]:  # noqa: B008 (frozen)
    """Returns what waits to go into the training data."""
    there = {(e.intent, key(e.text)) for e in read_examples(workspace.data / "nlu")}
    return [_candidate(row, there) for row in labels.waiting(db)]


def _candidate(row: Mapping[str, Any], there: set[tuple[str, str]]) -> Candidate:
    intent = OFF_TOPIC if row["kind"] == FOREIGN else row["intent"] or ""
    sentence = without_placeholders(row["text"])
    problem = ""
    if PLACEHOLDER.search(row["text"]):
        problem = "Hier wurden persönliche Angaben entfernt. Bitte so umschreiben, dass der Satz vollständig ist." if len(sentence.split()) >= FEWEST_WORDS else "Ohne die entfernten Angaben bleibt zu wenig übrig."
    return Candidate(row["id"], intent, sentence, row["author"], (intent, key(sentence)) in there, problem)


def prepare(db: Database, chosen: Mapping[str, str], workspace: Workspace = Workspace(), tests: Collection[str] = ()) -> tuple[Change, dict[str, str]]:  # noqa: B008
    """Returns the change that writes the chosen labels, and which sentence each label became ("" when it stands there already).

    Args:
        chosen: label id → the sentence, as the person may have rewritten it.
        tests: ids of the labels whose sentence also becomes a test (`bot/training/complaints.py`).

    Raises:
        EditError: a sentence cannot be one; `field` is the label's id.
    """
    known = {c.id: c for c in candidates(db, workspace)}
    there = {(e.intent, key(e.text)) for e in read_examples(workspace.data / "nlu")}
    draft, faults, written, per_intent = Draft(workspace), [], {}, {}  # type: Draft, list[FieldError], dict[str, str], dict[str, list[str]]
    for id, given in chosen.items():
        if id not in known:
            continue
        sentence, intent = clean(given), known[id].intent
        if PLACEHOLDER.search(sentence):
            faults.append(FieldError(id, "Der Satz enthält noch einen Platzhalter.", "Den Platzhalter durch etwas Allgemeines ersetzen oder weglassen."))
        elif (intent, key(sentence)) in there:
            written[id] = ""
        else:
            there.add((intent, key(sentence)))
            written[id] = sentence
            per_intent.setdefault(intent, []).append(sentence)
            if id in tests and known[id].can_be_test:
                faults += _keep_as_test(draft, id, sentence, intent)
    for intent, sentences in per_intent.items():
        faults += _put(draft, intent, sentences, {sentence: id for id, sentence in written.items()})
    if faults:
        raise EditError(faults)
    if not written:
        raise refuse("Es ist nichts ausgewählt.", "Mindestens eine Nachricht ankreuzen.")
    names = ", ".join(sorted(per_intent)[:3]) + (" …" if len(per_intent) > 3 else "")
    many = sum(map(len, per_intent.values()))
    return draft.change(f"{many} Formulierung{'en' if many != 1 else ''} aus dem Posteingang übernommen: {names}"), written


def _put(draft: Draft, intent: str, sentences: Sequence[str], ids: Mapping[str, str]) -> list[FieldError]:
    try:
        put(draft, intent, sentences)
    except EditError as refused:
        return [FieldError(next((id for text, id in ids.items() if text[:60] in fault.text), ids[sentences[0]]), fault.text, fault.remedy) for fault in refused.errors]
    return []


def _keep_as_test(draft: Draft, id: str, sentence: str, intent: str) -> list[FieldError]:
    try:
        text = with_complaint((draft.read(COMPLAINTS) or b"").decode("utf-8"), sentence, "" if intent == OFF_TOPIC else intent.removeprefix("faq/"))
    except ValueError as error:
        return [FieldError(id, str(error), "Den Haken „Als Prüfung behalten“ entfernen oder zuerst die alte Zeile berichtigen.")]
    draft.write(COMPLAINTS, text.encode("utf-8"))
    return []


def take_over(db: Database, author: Author, actor: str, change: Change, written: Mapping[str, str], workspace: Workspace = Workspace()) -> Applied:  # noqa: B008
    """Writes and commits the change and notes which labels are in.

    Raises:
        EditError: as `transaction.apply`; nothing was written, the labels wait on.
    """
    applied = Applied("", ()) if change.is_empty else apply(change, author, workspace)
    labels.taken(db, dict(written))
    audit.note(db, actor, "posteingang_uebernommen", applied.commit[:12] or None, {"saetze": sum(1 for text in written.values() if text), "schon_da": sum(1 for text in written.values() if not text)})
    return applied


def withdraw(db: Database, author: Author, actor: str, workspace: Workspace = Workspace()) -> tuple[int, tuple[str, ...]]:  # noqa: B008
    """Removes from the training data and the tests what everybody who wrote it had deleted; returns how many sentences went, and what to tell.

    Raises:
        EditError: as `transaction.apply`.
    """
    rows = labels.withdrawn(db)
    there = {(e.intent, e.text) for e in read_examples(workspace.data / "nlu")}
    wanted: dict[str, list[str]] = {}
    for row in rows:
        intent = OFF_TOPIC if row.kind == FOREIGN else row.intent
        if (intent, row.sentence) in there and row.sentence not in wanted.get(intent, []):
            wanted.setdefault(intent, []).append(row.sentence)
    draft = Draft(workspace)
    for intent, sentences in wanted.items():
        take(draft, intent, sentences)
    kept = draft.read(COMPLAINTS)
    if kept is not None:
        draft.write(COMPLAINTS, without_complaints(kept.decode("utf-8"), [row.sentence for row in rows if row.sentence]).encode("utf-8"))
    total, notes = sum(map(len, wanted.values())), ()  # type: int, tuple[str, ...]
    change = draft.change(f"{total} Formulierungen entfernt, deren Gespräche gelöscht wurden")
    if not change.is_empty:  # also when a sentence stands among the tests only
        notes = apply(change, author, workspace).notes
    labels.forget(db, [row.id for row in rows])
    audit.note(db, actor, "posteingang_entfernt", None, {"saetze": total})
    return total, notes
