"""One file of phrasings below `data/nlu`: sentences in and out, everything else byte for byte as it was."""

from __future__ import annotations

from typing import Any

from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.editor.errors import refuse
from bot.editor.yaml_text import Form, dump, load

BULLET = "- "


class NluDocument:
    """The intents of a file with their sentences. `render()` returns the bytes to write.

    `name` is only used in messages.
    """

    def __init__(self, raw: bytes, name: str) -> None:
        self._raw, self._name, self._form = raw, name, Form.of(raw)
        self._document: Any = load(self._form.text(raw, name), name)
        self._changed = False
        if not isinstance(self._document, dict) or not isinstance(self._document.get("nlu"), list):
            raise refuse("Die Datei enthält keine Formulierungen.", "Aufbau mit einer Nachbardatei vergleichen.", place=name)
        if not all(isinstance(block, dict) and isinstance(block.get("examples"), str) for block in self._document["nlu"]):
            raise refuse("Die Datei enthält Blöcke ohne „intent“ und „examples: |“.", "Mit „lotse data check“ den Fehler suchen.", place=name)

    @classmethod
    def new(cls, intent: str, sentences: list[str], name: str) -> "NluDocument":
        """Returns a file with one intent."""
        lines = "".join(f"    {BULLET}{sentence}\n" for sentence in sentences)
        return cls(f'version: "3.1"\nnlu:\n- intent: {intent}\n  examples: |\n{lines}'.encode(), name)

    def intents(self) -> list[str]:
        """Returns the intents in the order of the file."""
        return [str(block["intent"]) for block in self._document["nlu"]]

    def sentences(self, intent: str) -> list[str]:
        """Returns the sentences of an intent in the order of the file."""
        return [line[len(BULLET) :].strip() for line in self._lines(intent) if line.startswith(BULLET)]

    def add(self, intent: str, sentences: list[str]) -> None:
        """Puts sentences after the last one of the intent."""
        if sentences:
            lines = self._lines(intent)
            end = max((number for number, line in enumerate(lines, start=1) if line.strip()), default=0)
            self._set(intent, [*lines[:end], *(BULLET + sentence for sentence in sentences), *lines[end:]])

    def remove(self, intent: str, sentences: list[str]) -> None:
        """Takes sentences out.

        Raises:
            EditError: a sentence does not stand there.
        """
        lines = self._lines(intent)
        for sentence in sentences:
            at = next((number for number, line in enumerate(lines) if line.startswith(BULLET) and line[len(BULLET) :].strip() == sentence), None)
            if at is None:
                raise refuse(f"Der Satz „{sentence[:80]}“ steht nicht bei „{intent}“.", "Die Liste neu laden; vielleicht hat ihn schon jemand geändert.", intent, self._name)
            del lines[at]
        if sentences:
            self._set(intent, lines)

    def rename(self, intent: str, new: str) -> None:
        """Gives an intent another name."""
        self._block(intent)["intent"] = new
        self._changed = True

    def render(self) -> bytes:
        """Returns the file's content; without a change the very bytes that were read."""
        return self._form.raw(dump(self._document)) if self._changed else self._raw

    def _block(self, intent: str) -> CommentedMap:
        for block in self._document["nlu"]:
            if block["intent"] == intent:
                return block
        raise refuse(f"Die Absicht „{intent}“ steht nicht in dieser Datei.", "Kennung prüfen.", intent, self._name)

    def _lines(self, intent: str) -> list[str]:
        return str(self._block(intent)["examples"]).split("\n")

    def _set(self, intent: str, lines: list[str]) -> None:
        block = self._block(intent)
        old = block["examples"]
        if not any(line.startswith(BULLET) for line in lines):
            raise refuse(f"„{intent}“ hätte danach keinen Satz mehr.", "Mindestens einen Satz behalten oder die Absicht zusammenlegen.", intent, self._name)
        text = LiteralScalarString("\n".join(lines))
        if hasattr(old, "comment"):
            text.comment = old.comment
        block["examples"] = text
        self._changed = True
