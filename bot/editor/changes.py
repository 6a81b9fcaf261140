"""A change: what several files were and shall be. Made by an operation, shown as a preview, then written by `transaction.apply`."""

from __future__ import annotations

import base64
import difflib
import hashlib
import json
from dataclasses import dataclass, field, replace

from bot.editor.errors import EditError, FieldError, refuse
from bot.editor.workspace import Workspace

TITLE = 160


@dataclass(frozen=True)
class FileEdit:
    """One file, path from the project's root with „/“; `before` None: it is new, `after` None: it goes."""

    path: str
    before: bytes | None
    after: bytes | None

    def diff(self) -> str:
        """Returns the unified diff, the shortest there is."""
        old, new = _lines(self.before), _lines(self.after)
        lines = [f"--- {self.path if self.before is not None else '/dev/null'}\n", f"+++ {self.path if self.after is not None else '/dev/null'}\n"]
        for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(2):
            (_, a, _, b, _), (_, _, c, _, d) = group[0], group[-1]
            lines.append(f"@@ -{a + 1},{c - a} +{b + 1},{d - b} @@\n")
            for tag, a, c, b, d in group:
                lines += [f" {line}" for line in old[a:c]] if tag == "equal" else [*(f"-{line}" for line in old[a:c]), *(f"+{line}" for line in new[b:d])]
        return "".join(line if line.endswith("\n") else line + "\n\\ Kein Zeilenumbruch am Dateiende\n" for line in lines)


@dataclass(frozen=True)
class Change:
    """What staff see before they agree. `title` becomes „inhalt: …“, `notes` say what else is to do, in German."""

    title: str
    edits: tuple[FileEdit, ...]
    notes: tuple[str, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Tells whether nothing changes."""
        return not self.edits

    @property
    def key(self) -> str:
        """A hash over everything: the preview that was agreed to is the one that is written."""
        digest = hashlib.sha256(self.title.encode())
        for edit in self.edits:
            for part in (edit.path.encode(), edit.before, edit.after):
                digest.update(b"\0-" if part is None else b"\0+" + hashlib.sha256(part).digest())
        return digest.hexdigest()[:32]

    def diffs(self) -> dict[str, str]:
        """Returns the unified diff of every file by path."""
        return {edit.path: edit.diff() for edit in self.edits}

    def titled(self, title: str) -> "Change":
        """Returns the change under another title."""
        return replace(self, title=clean_title(title))

    def to_json(self) -> str:
        """Returns the change for the table of proposals."""
        edits = [{"pfad": e.path, "vorher": _pack(e.before), "nachher": _pack(e.after)} for e in self.edits]
        return json.dumps({"titel": self.title, "dateien": edits, "hinweise": list(self.notes)}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Change":
        """Returns what `to_json` wrote.

        Raises:
            EditError: it is something else.
        """
        try:
            data = json.loads(text)
            edits = tuple(FileEdit(str(e["pfad"]), _unpack(e["vorher"]), _unpack(e["nachher"])) for e in data["dateien"])
            return cls(clean_title(str(data["titel"])), edits, tuple(map(str, data["hinweise"])))
        except (ValueError, KeyError, TypeError):
            raise refuse("Der gespeicherte Vorschlag ist nicht lesbar.", "Den Vorschlag ablehnen und neu anlegen.") from None


class Draft:
    """Collects edits; reads see what was written before, so that operations can be combined."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._before: dict[str, bytes | None] = {}
        self._after: dict[str, bytes | None] = {}
        self.notes: list[str] = []

    def read(self, path: str) -> bytes | None:
        """Returns the content of a file as it would be now."""
        return self._after[path] if path in self._after else self.workspace.read(path)

    def need(self, path: str) -> bytes:
        """Returns the content of a file that has to exist.

        Raises:
            EditError: there is no such file.
        """
        content = self.read(path)
        if content is None:
            raise EditError([FieldError("", f"Die Datei {path} gibt es nicht.", "Kennung prüfen oder die Seite neu laden.")])
        return content

    def write(self, path: str, content: bytes | None) -> None:
        """Sets the content of a file; None removes it."""
        if path not in self._before:
            self._before[path] = self.workspace.read(path)
        self._after[path] = content

    def names(self, pattern: str) -> list[str]:
        """Returns the files that match a glob pattern, as they would be now."""
        from fnmatch import fnmatch

        here = set(self.workspace.names(pattern)) | {p for p, content in self._after.items() if content is not None and fnmatch(p, pattern.replace("**/", ""))}
        return sorted(here - {p for p, content in self._after.items() if content is None})

    def change(self, title: str) -> Change:
        """Returns what has been collected."""
        edits = tuple(FileEdit(p, self._before[p], self._after[p]) for p in sorted(self._after) if self._before[p] != self._after[p])
        return Change(clean_title(title), edits, tuple(dict.fromkeys(self.notes)))


def clean_title(title: str) -> str:
    """Returns a title of one line, without „inhalt:“ and control characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in title).split()).removeprefix("inhalt:").strip()
    return line if len(line) <= TITLE else line[: TITLE - 1] + "…"


def _lines(content: bytes | None) -> list[str]:
    return [] if content is None else content.decode("utf-8", "replace").splitlines(keepends=True)


def _pack(content: bytes | None) -> str | None:
    return None if content is None else base64.b64encode(content).decode("ascii")


def _unpack(content: str | None) -> bytes | None:
    return None if content is None else base64.b64decode(content, validate=True)
