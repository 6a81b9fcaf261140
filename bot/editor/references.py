"""Where FAQ ids stand in the data and its tests, and how they follow when an FAQ gets another id.

Found by the meaning of the field, not by the letters: an office or a kind of offer may have the same id as an FAQ.
"""

from __future__ import annotations

import io
import re
import tokenize
from typing import Any

from bot.editor.changes import Draft
from bot.editor.errors import refuse
from bot.editor.yaml_text import Form, Path, replaced, scalars

HELDOUT = "tests/nlu/heldout/"
CONDITIONS = ("beruf_faq", "kosten")  # below „wenn“ in data/pruefung.yml
CODE = ("bot/**/*.py", "actions/**/*.py")
OTHERS = ("benchmarks/**/*.yml", "domain.yml", "config.yml")
PREFIXES = ("faq/", "utter_faq/")


def is_reference(path: Path, name: str) -> bool:
    """Tells whether the value at `path` of the file `name` is an FAQ id."""
    if name.startswith(HELDOUT):
        return (len(path) == 2 and path[1] == "<key>") if "/de_" in name else path[-1] in ("a", "b", "id")
    if path[-1] == "<key>":
        return False
    if "wenn" in path:
        return len(path) > 1 and path[-2] in CONDITIONS
    return path[-1] == "faq" or (len(path) > 1 and path[-2] in ("verwandt", "aspekte"))


def follow(draft: Draft, old: str, new: str) -> None:
    """Writes `new` wherever data and tests name the FAQ `old`; notes in the draft what people have to do.

    Raises:
        EditError: the program itself names the FAQ.
    """
    _refuse_if_in_code(draft, old)
    for name in sorted({*draft.names("data/**/*.yml"), *draft.names("tests/**/*.yml")}):
        raw = draft.read(name)
        if raw is None or old.encode() not in raw or name.startswith("data/orte/"):
            continue
        form = Form.of(raw)
        text = form.text(raw, name)
        nodes = [(node, node.value.removesuffix(old) + new) for path, node in scalars(text, name) if _names(path, node.value, old, name)]
        if nodes:
            draft.write(name, form.raw(replaced(text, nodes)))
    for name in draft.names("tests/**/*.py"):
        _follow_in_test(draft, name, old, new)
    for name in (n for pattern in OTHERS for n in draft.workspace.names(pattern)):
        if _mentions((draft.workspace.root / name).read_text(encoding="utf-8", errors="replace"), old):
            draft.notes.append(f"{name} nennt „{old}“ noch; das ändert die Entwicklung.")
    draft.notes.append(f"In CHANGELOG.md unter Inhalt eine Zeile schreiben: „{old}“ heißt jetzt „{new}“.")


def _names(path: Path, value: Any, old: str, name: str) -> bool:
    return value in [prefix + old for prefix in PREFIXES] or (value == old and is_reference(path, name))


def _mentions(text: str, faq: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(faq)}(?![\w-])", text) is not None


def _tokens(source: str) -> list[tokenize.TokenInfo]:
    return [t for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type == tokenize.STRING]


def _exact(token: tokenize.TokenInfo, faq: str) -> bool:
    return token.string in [f"{quote}{prefix}{faq}{quote}" for quote in "\"'" for prefix in ("", *PREFIXES)]


def _refuse_if_in_code(draft: Draft, faq: str) -> None:
    for name in (n for pattern in CODE for n in draft.workspace.names(pattern)):
        source = (draft.workspace.root / name).read_text(encoding="utf-8")
        if faq in source and any(_exact(token, faq) for token in _tokens(source)):
            raise refuse(f"Das Programm selbst nennt die FAQ „{faq}“ ({name}).", "Diese Kennung kann nur die Entwicklung ändern.", "kennung", name)


def _follow_in_test(draft: Draft, name: str, old: str, new: str) -> None:
    """Changes whole strings in a Python test; where the id is also part of a longer string or of another thing, people have to look."""
    source = draft.need(name).decode("utf-8")
    if old not in source:
        return
    tokens = [token for token in _tokens(source) if _mentions(token.string, old)]
    if not tokens:
        return
    shared = any(draft.workspace.names(f"data/{folder}/{old}.yml") for folder in ("offices", "berufe"))
    if shared or not all(_exact(token, old) for token in tokens):
        draft.notes.append(f"{name} nennt „{old}“; ob das diese FAQ ist, sieht die Entwicklung nach.")
        return
    lines = source.splitlines(keepends=True)
    for token in reversed(tokens):
        row, (start, end) = token.start[0] - 1, (token.start[1], token.end[1])
        lines[row] = lines[row][:start] + lines[row][start:end].replace(old, new) + lines[row][end:]
    draft.write(name, "".join(lines).encode("utf-8"))
