"""Phrasings in, out and from one intent to another. Each function returns a `Change` to look at; `transaction.apply` writes it."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from typing import Iterable, Sequence

from bot.editor.changes import Change, Draft
from bot.editor.errors import EditError, refuse
from bot.editor.nlu_document import NluDocument
from bot.editor.phrasing_rules import clean, form_faults
from bot.editor.workspace import Workspace
from bot.knowledge.nlu_files import Example, read_examples

INTENT = re.compile(r"[a-z0-9_]+(/[a-z0-9_]+(-[a-z0-9_]+)*)?")


def all_phrasings(workspace: Workspace = Workspace()) -> dict[str, list[str]]:  # noqa: B008 (frozen)
    """Returns the sentences of every intent, in the order of the files.

    Raises:
        ContentErrors: the files are faulty.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for example in read_examples(workspace.data / "nlu"):
        found[example.intent].append(example.text)
    return dict(found)


def add_phrasings(intent: str, sentences: Sequence[str], workspace: Workspace = Workspace()) -> Change:  # noqa: B008
    """Returns the change that adds sentences to an intent.

    Raises:
        EditError: no such intent, or a sentence that cannot be one.
    """
    draft = Draft(workspace)
    added = put(draft, intent, sentences)
    return draft.change(f"{intent}: {_counted(added, 'ergänzt')}")


def remove_phrasings(intent: str, sentences: Sequence[str], workspace: Workspace = Workspace()) -> Change:  # noqa: B008
    """Returns the change that takes sentences away.

    Raises:
        EditError: no such intent or sentence, or none would be left.
    """
    draft = Draft(workspace)
    take(draft, intent, sentences)
    return draft.change(f"{intent}: {_counted(sentences, 'entfernt')}")


def move_phrasings(source: str, target: str, sentences: Sequence[str], workspace: Workspace = Workspace()) -> Change:  # noqa: B008
    """Returns the change that gives sentences of one intent to another.

    Raises:
        EditError: no such intent or sentence, or none would be left.
    """
    if source == target:
        raise refuse("Quelle und Ziel sind dieselbe Absicht.", "Eine andere Absicht wählen.", "ziel")
    draft = Draft(workspace)
    take(draft, source, sentences)
    put(draft, target, sentences)
    return draft.change(f"{_counted(sentences, 'verschoben')}: {source} → {target}")


def put(draft: Draft, intent: str, sentences: Sequence[str]) -> list[str]:
    """Adds sentences to an intent in a draft and returns them as written."""
    sentences = [clean(sentence) for sentence in sentences]
    faults = [fault for sentence in sentences for fault in form_faults(sentence, intent)]
    if faults or not sentences:
        raise EditError(faults) if faults else refuse("Es ist kein Satz angegeben.", "Mindestens einen Satz eintragen.", intent)
    path = file_of(intent, draft)
    document = NluDocument(draft.need(path), path)
    document.add(intent, sentences)
    draft.write(path, document.render())
    return sentences


def take(draft: Draft, intent: str, sentences: Sequence[str]) -> None:
    """Removes sentences of an intent in a draft."""
    if not sentences:
        raise refuse("Es ist kein Satz angegeben.", "Mindestens einen Satz auswählen.", intent)
    path = file_of(intent, draft)
    document = NluDocument(draft.need(path), path)
    document.remove(intent, list(sentences))
    draft.write(path, document.render())


def file_of(intent: str, draft: Draft) -> str:
    """Returns the file in which an intent stands.

    Raises:
        EditError: no such intent; names the nearest ones.
    """
    if not INTENT.fullmatch(intent) or len(intent) > 120:
        raise refuse(f"„{intent[:60]}“ ist keine Kennung einer Absicht.", "Zum Beispiel faq/kosten-ueberblick oder gespraech/dank.", "kennung")
    own = f"data/nlu/{intent}.yml"
    if intent.startswith("faq/") and draft.read(own) is not None:
        return own
    examples = read_examples(draft.workspace.data / "nlu")
    found = next((e for e in examples if e.intent == intent), None)
    if found is None:
        raise unknown_intent(intent, (e.intent for e in examples))
    return _relative(found, draft.workspace)


def unknown_intent(intent: str, known: Iterable[str], place: str = "") -> EditError:
    """Returns the error for an intent that does not exist."""
    near = difflib.get_close_matches(intent, sorted(set(known)), 3, 0.6)
    return refuse(f"Die Absicht „{intent[:60]}“ gibt es nicht.", f"Meinten Sie {' oder '.join(near)}?" if near else "Kennungen zeigt „lotse phrasings list“.", "kennung", place)


def _relative(example: Example, workspace: Workspace) -> str:
    return example.path.relative_to(workspace.root).as_posix()


def _counted(sentences: Sequence[str], done: str) -> str:
    return f"Formulierung „{clean(sentences[0])[:60]}“ {done}" if len(sentences) == 1 else f"{len(sentences)} Formulierungen {done}"
