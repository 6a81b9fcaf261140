"""What rows of a table change in the files of `data/offices/`, and the writing: all files or none. Used by `lotse offices import`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import yaml

from bot.knowledge.base import Knowledge
from bot.knowledge.errors import ContentError, ContentErrors
from bot.knowledge.office_columns import FIELDS, office_cells
from bot.knowledge.office_csv import Row, row_record
from bot.knowledge.office_yaml import edit_field, new_fields
from bot.knowledge.offices import Office, build_office
from bot.knowledge.staged import beside, put, replace_file, stage
from bot.knowledge.yamlfile import Record, parse_yaml


class FieldChange(NamedTuple):
    """One field before and after, as text; empty is unknown."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """What one row does to one office: `old` is None for a new one, `fields` is empty when nothing changes."""

    row: Row
    path: Path
    old: Office | None
    office: Office
    fields: tuple[FieldChange, ...]
    before: bytes | None
    after: bytes

    def touches(self, *fields: str) -> bool:
        """Tells whether one of `fields` changes."""
        return any(change.field in fields for change in self.fields)


def plan_changes(rows: list[Row], table: Path, knowledge: Knowledge, folder: Path) -> list[Change]:
    """Returns what the rows of `table` would do to the office files in `folder`, without writing.

    A column that the table does not have leaves its field alone; an empty cell removes the field.

    Raises:
        ContentErrors: a row breaks a rule of the office files, or a file cannot be changed line by line.
    """
    errors: list[ContentError] = []
    rules = (tuple(knowledge.angebote), frozenset(knowledge.places.kreise))
    planned = []
    for row in rows:
        path = folder / f"{row.id}.yml"
        before = _content(path)
        known = {} if before is None else parse_yaml(before, path).value
        planned.append((row, path, before, build_office(row.id, row_record(row, known, table, errors), *rules)))
    if errors:
        raise ContentErrors(errors)
    return [_change(row, path, before, knowledge.offices.get(row.id), office, rules) for row, path, before, office in planned]


def _change(row: Row, path: Path, before: bytes | None, old: Office | None, office: Office, rules: tuple[tuple[str, ...], frozenset[str]]) -> Change:
    cells = office_cells(office)
    was = office_cells(old) if old else dict.fromkeys(FIELDS, "")
    fields = tuple(FieldChange(field, was[field], cells[field]) for field in FIELDS if was[field] != cells[field])
    try:
        if before is None:
            text = new_fields({change.field: getattr(office, change.field) for change in fields})
        else:
            text = before.decode("utf-8-sig")
            for change in fields:
                text = edit_field(text, change.field, getattr(office, change.field) if change.new else None)
        after = text.encode("utf-8")
        errors: list[ContentError] = []
        written = build_office(row.id, Record(parse_yaml(after, path), path, errors), *rules)
        whole = not errors and written == office
    except (ContentErrors, yaml.YAMLError, ValueError):
        whole = False
    if not whole:
        raise ContentErrors([ContentError(path, 0, "", "Die Datei ist so aufgebaut, dass sie sich nicht zeilenweise ändern lässt.", "Diese Änderung von Hand eintragen.")])
    return Change(row, path, old, office, fields, before, after)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def write_changes(changes: list[Change]) -> None:
    """Writes all files or, on any fault, none.

    Raises:
        ContentErrors: a file changed since the plan was made, or cannot be written.
    """
    changes = [change for change in changes if change.fields]
    for change in changes:
        if _content(change.path) != change.before:
            raise ContentErrors([ContentError(change.path, 0, "", "Die Datei hat sich seit dem Vergleich geändert; nichts wurde geschrieben.", "Den Import wiederholen.")])
    staged: list[tuple[Change, Path]] = []
    done: list[Change] = []
    try:
        for change in changes:
            staged.append((change, stage(change.path, change.after)))
        for change, aside in staged:
            put(change.path, aside)
            done.append(change)
    except OSError as error:
        for written in done:
            _restore(written)
        raise ContentErrors([ContentError(change.path, 0, "", f"Die Datei ist nicht schreibbar ({error.strerror}); nichts wurde geändert.", "Platz und Rechte prüfen.")]) from None
    finally:
        for change in changes:
            beside(change.path).unlink(missing_ok=True)


def _restore(change: Change) -> None:
    if change.before is None:
        change.path.unlink()
    else:
        replace_file(change.path, change.before)
