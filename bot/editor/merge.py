"""Two FAQs that people cannot tell apart become one; one that answers two questions becomes two."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

import yaml

from bot.editor.changes import Change, Draft
from bot.editor.errors import refuse
from bot.editor.faq_files import add_faq
from bot.editor.faq_ids import faq_file, nlu_file
from bot.editor.nlu_document import NluDocument
from bot.editor.phrasing_rules import clean, form_faults, key
from bot.editor.phrasings import put, take
from bot.editor.references import HELDOUT, follow
from bot.editor.workspace import Workspace
from bot.editor.yaml_text import Form, dump, load, values_of


def merge_faqs(source: str, target: str, workspace: Workspace = Workspace()) -> Change:  # noqa: B008 (frozen)
    """Returns the change after which `target` answers what `source` did.

    The phrasings and the question of `source` go to `target`, every reference and every test question follows; the answer of `source` is lost.

    Raises:
        EditError: no such FAQ, both are the same, or the program itself names `source`.
    """
    if source == target:
        raise refuse("Beide FAQ sind dieselbe.", "Zwei verschiedene Kennungen angeben.", "ziel")
    draft = Draft(workspace)
    record = values_of(draft.need(faq_file(source)), faq_file(source))
    draft.need(faq_file(target))
    document = NluDocument(draft.need(nlu_file(source)), nlu_file(source))
    goal = NluDocument(draft.need(nlu_file(target)), nlu_file(target))
    known = {key(sentence) for sentence in goal.sentences(f"faq/{target}")}
    moved = {key(s): s for s in document.sentences(f"faq/{source}") if key(s) not in known}
    question = clean(str(record["frage"]))
    if key(question) not in known and not form_faults(question, ""):  # the question of an FAQ is always understood; it shall stay so
        moved.setdefault(key(question), question)
    goal.add(f"faq/{target}", list(moved.values()))
    draft.write(nlu_file(target), goal.render())
    draft.write(nlu_file(source), None)
    draft.write(faq_file(source), None)
    for name in draft.names(HELDOUT + "de_*.yml"):
        _join_questions(draft, name, source, target)
    follow(draft, source, target)
    for name in draft.names("data/faq/*.yml"):
        _without_twins(draft, name)
    draft.notes.append(f"Die Antwort von „{source}“ entfällt. Fehlt in „{target}“ etwas davon, dort ergänzen.")
    return draft.change(f"FAQ „{source}“ geht in „{target}“ auf")


def split_faq(source: str, new: str, record: Mapping[str, Any], sentences: Sequence[str], workspace: Workspace = Workspace()) -> Change:  # noqa: B008
    """Returns the change that makes a new FAQ from some phrasings of `source`.

    Args:
        record: the fields of the new FAQ as in `faq_form.edit_faq`.
        sentences: phrasings of `source` that belong to the new one.

    Raises:
        EditError: a faulty field, an unknown sentence, or none would be left.
    """
    draft = Draft(workspace)
    take(draft, f"faq/{source}", sentences)
    add_faq(draft, new, record, sentences)
    draft.notes.append(f"Prüffragen, die jetzt zu „{new}“ gehören, stehen noch bei „{source}“: von jemandem prüfen lassen, der die Formulierungen nicht kennt.")
    return draft.change(f"FAQ „{new}“ aus „{source}“ abgetrennt")


def move_all(draft: Draft, source: str, target: str, sentences: Sequence[str]) -> None:
    """Moves phrasings in a draft."""
    take(draft, source, sentences)
    put(draft, target, sentences)


def _join_questions(draft: Draft, name: str, source: str, target: str) -> None:
    """Puts the test questions of `source` below those of `target`, line by line; without `target` the key is renamed by `follow`."""
    form = Form.of(draft.need(name))
    text = form.text(draft.need(name), name)
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    spans = {k.value: (k.start_mark.line, v.value[-1].end_mark.line) for k, v in node.value if isinstance(v, yaml.SequenceNode) and v.value}
    if source not in spans or target not in spans:
        return
    lines = text.splitlines(keepends=True)
    (first, last), (_, end) = spans[source], spans[target]
    questions = lines[first + 1 : last + 1]
    if end > last:
        lines[end + 1 : end + 1] = questions
        del lines[first : last + 1]
    else:
        del lines[first : last + 1]
        lines[end + 1 : end + 1] = questions
    draft.write(name, form.raw("".join(lines)))


def _without_twins(draft: Draft, name: str) -> None:
    """Takes out of `verwandt` what stands twice or points to the FAQ itself."""
    raw = draft.need(name)
    related = values_of(raw, name).get("verwandt") or []
    own = name.removeprefix("data/faq/").removesuffix(".yml")
    wanted = list(dict.fromkeys(faq for faq in related if faq != own))
    if wanted == related:
        return
    form = Form.of(raw)
    document = load(form.text(raw, name), name)
    seen: set[str] = set()
    for number in range(len(related) - 1, -1, -1):
        if related[number] == own or related.index(related[number]) != number:
            del document["verwandt"][number]
    if not document["verwandt"]:
        del document["verwandt"]
    seen.update(wanted)
    draft.write(name, form.raw(dump(document)))
