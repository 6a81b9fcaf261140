"""Which changes need a second person: answers that rest on law, and the amounts and deadlines they name."""

from __future__ import annotations

from typing import Any

import yaml

from bot.editor.changes import Change
from bot.editor.workspace import Workspace
from bot.editor.yaml_text import values
from bot.knowledge.faq import Faq

TEXTS = ("frage", "antwort", "antwort_einfach", "mehr", "rechtsgrundlagen", "quellen", "gilt", "sicher")
WERTE = "data/werte.yml"
WERT_FIELDS = ("einheit", "norm", "quelle", "werte")


def needs_second_person(before: Faq | None, after: Faq | None) -> bool:
    """Tells whether a change of an FAQ needs a second person: it cites law, before or after, and its text, law or sources change.

    Args:
        before: None for a new FAQ.
        after: None for one that goes.
    """
    if not any(faq and faq.rechtsgrundlagen for faq in (before, after)):
        return False
    return before is None or after is None or any(getattr(before, field) != getattr(after, field) for field in TEXTS)


def change_needs_second_person(change: Change, workspace: Workspace) -> bool:
    """Tells the same of a whole change; amounts and deadlines in data/werte.yml count as law. A mere other id does not."""
    records = {e.path: (_read(e.before), _read(e.after)) for e in change.edits if e.path.startswith("data/faq/")}
    gone, new = [b for b, a in records.values() if a is None], [a for b, a in records.values() if b is None]
    for before, after in records.values():
        if before is not None and after is not None and _cites(before, after) and _part(before) != _part(after):
            return True
    kept = [_part(record) for record in new]
    if any(_cites(r) and _part(r) not in kept for r in gone) or any(_cites(r) and _part(r) not in [_part(g) for g in gone] for r in new):
        return True
    for edit in change.edits:
        if edit.path == WERTE:
            old, fresh = _read(edit.before) or {}, _read(edit.after) or {}
            return any(_amount(old.get(i)) != _amount(fresh.get(i)) for i in {*old, *fresh} if i in old or i in fresh)
    return False


def _read(content: bytes | None) -> dict[str, Any] | None:
    if content is None:
        return None
    try:
        found = values(content)
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}


def _cites(*records: dict[str, Any] | None) -> bool:
    return any(record and record.get("rechtsgrundlagen") for record in records)


def _part(record: dict[str, Any] | None) -> dict[str, Any]:
    return {field: _words((record or {}).get(field)) for field in TEXTS}


def _amount(wert: Any) -> Any:
    return {field: wert.get(field) for field in WERT_FIELDS} if isinstance(wert, dict) else wert


def _words(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value
