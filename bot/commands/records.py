"""Fields on the command line: `FELD=WERT …` and YAML files, read by the same strict reader as `data/`, each with the shape that its field has."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Iterable, Mapping

import click

from bot.editor.errors import EditError, FieldError, refuse
from bot.knowledge.errors import ContentErrors
from bot.knowledge.yamlfile import Located, parse_yaml, read_yaml

YES, NO = ("ja", "true", "yes"), ("nein", "false", "no", "")
# Fields that are more than a text → whether a value has their shape, and how it is written.
SHAPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "rechtsgrundlagen": (lambda v: _all(v, dict), "[{norm: § 4 BQFG, url: 'https://…'}]"),
    "quellen": (lambda v: _all(v, dict), "[{titel: …, url: 'https://…'}]"),
    "werte": (lambda v: _all(v, dict), "[{wert: 100, ab: 2027-01-01, bis: 2027-12-31}]"),
    "verwandt": (lambda v: _all(v, str), "[eine-kennung, andere-kennung]"),
    "aspekte": (lambda v: isinstance(v, dict) and _all(list(v.values()), str), "{kosten: eine-kennung}"),
}
FLAG = "beratung_anbieten"


def fields_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the argument `FELD=WERT …` and the option `--aus DATEI.yml`."""
    command = click.option("--aus", "source", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Felder aus einer YAML-Datei; was nicht darin steht, bleibt.")(command)
    return click.argument("pairs", nargs=-1, metavar="[FELD=WERT]…")(command)


def given(pairs: Iterable[str], source: Path | None) -> dict[str, Any]:
    """Returns the fields that were given; empty ones shall be removed.

    Raises:
        EditError: nothing was given, a file that the strict reader refuses, or a value of the wrong shape.
    """
    found = record(source) if source else {}
    for pair in pairs:
        field, sign, text = pair.partition("=")
        if not sign or not field.strip():
            raise refuse(f"„{pair[:60]}“ ist keine Angabe.", "FELD=WERT schreiben, zum Beispiel kurz=\"Neuer Kurztitel\".")
        found[field.strip()] = _typed(field.strip(), text)
    if not found:
        raise refuse("Es ist kein Feld angegeben.", "FELD=WERT schreiben oder mit --aus eine Datei nennen.")
    return {field: _shaped(field, value) for field, value in found.items()}


def record(path: Path) -> dict[str, Any]:
    """Returns the fields of a YAML file.

    Raises:
        EditError: not readable as our files are, with file, line and remedy.
    """
    try:
        found = _plain(read_yaml(path).value)
    except ContentErrors as faults:
        raise _told(faults, path.name) from None
    if not isinstance(found, dict):
        raise refuse("Die Datei enthält keine Felder.", "Aufbau mit einer Datei in data/ vergleichen.", place=path.name)
    return {str(field): _shaped(str(field), value) for field, value in found.items()}


def as_yaml(values: Mapping[str, Any]) -> str:
    """Returns fields as YAML, for looking at and for `--aus`."""
    from ruamel.yaml.comments import CommentedMap

    from bot.editor.record_file import set_fields
    from bot.editor.yaml_text import dump

    document = CommentedMap()
    set_fields(document, values, tuple(values), ("stand", "pruefen_bis", "geprueft_am"))
    return dump(document)


def _typed(field: str, text: str) -> Any:
    if field == FLAG:
        return text.strip().lower()
    if field not in SHAPES or not text.strip():
        return text
    try:
        return _plain(parse_yaml(text.encode("utf-8", "surrogateescape"), Path(field)).value)
    except ContentErrors as faults:
        raise EditError(FieldError(field, e.problem, f"So schreiben: {field}=\"{SHAPES[field][1]}\"") for e in faults.errors) from None


def _shaped(field: str, value: Any) -> Any:
    if field == FLAG:
        answer = str(value).strip().lower()
        if answer not in YES + NO:
            raise refuse(f"„{answer[:20]}“ ist weder ja noch nein.", "ja oder nein schreiben.", field)
        return answer in YES
    if value in (None, "", [], {}):
        return None
    if field in SHAPES and not SHAPES[field][0](value):
        raise refuse("Das Feld hat eine andere Form.", f"So schreiben: {SHAPES[field][1]}", field)
    if field not in SHAPES and isinstance(value, (list, dict)):
        raise refuse("Hier wird ein Text erwartet.", "Den Text in eine Zeile oder unter „>-“ schreiben.", field)
    return value if field in SHAPES else str(value)


def _all(value: Any, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)


def _plain(value: Any) -> Any:
    if isinstance(value, Located):
        return _plain(value.value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _told(faults: ContentErrors, name: str) -> EditError:
    return EditError(FieldError(e.field, e.problem, e.remedy, f"{name}:{e.line}" if e.line else name) for e in faults.errors)
