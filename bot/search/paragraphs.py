"""Paragraphs in law references and in queries: „§ 16d Abs. 1 AufenthG“, „16d“, „bqfg 4“, „§18g aufenthg“.

A `Paragraph` without a law means: this number in any law.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterable, Iterator

from bot.knowledge.faq import Faq
from bot.knowledge.places import fold

# A law's short name has a capital letter after its first one (AufenthG, BeschV, SGB II), or is written EU/….
LAW = re.compile(r"\b(?![IVX]+\b)(SGB [IVX]+|(?:EU/)?[A-ZÄÖÜ][a-zäöü]*(?:[A-ZÄÖÜ][a-zäöü]*)+\d?(?:/EU)?|Richtlinie \d{4}/\d+/EG)(?![\w/])")
BELOW = re.compile(r"\b(?:Abs|Nr|Nummer|Satz|Buchst)\b.*")  # what is smaller than a paragraph
NUMBER = re.compile(r"\b(\d{1,3})([a-z]?)\b")
SPAN = re.compile(r"\b(\d{1,3}[a-z]?) bis (\d{1,3}[a-z]?)\b")
ALIASES = {"aufenthaltsgesetz": "aufenthg", "beschaeftigungsverordnung": "beschv", "handwerksordnung": "hwo", "pflegeberufegesetz": "pflbg", "berufsbildungsgesetz": "bbig",
           "aufenthaltsverordnung": "aufenthv", "asylgesetz": "asylg", "bundesaerzteordnung": "baeo", "hebammengesetz": "hebg", "verwaltungsgerichtsordnung": "vwgo",
           "berufsqualifikationsfeststellungsgesetz": "bqfg", "deutschsprachfoerderverordnung": "deufoev", "integrationskursverordnung": "intv", "aufenth": "aufenthg"}


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: folded short name of its law ("" in a query: any) and number with letter ("" in a query: the whole law)."""

    law: str
    number: str

    def fits(self, other: "Paragraph") -> bool:
        """Tells whether `other`, from a law reference, is what this one, from a query, asks for."""
        return (not self.law or self.law == other.law) and (not self.number or self.number == other.number)


def laws(norm: str) -> list[str]:
    """Returns the short names of the laws in a reference („§ 4 SVBezGrV 2026“ → SVBezGrV)."""
    return list(dict.fromkeys(LAW.findall(norm)))


def parse_norm(norm: str) -> list[Paragraph]:
    """Returns every paragraph of a reference, ranges and lists resolved, without Abs. and Nr."""
    found: list[Paragraph] = []
    rest = norm
    while match := LAW.search(rest):
        before, rest = rest[: match.start()], rest[match.end():]
        pieces = [BELOW.sub("", piece) for piece in re.findall(r"(?:§+|\bArt\.)[^§]*", before)]
        numbers = dict.fromkeys(number for piece in pieces for number in _numbers(piece))
        law = fold(match[1])
        found += [Paragraph(law, number) for number in numbers] or [Paragraph(law, "")]
    return found


def _numbers(text: str) -> Iterator[str]:
    for first, last in SPAN.findall(text):
        yield from _between(first, last)
    for number, letter in NUMBER.findall(SPAN.sub(" ", text)):
        yield number + letter


def _between(first: str, last: str) -> list[str]:
    a, b = NUMBER.fullmatch(first), NUMBER.fullmatch(last)
    if a and b and a[1] == b[1] and a[2] and b[2]:
        return [a[1] + chr(c) for c in range(ord(a[2]), ord(b[2]) + 1)]
    if a and b and int(a[1]) < int(b[1]):
        return [first, *(str(n) for n in range(int(a[1]) + 1, int(b[1]))), last]
    return [first, last]


class ParagraphIndex:
    """Which FAQs rest on which paragraph."""

    def __init__(self, faqs: Iterable[Faq]) -> None:
        self._of: dict[str, list[tuple[Paragraph, str]]] = {}
        for faq in faqs:
            self._of[faq.id] = [(p, norm.norm) for norm in faq.rechtsgrundlagen for p in parse_norm(norm.norm)]
        self.laws = {p.law for pairs in self._of.values() for p, _ in pairs}

    def asked(self, query: str) -> list[Paragraph]:
        """Returns the paragraphs that a query names; a bare number counts only with § or a law beside it, one with a letter („16d“) always."""
        marked = re.sub(r"§+|\bparagraph(?:en)?\b|\bpar\.", " § ", query[:200].lower())
        marked = re.sub(r"\b(?:abs(?:atz)?|nr|satz)\b\.? ?\d+[a-z]?", " ", marked)
        marked = re.sub(r"\b(\d{1,3}) ([a-h])\b(?![.)])", r"\1\2", marked)
        tokens = [t for part in marked.split() for t in (["§"] if part == "§" else fold(part).split())]
        joined = " ".join(ALIASES.get(t, t) for t in tokens)
        named = sorted((law for law in self.laws if re.search(rf"(?<!\w){re.escape(law)}(?!\w)", joined)), key=len, reverse=True)
        numbers = [t for i, t in enumerate(tokens) if NUMBER.fullmatch(t) and (t[-1].isalpha() or named or (i and tokens[i - 1] == "§"))]
        if named:
            numbers = [n for n in numbers if not any(n in law.split() for law in named)]
            return [Paragraph(law, n) for law in named[:1] for n in numbers] or [Paragraph(named[0], "")]
        return [Paragraph("", n) for n in numbers]

    def matches(self, asked: list[Paragraph]) -> dict[str, str]:
        """Returns FAQ id → the reference that fits, those that rest on it first of all in front."""
        found = []
        for id_, pairs in self._of.items():
            place = next((i for i, (p, _) in enumerate(pairs) if any(a.fits(p) for a in asked)), None)
            if place is not None:
                found.append((place, id_, pairs[place][1]))
        return {id_: norm for _, id_, norm in sorted(found)}
