"""A table of phrasings becomes one change, or a list of faults and nothing else."""

from __future__ import annotations

from collections import defaultdict

from bot.editor.changes import Change, Draft
from bot.editor.errors import EditError, FieldError
from bot.editor.phrasing_rules import clean, form_faults, key
from bot.editor.phrasings import INTENT, all_phrasings, put, take, unknown_intent
from bot.editor.table_read import SHOWN, Row, read_rows
from bot.editor.workspace import Workspace


def import_table(raw: bytes, name: str, workspace: Workspace = Workspace()) -> Change:  # noqa: B008 (frozen)
    """Returns the change that a CSV or XLSX table asks for; phrasings that it does not name stay.

    Args:
        raw: the file's content, at most 2 MiB and 20,000 rows.
        name: its name.

    Raises:
        EditError: the file or a row is faulty, with line and column; at most 50 faults at once.
    """
    rows = read_rows(raw, name)
    known = all_phrasings(workspace)
    by_key = {key(text): (intent, text) for intent, sentences in known.items() for text in sentences}
    plan = _Plan(known, by_key, name.replace("\\", "/").rsplit("/", 1)[-1][:80])
    for row in rows:
        plan.take(row)
        if len(plan.faults) > SHOWN:
            break
    if plan.faults:
        raise EditError(plan.faults[:SHOWN])
    draft = Draft(workspace)
    for intent, sentences in plan.add.items():  # first in, then out: an intent may lose all its old sentences
        put(draft, intent, sentences)
    for intent, sentences in plan.remove.items():
        take(draft, intent, sentences)
    added, removed = sum(map(len, plan.add.values())), sum(map(len, plan.remove.values()))
    return draft.change(f"Formulierungen aus einer Tabelle: {added - plan.moved} ergänzt, {removed - plan.moved} entfernt, {plan.moved} verschoben")


class _Plan:
    """What the rows ask for, gathered by intent; the first word on a sentence counts, a second one is a fault."""

    def __init__(self, known: dict[str, list[str]], by_key: dict[str, tuple[str, str]], name: str) -> None:
        self.known, self.by_key, self.name = known, by_key, name
        self.known_texts = {text: intent for intent, sentences in known.items() for text in sentences}
        self.add: dict[str, list[str]] = defaultdict(list)
        self.remove: dict[str, list[str]] = defaultdict(list)
        self.faults: list[FieldError] = []
        self.moved = 0
        self._seen: dict[str, int] = {}

    def take(self, row: Row) -> None:
        place, sentence = f"{self.name}:{row.line}", clean(row.sentence)
        if row.intent not in self.known or not INTENT.fullmatch(row.intent):
            self.faults += [FieldError(e.field, e.text, e.remedy, place) for e in unknown_intent(row.intent, self.known).errors]
            return
        word_for_word = self.known_texts.get(sentence)  # two phrasings may differ in their punctuation only („§“, „+“)
        here = (word_for_word, sentence) if word_for_word else self.by_key.get(key(sentence))
        earlier = self._seen.setdefault(sentence if word_for_word else key(sentence), row.line)
        if earlier != row.line:
            self._fault("satz", f"Derselbe Satz steht schon in Zeile {earlier}.", "Eine der beiden Zeilen löschen.", place)
            return
        if row.action == "entfernen":
            if here is None or here[0] != row.intent:
                self._fault("satz", f"Der Satz steht nicht bei „{row.intent}“.", "Kennung und Wortlaut prüfen.", place)
            else:
                self.remove[row.intent].append(here[1])
        elif here is None:
            self._new(row, sentence, place)
        elif here[0] != row.intent and row.action == "verschieben":
            self.remove[here[0]].append(here[1])
            self.add[row.intent].append(here[1])
            self.moved += 1
        elif here[0] != row.intent:
            self._fault("satz", f"Der Satz steht schon bei „{here[0]}“.", "In die Spalte aktion „verschieben“ schreiben oder die Zeile löschen.", place)

    def _new(self, row: Row, sentence: str, place: str) -> None:
        if row.action == "verschieben":
            self._fault("satz", "Diesen Satz gibt es noch nicht; er lässt sich nicht verschieben.", "Die Aktion löschen, um ihn zu ergänzen.", place)
            return
        faults = form_faults(sentence, "satz")
        self.faults += [FieldError("satz", e.text, e.remedy, place) for e in faults]
        if not faults:
            self.add[row.intent].append(sentence)

    def _fault(self, field: str, text: str, remedy: str, place: str) -> None:
        self.faults.append(FieldError(field, text, remedy, place))
