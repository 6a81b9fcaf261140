"""An FAQ gets another id, everywhere in one change: files, phrasings, references, test questions and conversations."""

from __future__ import annotations

from bot.editor.changes import Change, Draft
from bot.editor.errors import refuse
from bot.editor.nlu_document import NluDocument
from bot.editor.references import follow
from bot.editor.workspace import Workspace
from bot.knowledge.faq import ID

LONGEST = 60
RESERVED = ("beruf",)  # data/pruefung.yml: „the FAQ of the occupation“


def rename_faq(old: str, new: str, workspace: Workspace = Workspace()) -> Change:  # noqa: B008 (frozen)
    """Returns the change that gives an FAQ another id.

    Raises:
        EditError: no such FAQ, no good new id, or the program itself names the old one.
    """
    draft = Draft(workspace)
    check_new_id(new, draft)
    record, phrasings = draft.need(faq_file(old)), draft.need(nlu_file(old))
    follow(draft, old, new)
    draft.write(faq_file(new), draft.read(faq_file(old)) or record)
    draft.write(faq_file(old), None)
    document = NluDocument(phrasings, nlu_file(old))
    document.rename(f"faq/{old}", f"faq/{new}")
    draft.write(nlu_file(new), document.render())
    draft.write(nlu_file(old), None)
    return draft.change(f"FAQ „{old}“ heißt jetzt „{new}“")


def check_new_id(faq: str, draft: Draft) -> None:
    """Checks that an id is well formed and free.

    Raises:
        EditError: it is not.
    """
    if not ID.fullmatch(faq) or len(faq) > LONGEST or faq in RESERVED:
        raise refuse(f"„{faq[:LONGEST]}“ ist keine Kennung.", f"Bis {LONGEST} Zeichen: a–z, 0–9 und einzelne Bindestriche, zum Beispiel kosten-ueberblick; ae, oe, ue, ss statt Umlaut.", "kennung")
    if draft.read(faq_file(faq)) is not None or draft.read(nlu_file(faq)) is not None:
        raise refuse(f"Die FAQ „{faq}“ gibt es schon.", "Eine andere Kennung wählen.", "kennung")


def faq_file(faq: str) -> str:
    """Returns the path of an FAQ's record.

    Raises:
        EditError: it can be no id.
    """
    return f"data/faq/{_checked(faq)}.yml"


def nlu_file(faq: str) -> str:
    """Returns the path of an FAQ's phrasings."""
    return f"data/nlu/faq/{_checked(faq)}.yml"


def _checked(faq: str) -> str:
    if not ID.fullmatch(faq) or len(faq) > LONGEST:
        raise refuse(f"„{faq[:LONGEST]}“ ist keine Kennung einer FAQ.", "Kennungen zeigt „lotse phrasings list“.", "kennung")
    return faq
