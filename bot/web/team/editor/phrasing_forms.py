"""The forms on the page of an intent: add, remove and move sentences, rename and merge an FAQ."""

from __future__ import annotations

from bot.editor.changes import Change
from bot.editor.errors import EditError, FieldError, refuse
from bot.editor.faq_ids import rename_faq
from bot.editor.merge import merge_faqs
from bot.editor.phrasing_rules import clean
from bot.editor.phrasings import add_phrasings, all_phrasings, move_phrasings, remove_phrasings
from bot.editor.workspace import Workspace
from bot.knowledge.base import Knowledge
from bot.web.team.editor.change import Operation, Page, offer
from bot.web.team.editor.forms import Posted
from bot.web.team.editor.shared import intent_id, intent_name

PREFIX = "faq/"


def add(form: Posted, workspace: Workspace, knowledge: Knowledge) -> Change:
    """Adds the typed sentences, one per line, each once."""
    try:
        return add_phrasings(form.one("absicht"), sentences_of(form), workspace)
    except EditError as error:
        raise _at(error, "saetze") from None


def remove(form: Posted, workspace: Workspace, knowledge: Knowledge) -> Change:
    """Removes the chosen sentences."""
    try:
        return remove_phrasings(form.one("absicht"), form.all("satz"), workspace)
    except EditError as error:
        raise _at(error, "satz") from None


def move(form: Posted, workspace: Workspace, knowledge: Knowledge) -> Change:
    """Moves the chosen sentences to the intent that was typed."""
    if not form.one("ziel"):
        raise refuse("Es fehlt, wohin die Sätze gehören.", "Die Absicht oder die Frage der FAQ eintippen und aus der Liste wählen.", "ziel")
    target = intent_id(form.one("ziel"), {intent: intent_name(intent, knowledge) for intent in all_phrasings(workspace)})
    try:
        return move_phrasings(form.one("absicht"), target, form.all("satz"), workspace)
    except EditError as error:
        raise _at(error, "satz" if not form.all("satz") else "ziel") from None


def rename(form: Posted, workspace: Workspace, knowledge: Knowledge) -> Change:
    """Gives the FAQ another id."""
    try:
        return rename_faq(_faq(form), form.one("neu"), workspace)
    except EditError as error:
        raise _at(error, "neu") from None


def merge(form: Posted, workspace: Workspace, knowledge: Knowledge) -> Change:
    """Lets the FAQ go into another one."""
    target = intent_id(form.one("in"), {PREFIX + faq.id: faq.frage for faq in knowledge.faqs.values()})
    if target.removeprefix(PREFIX) not in knowledge.faqs:
        raise refuse("Diese FAQ gibt es nicht.", "Die Frage eintippen und aus der Liste wählen.", "in")
    try:
        return merge_faqs(_faq(form), target.removeprefix(PREFIX), workspace)
    except EditError as error:
        raise _at(error, "in") from None


def sentences_of(form: Posted, name: str = "saetze") -> list[str]:
    """Returns the typed sentences, cleaned, each once."""
    return list(dict.fromkeys(clean(line) for line in form.lines(name) if clean(line)))


def back(form: Posted) -> str:
    """Returns the address of the intent's page."""
    return f"/team/daten/{form.one('absicht')}"


def offer_all(page: Page) -> None:
    """Offers the changes that belong to the page of an intent."""
    offer(Operation("hinzufuegen", add, page, back, lambda form, _: (sentences_of(form), form.one("absicht"))))
    offer(Operation("entfernen", remove, page, back))
    offer(Operation("verschieben", move, page, back))
    offer(Operation("umbenennen", rename, page, lambda form: f"/team/daten/faq/{form.one('neu')}"))
    offer(Operation("zusammenlegen", merge, page, lambda form: "/team/daten"))


def _faq(form: Posted) -> str:
    intent = form.one("absicht")
    if not intent.startswith(PREFIX):
        raise refuse("Das geht nur bei einer FAQ.", "Die Absichten der Gesprächsführung ändert die Entwicklung.")
    return intent.removeprefix(PREFIX)


def _at(error: EditError, field: str) -> EditError:
    """Returns the same faults, shown beside a field of this page."""
    return EditError(FieldError(field, e.text, e.remedy, "") for e in error.errors)
