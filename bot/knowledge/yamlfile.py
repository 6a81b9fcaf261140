"""Reads one YAML file and remembers the line of every key, so that errors can name it.

Stricter than plain YAML: UTF-8 only, no duplicate keys, no tags, anchors or aliases, no tabs, no deep nesting.
`Record` checks the keys and values of one mapping against what the caller expects.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Iterator
from urllib.parse import urlsplit

import yaml

from bot.knowledge.errors import ContentError, ContentErrors

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 30  # deeper nesting is an accident or an attack: the YAML library would end the process
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
REFUSED = (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)
DEPTH = {yaml.BlockMappingStartToken: 1, yaml.BlockSequenceStartToken: 1, yaml.FlowMappingStartToken: 1, yaml.FlowSequenceStartToken: 1,
         yaml.BlockEndToken: -1, yaml.FlowMappingEndToken: -1, yaml.FlowSequenceEndToken: -1}
# What the YAML library says → what it means; the first that fits.
PROBLEMS = (
    ("tab character", "Ein Tabulator steht, wo Leerzeichen stehen müssen."),
    ("start any token", "Ein Wert beginnt mit einem Zeichen, das in Anführungszeichen gehört, oder mit einem Tabulator."),
    ("mapping values are not allowed", "Ein Doppelpunkt oder eine Einrückung steht an der falschen Stelle."),
    ("end of stream", "Ein Anführungszeichen oder eine Klammer wird nicht geschlossen."),
    ("',' or", "Eine Klammer wird nicht geschlossen, oder ein Komma fehlt."),
    ("expected ':'", "Nach einem Schlüssel fehlt der Doppelpunkt."),
    ("did not find expected", "Die Einrückung passt nicht zu den Zeilen davor."),
    ("escape character", "Ein Rückwärtsstrich steht in doppelten Anführungszeichen."),
    ("another document", "Eine Zeile „---“ teilt die Datei."),
)


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """SafeLoader that leaves dates and yes/no as text; only true/false and numbers are converted."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in pairs if not tag.endswith((":timestamp", ":bool"))]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _first in "tf":
    _Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), [_first])


@dataclass
class Located:
    """A YAML value (mapping, list or scalar) with the line on which it starts."""

    value: Any
    line: int


