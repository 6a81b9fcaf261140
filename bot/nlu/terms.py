"""Adds the German term behind a foreign sentence's key words, so that a model trained on German understands it.

Terms come from `data/begriffe.yml`, occupations from `data/berufe/`. A sentence is never translated or shown changed.
"""

from __future__ import annotations

from typing import Iterable, Mapping

from bot.knowledge.flat import flat

MOST = 6
SIGNS = str.maketrans("", "", "ьъ")  # hardly ever typed in Latin letters, and often wrong in Cyrillic ones


class TermGlossary:
    """`entries` maps a language to (beginning of a word or phrase, German term) pairs."""

    def __init__(self, entries: Mapping[str, Iterable[tuple[str, str]]]) -> None:
        self.entries = {lang: [(flat(stem).translate(SIGNS), german) for stem, german in pairs] for lang, pairs in entries.items()}
        for pairs in self.entries.values():
            pairs.sort(key=lambda pair: -len(pair[0]))

    def add(self, text: str, language: str) -> str:
        """Returns `text` followed by the German terms that it names, longest matches first; German text unchanged."""
        found = [german for _, german in self._found(text, language)]
        return f"{text} {' '.join(found)}" if found else text

    def only(self, text: str, language: str) -> str:
        """Returns the German terms that `text` names, without it; `text` itself when it names none."""
        return " ".join(german for _, german in self._found(text, language)) or text

    def guess(self, text: str, languages: Iterable[str]) -> str:
        """Returns the one of `languages` whose terms cover most letters of `text`, or "" when none does or two are equal."""
        return self.guess_among({lang: text for lang in languages})

    def guess_among(self, texts: Mapping[str, str]) -> str:
        """Returns the language whose terms cover most letters of its own spelling of a message, or "" when none does or two are equal."""
        letters = {lang: sum(len(stem) for stem, _ in self._found(text, lang)) for lang, text in texts.items()}
        best = max(letters, key=lambda lang: letters[lang], default="")
        return best if best and letters[best] and list(letters.values()).count(letters[best]) == 1 else ""

    def _found(self, text: str, language: str) -> list[tuple[str, str]]:
        """Returns (stem, German term) pairs that `text` names, longest first, each term once."""
        padded, found = f" {flat(text).translate(SIGNS)} ", dict[str, str]()
        free = [True] * len(padded)  # letters that no longer stem has taken: one of a stem's letters at least must be free
        for stem, german in self.entries.get(language, ()):
            start = padded.find(f" {stem}") + 1
            while start:  # every place: a shorter stem of another term must not find what belongs to this one
                if any(free[start : start + len(stem)]):
                    found.setdefault(german, stem)
                    free[start : start + len(stem)] = [False] * len(stem)
                start = padded.find(f" {stem}", start) + 1
            if len(found) == MOST:
                break
        return [(stem, german) for german, stem in found.items()]
