"""A new FAQ: its answer and its phrasings, two files from one form."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from ruamel.yaml.comments import CommentedMap

from bot.editor.changes import Change, Draft
from bot.editor.errors import EditError, FieldError
from bot.editor.faq_ids import check_new_id, faq_file, nlu_file
from bot.editor.nlu_document import NluDocument
from bot.editor.phrasing_rules import clean, form_faults
from bot.editor.record_file import set_fields
from bot.editor.workspace import Workspace
from bot.editor.yaml_text import dump

FIELDS = ("frage", "kurz", "thema", "antwort", "antwort_einfach", "mehr", "rechtsgrundlagen", "quellen", "gilt", "stand", "pruefen_bis", "sicher", "verwandt", "aspekte", "beratung_anbieten")
DATES = ("stand", "pruefen_bis")


def new_faq(faq: str, record: Mapping[str, Any], sentences: Sequence[str], workspace: Workspace = Workspace()) -> Change:  # noqa: B008 (frozen)
    """Returns the change that adds an FAQ.

    Args:
        faq: its id, for ever.
        record: the fields of `data/faq/<id>.yml`.
        sentences: how people ask it.

    Raises:
        EditError: the id is taken or odd, a field is unknown, or a sentence cannot be one. What the fields hold is checked by `faq_form.look` or when it is written.
    """
    draft = Draft(workspace)
    add_faq(draft, faq, record, sentences)
    draft.notes.append(f"Noch fehlen Prüffragen zu „{faq}“ in tests/nlu/heldout/; am besten schreibt sie, wer die Formulierungen nicht kennt.")
    return draft.change(f"FAQ „{faq}“ ergänzt")


def add_faq(draft: Draft, faq: str, record: Mapping[str, Any], sentences: Sequence[str]) -> None:
    """Writes both files of a new FAQ in a draft."""
    check_new_id(faq, draft)
    sentences = list(dict.fromkeys(clean(s) for s in sentences if clean(s)))
    faults = [fault for sentence in sentences for fault in form_faults(sentence, "formulierungen")]
    if not sentences:
        faults.append(FieldError("formulierungen", "Es ist keine Formulierung angegeben.", "Mindestens 15 Sätze eintragen, je Zeile einen."))
    if faults:
        raise EditError(faults)
    document = CommentedMap()
    set_fields(document, record, FIELDS, DATES)
    draft.write(faq_file(faq), dump(document).encode("utf-8"))
    draft.write(nlu_file(faq), NluDocument.new(f"faq/{faq}", sentences, nlu_file(faq)).render())
