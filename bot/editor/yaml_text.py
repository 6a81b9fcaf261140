"""YAML that staff wrote, changed without touching the rest: comments, quotes, order and line breaks stay.

Two ways: `load` and `dump` (ruamel.yaml) for records, `scalars` for replacing single words in any layout.
"""

from __future__ import annotations

import io
import pathlib
from dataclasses import dataclass
from typing import Any, Iterator

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.editor.errors import EditError, FieldError, refuse
from bot.knowledge.errors import ContentErrors
from bot.knowledge.yamlfile import parse_yaml

WIDE = 1_000_000
Path = tuple[Any, ...]


def _yaml() -> YAML:
    tool: Any = YAML()
    tool.preserve_quotes = True
    tool.width = WIDE
    tool.indent(mapping=2, sequence=2, offset=0)
    return tool


@dataclass(frozen=True)
class Form:
    """How a file is stored: byte order mark and line ends, put back when it is written."""

    mark: bool
    newline: str

    @classmethod
    def of(cls, raw: bytes) -> "Form":
        return cls(raw.startswith(b"\xef\xbb\xbf"), "\r\n" if b"\r\n" in raw else "\n")

    def text(self, raw: bytes, name: str) -> str:
        """Returns the text with plain line ends.

        Raises:
            EditError: it is not UTF-8, with the line.
        """
        try:
            return raw.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            raise broken(raw, name) from None

    def raw(self, text: str) -> bytes:
        """Returns the bytes of a text in this form."""
        return (b"\xef\xbb\xbf" if self.mark else b"") + text.replace("\n", self.newline).encode("utf-8")


def load(text: str, name: str) -> Any:
    """Returns the document as ruamel keeps it.

    Raises:
        EditError: no valid YAML, or written back it would not be the same file.
    """
    try:
        document = _yaml().load(text)
        again = dump(document)
    except (YAMLError, ValueError):
        raise broken(text.encode("utf-8"), name) from None
    if again != (text if text.endswith("\n") else text + "\n"):
        raise odd_layout(name)
    return document


def broken(raw: bytes, name: str) -> EditError:
    """Returns the error for a file that somebody broke by hand, with the line as the strict reader names it."""
    by_hand = "Von Hand beheben oder den letzten Stand holen (git checkout -- DATEI)."
    try:
        parse_yaml(raw, pathlib.Path(name))
    except ContentErrors as faults:
        return EditError(FieldError(e.field, e.problem, f"{e.remedy} {by_hand}", f"{name}:{e.line}" if e.line else name) for e in faults.errors)
    return refuse("Die Datei ist kein gültiges YAML.", by_hand, place=name)


def dump(document: Any) -> str:
    """Returns the text of a document."""
    out = io.StringIO()
    _yaml().dump(document, out)
    return out.getvalue()


def odd_layout(name: str) -> EditError:
    """Returns the error for a file that would change in more places than asked for."""
    return refuse("Die Datei ist so aufgebaut, dass sich nicht nur die eine Stelle ändern lässt.", "Diese Änderung von Hand eintragen.", place=name)


def values(text: str | bytes) -> Any:
    """Returns plain values, read fast; raises `yaml.YAMLError`."""
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def values_of(raw: bytes, name: str) -> Any:
    """Returns the plain values of a file.

    Raises:
        EditError: no valid YAML, with the line.
    """
    try:
        return values(raw)
    except (yaml.YAMLError, ValueError):
        raise broken(raw, name) from None


def scalars(text: str, name: str) -> Iterator[tuple[Path, yaml.ScalarNode]]:
    """Yields every single value and every key (its path ends with "<key>") with its keys and list places on the way to it.

    Raises:
        EditError: no valid YAML, with the line.
    """
    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        raise broken(text.encode("utf-8"), name) from None
    if node is not None:
        yield from _walk(node, ())


def _walk(node: yaml.Node, path: Path) -> Iterator[tuple[Path, yaml.ScalarNode]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield (*path, key.value, "<key>"), key
                yield from _walk(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _walk(item, (*path, number))
    elif isinstance(node, yaml.ScalarNode):
        yield path, node


def replaced(text: str, nodes: list[tuple[yaml.ScalarNode, str]]) -> str:
    """Returns `text` with plain or quoted single-line scalars replaced, their quotes kept; the new values must need no quotes themselves."""
    for node, value in sorted(nodes, key=lambda pair: -pair[0].start_mark.index):
        start, end = node.start_mark.index, node.end_mark.index
        quote = node.style if node.style in ("'", '"') else ""
        text = f"{text[:start]}{quote}{value}{quote}{text[end:]}"
    return text
