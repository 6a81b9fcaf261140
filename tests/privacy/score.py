"""Reads `korpus.yml` and measures the masking against it: recall, precision, sentences that must stay. Used by the test; run it to see every miss."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.privacy.mask import locate, mask
from bot.privacy.spans import KINDS, Span

CORPUS = Path(__file__).with_name("korpus.yml")
MARK = re.compile(rf"\[({'|'.join(KINDS)})\|((?:[^\[\]]|\[[^\[\]]*\])*)\]")
KEEP = re.compile(r"§{1,2}\s?\d+[a-z]?(?:\s(?:Abs|Satz|Nr)\.?\s\d+)*|(?<!\d)\d{5}(?!\d)(?=\s[A-ZÄÖÜa-zäöü])")


@dataclass(frozen=True)
class Sentence:
    """One line of the corpus: the raw text and where personal data stands in it."""

    group: str
    text: str
    spans: tuple[Span, ...]


def load() -> list[Sentence]:
    """Returns all sentences of the corpus."""
    groups = yaml.safe_load(CORPUS.read_text(encoding="utf-8"))
    return [_parse(group, line.replace("⏎", "\n")) for group, lines in groups.items() for line in lines.splitlines() if line.strip()]


def _parse(group: str, line: str) -> Sentence:
    text, spans, position = "", [], 0
    for match in MARK.finditer(line):
        text += line[position:match.start()]
        spans.append(Span(len(text), len(text) + len(match.group(2)), f"<{match.group(1)}>"))
        text, position = text + match.group(2), match.end()
    return Sentence(group, text + line[position:], tuple(spans))


@dataclass
class Score:
    """What was found of what stands in the corpus, per placeholder, with the sentences that went wrong."""

    there: Counter[str] = field(default_factory=Counter)
    covered: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    masked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    kept: int = 0
    to_keep: int = 0
    unchanged: int = 0
    to_leave: int = 0
    misses: list[str] = field(default_factory=list)

    def recall(self, *kinds: str) -> float:
        """Share of the personal data of these kinds that is masked in full, as whatever kind."""
        return sum(self.covered[k] for k in kinds) / max(1, sum(self.there[k] for k in kinds))

    def precision(self, *kinds: str) -> float:
        """Share of what was masked as these kinds that is personal data."""
        return sum(self.right[k] for k in kinds) / max(1, sum(self.masked[k] for k in kinds))

    def add(self, sentence: Sentence) -> None:
        """Counts one sentence."""
        found = locate(sentence.text)
        hidden = {i for span in found for i in range(span.start, span.end)}
        wrong = not sentence.spans and bool(found)
        for span in sentence.spans:
            whole = all(i in hidden or not sentence.text[i].isalnum() for i in range(span.start, span.end))
            self.there[span.placeholder] += 1
            self.covered[span.placeholder] += whole
            self.named[span.placeholder] += any(f.placeholder == span.placeholder and f.start < span.end and span.start < f.end for f in found)
            wrong |= not whole
        for f in found:
            right = any(f.start < span.end and span.start < f.end for span in sentence.spans)
            self.masked[f.placeholder] += 1
            self.right[f.placeholder] += right
            wrong |= not right
        for match in KEEP.finditer(sentence.text):
            if not any(match.start() < span.end and span.start < match.end() for span in sentence.spans):
                self.to_keep += 1
                self.kept += not hidden & set(range(*match.span()))
        if not sentence.spans:
            self.to_leave += 1
            self.unchanged += mask(sentence.text).text == sentence.text
        if wrong:
            self.misses.append(f"{sentence.group}: {sentence.text!r} → {mask(sentence.text).text!r}")


PATTERNS = tuple(f"<{kind}>" for kind in KINDS if kind not in ("NAME", "ADRESSE"))


def score(sentences: list[Sentence]) -> Score:
    """Measures these sentences."""
    result = Score()
    for sentence in sentences:
        result.add(sentence)
    return result


def report(result: Score) -> str:
    """Returns the figures as lines."""
    lines = [f"{kind}: recall {result.covered[k]}/{result.there[k]}, Art richtig {result.named[k]}, precision {result.right[k]}/{result.masked[k]}" for kind in KINDS for k in [f"<{kind}>"]]
    every = tuple(f"<{kind}>" for kind in KINDS)
    lines.append(f"Muster: recall {result.recall(*PATTERNS):.3f}, precision {result.precision(*PATTERNS):.3f}; Namen: recall {result.recall('<NAME>'):.3f}, precision {result.precision('<NAME>'):.3f}; "
                 f"Adressen: recall {result.recall('<ADRESSE>'):.3f}; alles: recall {result.recall(*every):.3f}, precision {result.precision(*every):.3f}")
    lines.append(f"PLZ und Paragrafen erhalten: {result.kept}/{result.to_keep}; Sätze unverändert: {result.unchanged}/{result.to_leave}")
    return "\n".join(lines)


if __name__ == "__main__":
    corpus = load()
    part = {"gerade": corpus[::2], "ungerade": corpus[1::2]}.get(sys.argv[1] if len(sys.argv) > 1 else "", corpus)
    outcome = score(part)
    print(len(part), "Sätze")
    print(report(outcome))
    if "--misses" in sys.argv:
        print("\n".join(outcome.misses))
