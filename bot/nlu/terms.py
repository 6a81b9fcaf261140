"""Adds the German term behind a foreign sentence's key words, so that a model trained on German understands it.

Terms come from `data/begriffe.yml`, occupations from `data/berufe/`. A sentence is never translated or shown changed.
"""

from __future__ import annotations

from typing import Iterable, Mapping

from bot.knowledge.flat import flat

MOST = 6


class TermGlossary:
    """`entries` maps a language to (beginning of a word or phrase, German term) pairs."""

    def __init__(self, entries: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        self.entries = {lang: [(flat(stem), german) for stem, german in pairs] for lang, pairs in entries.items()}
        for pairs in self.entries.values():
            pairs.sort(key=lambda pair: -len(pair[0]))

    def add(self, text: str, language: str) -> str:
        """Returns `text` followed by the German terms that it names, longest matches first; German text unchanged."""
        pairs = self.entries.get(language)
        if not pairs:
            return text
        padded, found = f" {flat(text)} ", []
        for stem, german in pairs:
            if german not in found and f" {stem}" in padded:
                found.append(german)
                padded = padded.replace(f" {stem}", " ", 1)
                if len(found) == MOST:
                    break
        return f"{text} {' '.join(found)}" if found else text
