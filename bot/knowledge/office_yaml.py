"""Changes single fields in the text of an office file, so that comments, order and spelling of everything else stay as staff wrote them.

A library that loads and dumps YAML again loses the comments at removed keys and re-spaces lines; here only the lines of the field change.
"""

from __future__ import annotations

from typing import Any

import yaml

from bot.knowledge.office_columns import FIELDS

QUOTED = ("plz", "telefon", "email", "website", "stand", "adresse_stand", "quellen")  # by custom of the files


def new_fields(values: dict[str, Any]) -> str:
    """Returns the YAML text of a new file."""
    return "".join(line + "\n" for field, value in values.items() for line in _lines(field, value))


def edit_field(text: str, field: str, value: Any) -> str:
    """Returns the YAML `text` with one field set, replaced, or removed (None). The result has to be read and compared: odd layouts may break.

    Raises:
        YAMLError, ValueError: the text is no block of fields, one per line.
    """
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    spans = {key.value: (key.start_mark.index, item) for key, item in node.value}
    newline = "\r\n" if "\r\n" in text else "\n"
    if field not in spans:
        earlier = [name for name in FIELDS[: FIELDS.index(field)] if name in spans]
        place = _next_line(text, _end(spans[earlier[-1]][1], text)) if earlier else min(start for start, _ in spans.values())
        lead = newline if text[place - 1 : place] not in ("", "\n") else ""  # the last line may lack its end
        return text[:place] + lead + newline.join(_lines(field, value)) + newline + text[place:]
    start, item = spans[field]
    end = _end(item, text)
    if value is None:
        return text[:start] + text[_next_line(text, end) :]
    if _is_block_list(item):
        first, lines = _items(item, field, value, text)
        return text[:first] + newline.join(lines) + newline + text[_next_line(text, end) :]
    return text[:start] + newline.join(_lines(field, value)) + text[end:]


def _is_block_list(node: yaml.Node) -> bool:
    return isinstance(node, yaml.SequenceNode) and not node.flow_style and bool(node.value)


def _end(node: yaml.Node, text: str) -> int:
    """Returns the index after the last character of a value, without comments or line ends that follow it."""
    if _is_block_list(node):
        return _end(node.value[-1], text)
    return node.start_mark.index + len(text[node.start_mark.index : node.end_mark.index].rstrip())


def _next_line(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end + 1


def _items(node: yaml.SequenceNode, field: str, value: Any, text: str) -> tuple[int, list[str]]:
    """Returns where the items of a block list begin, and their new lines; an item that stays keeps its lines with the comments after it."""
    starts = [text.rindex("\n", 0, item.start_mark.index) + 1 for item in node.value]
    known = {item.value: text[start:end].rstrip("\r\n") for item, start, end in zip(node.value, starts, [*starts[1:], _next_line(text, _end(node, text))])}
    indent = text[starts[0] :].split("-")[0]
    return starts[0], [known.get(item) or f"{indent}- {_scalar(field, item)}" for item in value]


def _lines(field: str, value: Any) -> list[str]:
    """Returns the YAML lines of a field in the custom of the files."""
    if field == "quellen":
        return [f"{field}:", *(f"- {_scalar(field, item)}" for item in value)]
    if isinstance(value, tuple):
        return [f"{field}: {_dump(list(value))}"]
    return [f"{field}: {_scalar(field, value)}"]


def _scalar(field: str, value: Any) -> str:
    return "'" + value.replace("'", "''") + "'" if field in QUOTED else _dump(value)


def _dump(value: Any) -> str:
    return yaml.safe_dump(value, allow_unicode=True, width=100_000, default_flow_style=True).removesuffix("...\n").rstrip("\n")
