"""Fields of one record in and out of a YAML file; untouched fields keep their bytes."""

from __future__ import annotations

import datetime as dt
from typing import Any, Mapping, Sequence

from ruamel.yaml.comments import CommentedMap

from bot.editor.errors import EditError, FieldError
from bot.editor.scalars import plain, styled
from bot.knowledge.yamlfile import DATE

EMPTY: tuple[Any, ...] = (None, "", [], {}, ())


def set_fields(document: CommentedMap, values: Mapping[str, Any], order: Sequence[str], dates: Sequence[str] = ()) -> bool:
    """Sets, adds or removes fields and tells whether anything changed.

    Args:
        values: new values by field; empty text, list or None removes the field. Texts are stripped, dates may come as „2026-11-20“.
        order: all fields in the order of the files; a new field goes to its place.
        dates: fields that hold dates.

    Raises:
        EditError: a field that the record cannot have.
    """
    unknown = [field for field in values if field not in order]
    if unknown:
        raise EditError([FieldError(field, "Dieses Feld gibt es nicht.", f"Bekannt sind: {', '.join(order)}.") for field in unknown])
    changed = False
    for field in order:
        if field not in values:
            continue
        value, old = _value(values[field], field in dates), document.get(field)
        if value in EMPTY or (isinstance(value, (dict, list, str)) and not value):
            if field in document:
                del document[field]
                changed = True
        elif field not in document:
            earlier = [list(document).index(name) for name in order[: order.index(field)] if name in document]
            document.insert(max(earlier, default=-1) + 1, field, styled(value))
            changed = True
        elif plain(old) != plain(value):
            document[field] = styled(value, old)
            changed = True
    return changed


def _value(value: Any, is_date: bool) -> Any:
    """Returns a form's value as the file shall hold it."""
    if isinstance(value, str):
        value = "\n".join(line.rstrip() for line in value.replace("\r\n", "\n").split("\n")).strip()
        return as_date(value) if is_date else value
    if isinstance(value, Mapping):
        return {str(k): _value(v, k in ("ab", "bis")) for k, v in value.items() if v not in EMPTY}
    if isinstance(value, (list, tuple)):
        return [item for item in (_value(v, False) for v in value) if item not in EMPTY]
    return value


def as_date(text: str) -> Any:
    """Returns a date for „2026-11-20“, else the text, which the loader refuses with its field."""
    try:
        return dt.date.fromisoformat(text) if DATE.fullmatch(text) else text
    except ValueError:
        return text