def read_yaml(path: Path) -> Located:
    """Returns the content of `path` with lines; every nested value is a `Located`.

    Raises:
        ContentErrors: the file is missing, not UTF-8, too large or not valid YAML.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise _fault(path, 0, f"Die Datei ist nicht lesbar ({error.strerror}).", "Pfad und Rechte prüfen.") from None
    return parse_yaml(raw, path)


def parse_yaml(raw: bytes, path: Path) -> Located:
    """Returns what `read_yaml` returns for a file with the content `raw`; `path` is only named in errors.

    Raises:
        ContentErrors: not UTF-8, too large or not valid YAML.
    """
    if len(raw) > MAX_BYTES:
        raise _fault(path, 0, "Die Datei ist größer als 2 MiB.", "In kleinere Dateien aufteilen.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _fault(path, line, "Die Datei ist nicht in UTF-8 gespeichert.", "Als UTF-8 speichern.") from None
    control = CONTROL.search(text)
    if control:
        raise _fault(path, text.count("\n", 0, control.start()) + 1, "Hier steht ein unsichtbares Steuerzeichen.", "Die Zeile neu schreiben.")
    loader = None
    try:
        loader = _Loader(text)
        _refuse_tricks(text, path)
        node = loader.get_single_node()
        if node is None:
            raise _fault(path, 0, "Die Datei ist leer.", "Inhalt ergänzen oder die Datei löschen.")
        return _locate(node, loader, path)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        problem = _german_problem(str(getattr(error, "problem", "") or error))
        raise _fault(path, line, problem, "Einrückung (nur Leerzeichen), Doppelpunkte und Anführungszeichen prüfen.") from None
    finally:
        if loader is not None:
            loader.dispose()


def _refuse_tricks(text: str, path: Path) -> None:
    """Refuses anchors, aliases, tags and deep nesting before anything is built from them."""
    depth = 0
    for token in yaml.scan(text, Loader=_Base):
        kind = type(token)
        depth += DEPTH.get(kind, 0)
        if kind in REFUSED:
            raise _fault(path, token.start_mark.line + 1, "Anker, Verweise und YAML-Tags sind nicht erlaubt.", "Den Text ausschreiben.")
        if depth > MAX_DEPTH:
            raise _fault(path, token.start_mark.line + 1, "Die Datei ist zu tief verschachtelt.", "Aufbau mit einer Nachbardatei vergleichen.")


def _german_problem(problem: str) -> str:
    for english, german in PROBLEMS:
        if english in problem:
            return german
    return f"Kein gültiges YAML ({problem.splitlines()[0][:120]})."


def _locate(node: yaml.Node, loader: _Loader, path: Path) -> Located:
    line = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        mapping: dict[str, Located] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            key_line = key_node.start_mark.line + 1
            if not key:
                raise _fault(path, key_line, "Ein Schlüssel ist kein Text.", "Den Schlüssel als einfachen Text schreiben.")
            if key in mapping:
                raise _fault(path, key_line, f"Der Schlüssel „{key}“ steht zweimal.", "Einen der beiden entfernen.", key)
            mapping[key] = Located(_locate(value_node, loader, path).value, key_line)
        return Located(mapping, line)
    if isinstance(node, yaml.SequenceNode):
        return Located([_locate(item, loader, path) for item in node.value], line)
    try:
        return Located(loader.construct_object(node, deep=True), line)
    except ValueError:
        raise _fault(path, line, f"„{node.value[:20]}“ ist keine lesbare Zahl.", "Berichtigen oder als Text in Anführungszeichen setzen.") from None


def _fault(path: Path, line: int, problem: str, remedy: str, field: str = "") -> ContentErrors:
    return ContentErrors([ContentError(path, line, field, problem, remedy)])


class Record:
    """One mapping of a content file. Each `take_*` checks a field and notes a fault instead of raising.

    Call `finish()` last: it reports unknown keys. `errors` is shared by all records of a load.
    """

    def __init__(self, located: Located, path: Path, errors: list[ContentError], prefix: str = "") -> None:
        self.path, self.errors, self.prefix, self.line = path, errors, prefix, located.line
        self._known: set[str] = set()
        if isinstance(located.value, dict):
            self._fields: dict[str, Located] = located.value
        else:
            self._fields = {}
            self.fault("", "Hier werden Felder erwartet (Schlüssel: Wert).", "Aufbau mit einer Nachbardatei vergleichen.")

    def fault(self, field: str, problem: str, remedy: str) -> None:
        """Notes a fault at the field's line."""
        line = self._fields[field].line if field in self._fields else self.line
        self.errors.append(ContentError(self.path, line, self.prefix + field, problem, remedy))

    def take(self, field: str, required: bool = True) -> Any:
        """Returns the raw value of `field` (nested values stay `Located`), or None."""
        self._known.add(field)
        located = self._fields.get(field)
        if located is None or located.value is None or located.value == "":
            if required:
                self.fault(field, "Das Feld fehlt oder ist leer.", "Das Feld ergänzen.")
            return None
        return located.value

    def take_text(self, field: str, required: bool = True, limit: int = 1200) -> str:
        """Returns a text without markup, at most `limit` characters."""
        value = self.take(field, required)
        if value is None:
            return ""
        if not isinstance(value, str):
            self.fault(field, "Hier wird Text erwartet.", "Den Wert in Anführungszeichen setzen.")
            return ""
        text = value.strip()
        if len(text) > limit:
            self.fault(field, f"Der Text hat {len(text)} Zeichen, erlaubt sind {limit}.", "Kürzen.")
        if re.search(r"<[a-zA-Z/!][^>]*>", text):
            self.fault(field, "HTML ist nicht erlaubt.", "Nur Text schreiben; **fett** und Listen mit „- “ gehen.")
        return text

    def take_date(self, field: str, required: bool = True) -> dt.date | None:
        """Returns a calendar date written JJJJ-MM-TT."""
        value = self.take(field, required)
        if value is None:
            return None
        try:
            if not DATE.fullmatch(str(value)):
                raise ValueError
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fault(field, f"„{value}“ ist kein Datum.", "Als JJJJ-MM-TT schreiben, zum Beispiel 2026-11-22.")
            return None

    def take_choice(self, field: str, allowed: tuple[str, ...], required: bool = True) -> str:
        """Returns one of the `allowed` words."""
        value = self.take_text(field, required)
        if value and value not in allowed:
            self.fault(field, f"„{value}“ ist hier nicht erlaubt.", f"Eines von: {', '.join(allowed)}.")
        return value

    def take_bool(self, field: str, default: bool) -> bool:
        """Returns true or false."""
        value = self.take(field, required=False)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fault(field, "Hier steht weder true noch false.", "true oder false schreiben.")
            return default
        return value

    def take_number(self, field: str, required: bool = True) -> float | int | None:
        """Returns a number."""
        value = self.take(field, required)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            self.fault(field, f"„{value}“ ist keine Zahl.", "Als Zahl ohne Tausenderpunkt schreiben, zum Beispiel 45934.20.")
            return None
        return value

    def take_url(self, field: str, required: bool = True) -> str:
        """Returns an https address without credentials."""
        value = self.take_text(field, required)
        if value and not is_public_url(value):
            self.fault(field, f"„{value}“ ist keine gültige https-Adresse.", "Vollständige Adresse mit https:// eintragen.")
        return value

    def take_list(self, field: str, required: bool = True) -> list[Located]:
        """Returns the items of a list; a required one has at least one."""
        value = self.take(field, required)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fault(field, "Hier wird eine Liste erwartet.", "Jeden Eintrag mit „- “ beginnen.")
            return []
        if required and not value:
            self.fault(field, "Die Liste ist leer.", "Mindestens einen Eintrag ergänzen.")
        return value

    def take_texts(self, field: str, required: bool = True) -> tuple[str, ...]:
        """Returns a list of short texts."""
        texts = []
        for item in self.take_list(field, required):
            if isinstance(item.value, str) and item.value.strip():
                texts.append(item.value.strip())
            else:
                self.errors.append(ContentError(self.path, item.line, self.prefix + field, "Ein Eintrag ist kein Text.", "Text eintragen."))
        return tuple(texts)

    def take_records(self, field: str, required: bool, build: Callable[[Record], Any]) -> tuple[Any, ...]:
        """Builds one object per mapping in a list."""
        built = []
        for number, item in enumerate(self.take_list(field, required), start=1):
            record = Record(item, self.path, self.errors, f"{self.prefix}{field}[{number}].")
            built.append(build(record))
            record.finish()
        return tuple(built)

    def take_record(self, field: str, required: bool = True) -> Record | None:
        """Returns a nested mapping as a record; the caller finishes it."""
        value = self.take(field, required)
        if value is None:
            return None
        return Record(Located(value, self._fields[field].line), self.path, self.errors, f"{self.prefix}{field}.")

    def take_texts_by_key(self, field: str, required: bool = True, limit: int = 1200) -> dict[str, str]:
        """Returns a nested mapping of free keys to texts; the caller checks the keys."""
        nested = self.take_record(field, required)
        return {key: nested.take_text(key, limit=limit) for key in nested._fields} if nested else {}

    def keys(self) -> tuple[str, ...]:
        """Returns the keys of the mapping in the order of the file."""
        return tuple(self._fields)

    def entries(self) -> Iterator[tuple[str, Record]]:
        """Yields every key with its nested mapping, in the order of the file, and finishes each after use."""
        for key in self._fields:
            entry = self.take_record(key)
            if entry is not None:
                yield key, entry
                entry.finish()

    def finish(self) -> None:
        """Notes every key that nobody asked for."""
        for field in self._fields:
            if field not in self._known:
                known = ", ".join(sorted(self._known))
                self.fault(field, "Dieses Feld gibt es nicht.", f"Schreibweise prüfen. Bekannt sind: {known}.")


def read_records(folder: Path, errors: list[ContentError]) -> Iterator[tuple[Path, Record]]:
    """Yields every YAML file of `folder` by name as a record; a file that cannot be read is noted and left out."""
    for path in sorted(folder.glob("*.yml")):
        try:
            located = read_yaml(path)
        except ContentErrors as fault:
            errors.extend(fault.errors)
            continue
        yield path, Record(located, path, errors)


def is_public_url(url: str) -> bool:
    """Tells whether `url` is an https address with a host, without credentials or blanks."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and "." in str(parts.hostname) and "@" not in parts.netloc and not re.search(r"\s", url)
