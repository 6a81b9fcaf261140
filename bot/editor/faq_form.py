"""An FAQ as a form: field by field in and out, the loader's faults beside their fields, hints on plain language."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Mapping

import yaml

from bot.editor.changes import Change, Draft
from bot.editor.errors import FieldError, refuse
from bot.editor.faq_files import DATES, FIELDS
from bot.editor.faq_ids import faq_file
from bot.editor.four_eyes import change_needs_second_person
from bot.editor.record_file import set_fields
from bot.editor.scalars import plain
from bot.editor.validate import check
from bot.editor.workspace import Workspace
from bot.editor.yaml_text import Form, dump, load, odd_layout
from bot.editor.yaml_text import values as read_values
from bot.knowledge.base import Knowledge


@dataclass(frozen=True)
class Look:
    """A change with everything a form has to show: faults per field, hints, whether a second person has to agree, and the content as it would be."""

    change: Change
    errors: tuple[FieldError, ...]
    warnings: tuple[str, ...]
    second_person: bool
    knowledge: Knowledge | None = field(repr=False)

    def at(self, field: str) -> list[FieldError]:
        """Returns the faults of a field and of what it holds (`quellen[2].url` belongs to `quellen`)."""
        return [e for e in self.errors if e.field == field or e.field.startswith((f"{field}.", f"{field}["))]


def faq_values(faq: str, workspace: Workspace = Workspace()) -> dict[str, Any]:  # noqa: B008 (frozen)
    """Returns the fields of an FAQ as the form shows them; dates as „2026-11-20“, missing fields as None.

    Raises:
        EditError: no such FAQ.
    """
    form = Draft(workspace).need(faq_file(faq))
    document = load(Form.of(form).text(form, faq_file(faq)), faq_file(faq))
    return {field: plain(document[field]) if field in document else None for field in FIELDS}


def edit_faq(faq: str, values: Mapping[str, Any], workspace: Workspace = Workspace()) -> Change:  # noqa: B008
    """Returns the change that sets fields of an FAQ; empty ones are removed, fields not named stay.

    Args:
        values: texts, dates as „2026-11-20“, `rechtsgrundlagen` [{norm, url}], `quellen` [{titel, url}], `verwandt` [id], `aspekte` {aspekt: id}, `beratung_anbieten` bool.

    Raises:
        EditError: no such FAQ or field, or a file that cannot be changed field by field.
    """
    draft = Draft(workspace)
    name = faq_file(faq)
    raw = draft.need(name)
    form = Form.of(raw)
    document = load(form.text(raw, name), name)
    if set_fields(document, values, FIELDS, DATES):
        text = dump(document)
        _same(plain(document), text, name)
        draft.write(name, form.raw(text))
    fields = ", ".join(field for field in FIELDS if field in values) if len(values) < 4 else f"{len(values)} Felder"
    return draft.change(f"FAQ „{faq}“: {fields} geändert")


def look(change: Change, workspace: Workspace = Workspace()) -> Look:  # noqa: B008
    """Returns a change with what the checks say; for the form, before anything is written."""
    findings = check(change, workspace)
    return Look(change, findings.errors, findings.warnings, change_needs_second_person(change, workspace), findings.knowledge)


def _same(wanted: Any, text: str, name: str) -> None:
    """Makes sure that the other reader, too, finds what was meant."""
    try:
        found = plain(read_values(text))
    except yaml.YAMLError:
        raise odd_layout(name) from None
    if _words(found) != _words(wanted):
        raise refuse("Ein Text lässt sich so nicht in die Datei schreiben.", "Leerzeilen und Einrückungen im Text entfernen.", place=name)


def _words(value: Any) -> Any:
    """Returns a value with texts reduced to their words, numbers and dates as text: folding may move line breaks, nothing else."""
    if isinstance(value, dict):
        return {k: _words(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_words(v) for v in value]
    return " ".join(str(value).split())
