"""Occupation and aspect in one question („was kostet Anerkennung als Elektriker“, „Unterlagen Maler“): the occupation's own answer to that aspect.

The classifier hears the stronger of the two; `data/berufe` knows where costs, time, papers … of each occupation are answered.
"""

from __future__ import annotations

import re
from typing import Mapping, Sequence

from bot.knowledge.flat import flat

# Beginnings of words, after `flat`. German terms behind foreign words come from the glossary, so German is enough.
WORDS = {
    "kosten": r"kost(?!enlos)\w*|preis\w*|teuer|gebuhr\w*|gebuehr\w*|wie ?viel (?:geld|euro)|wieviel zahl\w*|was zahl\w*|wie ?viel muss \w+ zahl\w*|was muss \w+ zahl\w*",
    "dauer": r"dauer\w*|wie ?lange?|wartezeit\w*|wie ?viele? (?:zeit|monat\w*|wochen)",
    "unterlagen": r"unterlage\w*|dokument\w*|(?:welche|was fur|was fuer) (?:papiere?|zeugnisse|zertifikate|zettel)|papiere? brauch\w*",
    "zustaendig": r"zustandig\w*|zustaendig\w*|welches amt|welche (?:stelle|behorde|behoerde|kammer)",
    "sprache": r"deutschkenntnisse|deutsch ?niveau|sprachniveau|welches deutsch|wie gut deutsch",
    "foerderung": r"zuschuss\w*|forderung\w*|foerderung\w*|stipendi\w*",
}
FOUND = {aspect: re.compile(rf"\b(?:{words})\b") for aspect, words in WORDS.items()}
CHAMBERS = {"faq/kosten-ihk-fosa": re.compile(r"\bfosa\b"), "faq/kosten-hwk": re.compile(r"\b(?:handwerkskammer\w*|hwk)\b")}  # asked for by name: whatever the occupation
LONGEST = 5  # words in the name of an occupation
OPEN = ("anerkennung_pruefen", "vorstellung", "anschluss/beruf")  # what a message with an occupation may be taken for instead


class OccupationAspects:
    """`names`: flat name → occupation; `targets`: occupation → {"faq": its own FAQ, aspect: FAQ}; `general`: aspect → FAQ for all occupations."""

    def __init__(self, names: Mapping[str, str], targets: Mapping[str, Mapping[str, str]], general: Mapping[str, str]) -> None:
        self.names, self.targets, self.general = dict(names), {k: dict(v) for k, v in targets.items()}, dict(general)
        self._answers: dict[str, set[str]] = {aspect: {faq} for aspect, faq in general.items()}
        for own in self.targets.values():
            for aspect, faq in own.items():
                self._answers.setdefault(aspect, set()).add(faq)

    def asked(self, text: str, label: str) -> list[str]:
        """Returns the labels that answer `text` when it names one occupation and one or two aspects, in the order of the question; else [].

        Args:
            label: what the classifier took the text for; a label that has to do with neither occupation nor aspect stays.
        """
        words = flat(text).split()
        aspects = self._aspects(" ".join(words))
        if not aspects or label not in self._open(aspects) or label in CHAMBERS and CHAMBERS[label].search(" ".join(words)):
            return []
        occupation = self.occupation(words)
        own = self.targets.get(occupation, {})
        found = [f"faq/{own[a]}" for a in aspects if a in own and not (a == "zustaendig" and label == f"faq/{own['faq']}")]
        if not occupation or len(found) < len(aspects):
            return []
        return list(dict.fromkeys(found))[:2]

    def occupation(self, words: Sequence[str]) -> str:
        """Returns the one occupation that `words` (from `flat`) name, or "" for none or several."""
        found, start = set(), 0
        while start < len(words):
            for size in range(min(LONGEST, len(words) - start), 0, -1):
                name = " ".join(words[start : start + size])
                if name in self.names:
                    found.add(self.names[name])
                    start += size - 1
                    break
            start += 1
        return found.pop() if len(found) == 1 else ""

    def _aspects(self, text: str) -> list[str]:
        places = {aspect: match.start() for aspect, pattern in FOUND.items() if (match := pattern.search(text))}
        return sorted(places, key=lambda aspect: places[aspect])

    def _open(self, aspects: Sequence[str]) -> set[str]:
        own = {f"faq/{faqs['faq']}" for faqs in self.targets.values()}
        answers = {f"faq/{faq}" for aspect in aspects for faq in self._answers.get(aspect, ())}
        return own | answers | {f"anschluss/{aspect}" for aspect in aspects} | set(OPEN)
