"""Values for ruamel.yaml in the handwriting of the file: folded texts keep their line breaks where the words stay."""

from __future__ import annotations

import datetime as dt
import textwrap
from typing import Any

import yaml
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString, LiteralScalarString, SingleQuotedScalarString

LINE = 118  # characters of a folded line without its indent
LONG = 100  # from this length on a new text is folded


def styled(value: Any, old: Any = None, quoted: bool = False) -> Any:
    """Returns `value` as ruamel shall write it, in the style of `old` where that can hold it.

    Args:
        value: text, date, number, bool, list or mapping.
        quoted: new short texts in single quotes (addresses).
    """
    if isinstance(value, str):
        return _text(value, old, quoted)
    if isinstance(value, dict):
        return _mapping(value, old)
    if isinstance(value, (list, tuple)):
        return _sequence(list(value), old)
    return value


def plain(value: Any) -> Any:
    """Returns a ruamel value as plain Python for comparing; dates become texts as the strict loader reads them."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return float(value)
    return str(value).strip()


def _text(value: str, old: Any, quoted: bool) -> Any:
    value = value.strip()
    if isinstance(old, LiteralScalarString) or "\n" in value:
        text = LiteralScalarString(value + ("\n" if str(old or "").endswith("\n") else ""))
    elif isinstance(old, FoldedScalarString) or len(value) > LONG:
        text = _folded(value, old)
    elif isinstance(old, DoubleQuotedScalarString) and '"' not in value and "\\" not in value:
        return DoubleQuotedScalarString(value)
    elif quoted or isinstance(old, SingleQuotedScalarString) or not _is_plain(value):
        return SingleQuotedScalarString(value)
    else:
        return value
    if hasattr(old, "comment"):
        text.comment = old.comment
    return text


def _is_plain(value: str) -> bool:
    """Tells whether both readers take the bare word for text."""
    try:
        return yaml.safe_load(value) == value and yaml.safe_load(f"[{value}]") == [value] and yaml.safe_load(f"{{a: {value}}}") == {"a": value}
    except (yaml.YAMLError, ValueError):
        return False


def _folded(value: str, old: Any) -> FoldedScalarString:
    before = _lines(old) if isinstance(old, FoldedScalarString) else []
    words = " ".join(value.split())
    head: list[str] = []
    tail: list[str] = []
    while before and (words + " ").startswith(before[0] + " "):
        head.append(before.pop(0))
        words = words[len(head[-1]) :].lstrip()
    while before and (" " + words).endswith(" " + before[-1]):
        tail.insert(0, before.pop())
        words = words[: len(words) - len(tail[0])].rstrip()
    middle = textwrap.wrap(words, LINE, break_long_words=False, break_on_hyphens=False)
    lines = [*head, *middle, *tail]
    text = FoldedScalarString(" ".join(lines) + ("\n" if str(old or "").endswith("\n") else ""))
    position, folds = -1, []
    for line in lines[:-1]:
        position += len(line) + 1
        folds.append(position)
    text.fold_pos = folds
    return text


def _lines(old: FoldedScalarString) -> list[str]:
    text, start, lines = str(old).rstrip("\n"), 0, []
    for fold in [*getattr(old, "fold_pos", []), len(text)]:
        lines.append(text[start:fold].strip())
        start = fold + 1
    return [line for line in lines if line]


def _mapping(value: dict, old: Any) -> CommentedMap:
    kept = old if isinstance(old, CommentedMap) else CommentedMap()
    if not isinstance(old, CommentedMap):
        kept.fa.set_flow_style()
    for key in [k for k in kept if k not in value]:
        del kept[key]
    for key, item in value.items():
        if key not in kept or plain(kept[key]) != plain(item):
            kept[key] = styled(item, kept.get(key), quoted=key in ("url", "quelle"))
    return kept


def _sequence(value: list, old: Any) -> CommentedSeq:
    """Keeps the entries that stay, with their comments; changes the list in place so that what stands after it stays, too."""
    kept = old if isinstance(old, CommentedSeq) else CommentedSeq()
    if not isinstance(old, CommentedSeq) and not any(isinstance(item, dict) for item in value):
        kept.fa.set_flow_style()
    before = list(kept)
    if [plain(item) for item in before] == [plain(item) for item in value]:
        return kept
    left = list(before)
    built: list[Any] = [_known(item, left) for item in value]
    built = [known if known is not None else styled(item, _like(item, left)) for known, item in zip(built, value)]
    grown = len(built) - len(before)
    if grown > 0 and built[grown:] == before:  # new ones on top: what follows the list belongs to its last entry
        for item in reversed(built[:grown]):
            kept.insert(0, item)
        return kept
    for number, item in enumerate(built):
        if number < len(kept):
            if kept[number] is not item:
                kept[number] = item
        else:
            kept.append(item)
    for _ in range(len(kept) - len(built)):
        del kept[len(kept) - 1]
    return kept


def _known(value: Any, left: list) -> Any:
    """Takes the entry that holds just this value out of `left`, or returns None."""
    found = next((n for n, item in enumerate(left) if plain(item) == plain(value)), None)
    return None if found is None else left.pop(found)


def _like(value: Any, left: list) -> Any:
    """Takes the entry out of `left` that shares most of its fields with a mapping, or returns None."""
    if not isinstance(value, dict):
        return None
    shared = [sum(plain(item.get(k)) == plain(v) for k, v in value.items()) if isinstance(item, CommentedMap) else 0 for item in left]
    best = max(range(len(left)), key=lambda n: shared[n], default=None)
    return left.pop(best) if best is not None and shared[best] else None
