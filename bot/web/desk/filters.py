"""Filters of the answer list: topic, group of occupations, law; each a plain link with its number of answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request

from bot.knowledge.base import Knowledge
from bot.knowledge.themen import DEFAULT
from bot.search.paragraphs import laws

GROUPS = {"pflege": "Pflege", "gesundheit": "Gesundheitsfachberufe", "heilberuf": "Ärztliche und andere Heilberufe", "paedagogik": "Schule und Kita", "soziales": "Soziale Arbeit",
          "handwerk": "Handwerk", "ihk": "Industrie, Handel, Dienstleistung", "ingenieur": "Ingenieurwesen", "akademisch": "Studienberufe ohne Reglementierung", "recht": "Rechtsberufe",
          "verwaltung": "Verwaltung", "landwirtschaft": "Landwirtschaft", "freie-berufe": "Praxen und Kanzleien", "verkehr": "Verkehr"}


@dataclass(frozen=True)
class Facets:
    """Which FAQs belong to which topic, group and law."""

    thema: dict[str, frozenset[str]]
    gruppe: dict[str, frozenset[str]]
    recht: dict[str, frozenset[str]]


@dataclass(frozen=True)
class Link:
    """One filter as a link: `active` when it is chosen (the link then takes it away)."""

    text: str
    url: str
    count: int
    active: bool


_newest: list[tuple[Knowledge, Facets]] = []  # of the content in use


def facets(knowledge: Knowledge) -> Facets:
    """Returns the facets of this content, made once per state of it."""
    if not _newest or _newest[0][0] is not knowledge:
        _newest[:] = [(knowledge, _facets(knowledge))]
    return _newest[0][1]


def _facets(knowledge: Knowledge) -> Facets:
    topic: dict[str, set[str]] = defaultdict(set)
    group: dict[str, set[str]] = defaultdict(set)
    law: dict[str, set[str]] = defaultdict(set)
    for beruf in knowledge.berufe.values():
        group[beruf.gruppe] |= {beruf.faq, *beruf.aspekte.values()}
    for faq in knowledge.faqs.values():
        topic[faq.thema].add(faq.id)
        for name in (name for norm in faq.rechtsgrundlagen for name in laws(norm.norm)):
            law[name].add(faq.id)
    return Facets(*({key: frozenset(ids) for key, ids in part.items()} for part in (topic, group, law)))


class Filters:
    """The filters of one request; unknown values count as not chosen."""

    def __init__(self, request: Request, knowledge: Knowledge) -> None:
        self._facets, self._knowledge = facets(knowledge), knowledge
        asked = request.query_params
        self.q = " ".join(asked.get("q", "").split())[:200]
        self.thema = asked.get("thema", "") if asked.get("thema", "") in self._facets.thema else ""
        self.gruppe = asked.get("gruppe", "") if asked.get("gruppe", "") in self._facets.gruppe else ""
        self.recht = asked.get("recht", "") if asked.get("recht", "") in self._facets.recht else ""
        self.korb = basket(asked.get("korb", ""), knowledge)

    def is_set(self) -> bool:
        """Tells whether any filter is chosen."""
        return bool(self.thema or self.gruppe or self.recht)

    def allowed(self) -> frozenset[str] | None:
        """Returns the FAQs that the filters leave, None without a filter."""
        chosen = [part[value] for part, value in ((self._facets.thema, self.thema), (self._facets.gruppe, self.gruppe), (self._facets.recht, self.recht)) if value]
        return frozenset.intersection(*chosen) if chosen else None

    def url(self, **changed: str) -> str:
        """Returns the address of the list with some parameters changed ("" takes one away)."""
        values = {"q": self.q, "thema": self.thema, "gruppe": self.gruppe, "recht": self.recht, "korb": ",".join(self.korb)} | changed
        query = urlencode({k: v for k, v in values.items() if v})
        return f"/faq?{query}" if query else "/faq"

    def topics(self) -> list[Link]:
        """Returns all topics in their order."""
        return [self._link("thema", t.id, t.titel, self._facets.thema.get(t.id, frozenset())) for t in self._knowledge.themen.values() if t.id != DEFAULT]

    def groups(self) -> list[Link]:
        """Returns the groups of occupations that have answers of their own."""
        return [self._link("gruppe", key, text, self._facets.gruppe[key]) for key, text in GROUPS.items() if key in self._facets.gruppe]

    def law(self) -> list[Link]:
        """Returns the laws, those with the most answers first."""
        counts = Counter({name: len(ids) for name, ids in self._facets.recht.items()})
        return [self._link("recht", name, name, self._facets.recht[name]) for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]

    def chosen(self) -> list[Link]:
        """Returns the filters in force, each with the link that takes it away."""
        return [link for link in (*self.topics(), *self.groups(), *self.law()) if link.active]

    def _link(self, name: str, value: str, text: str, ids: frozenset[str]) -> Link:
        active = getattr(self, name) == value
        return Link(text, self.url(**{name: "" if active else value}), len(ids), active)


def basket(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Returns the FAQ ids of a comma-separated list, unknown ones and doubles left out, at most 20."""
    return tuple(dict.fromkeys(i for i in text.split(",") if i in knowledge.faqs))[:20]
