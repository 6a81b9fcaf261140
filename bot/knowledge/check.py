"""The Anerkennungsprüfung: occupation, country, place and residence → an ordered path of one to five short steps.

What a step says comes from `data/pruefung.yml`, facts from the occupation, its FAQs and offices. `next_question` tells what else to ask:
only what is unknown and would change the path.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Iterator, Sequence

from bot.knowledge.base import Knowledge
from bot.knowledge.berufe import Beruf
from bot.knowledge.check_rules import ADVICE, OF_BERUF, OTHER_LAND, UNKNOWN, Sentence
from bot.knowledge.offices import Office
from bot.knowledge.places import Place
from bot.knowledge.routing import find_offices, group_of
from bot.knowledge.werte import fill


@dataclass(frozen=True)
class Case:
    """What is known about a person.

    gruppe: `eu`, `ewr-ch`, `drittstaat` or `unbekannt`. place: in Hessen. outside: name of a place elsewhere in Germany, other_land: its Land.
    """

    beruf: Beruf | None = None
    gruppe: str = UNKNOWN
    place: Place | None = None
    aufenthalt: str = UNKNOWN
    outside: str = ""
    other_land: str = ""


@dataclass(frozen=True)
class Step:
    """One step of the path: heading, what to know or do, the FAQ that backs it, the office to turn to (None: none is certain)."""

    titel: str
    text: str
    faq: str
    stelle: Office | None = None


def path(case: Case, knowledge: Knowledge, day: dt.date, easy: bool = False) -> tuple[Step, ...]:
    """Returns the steps in order; a step about which nothing is known is left out."""
    kind, decider = _decider(case, knowledge, day)
    facts = _facts(case, kind)
    steps = []
    for rules in knowledge.check_rules:
        for sentence in (s for s in rules.saetze if s.holds(facts)):
            office = _office(sentence, case, decider, knowledge, day)
            if sentence.stelle and office is None:
                continue
            steps.append(_step(rules.titel, sentence, case, office, knowledge, day, easy))
            break
    return tuple(steps)


def next_question(case: Case, knowledge: Knowledge, day: dt.date, answered: Sequence[str] = ()) -> str:
    """Returns `beruf`, `land`, `aufenthalt` or `ort`: the first thing that is unknown, was not yet asked in vain and changes the path; else ""."""
    if case.beruf is None:
        return "" if "beruf" in answered else "beruf"
    if case.gruppe == UNKNOWN and "land" not in answered and _differs([replace(case, gruppe=g) for g in ("eu", "drittstaat")], knowledge, day):
        return "land"
    if case.aufenthalt == UNKNOWN and "aufenthalt" not in answered:
        return "aufenthalt"
    if case.aufenthalt == "deutschland" and "ort" not in answered and place_matters(case, knowledge, day):
        return "ort"
    return ""


def place_matters(case: Case, knowledge: Knowledge, day: dt.date) -> bool:
    """Tells whether the zuständige Stelle depends on a place that is not known yet: the Handwerk with its three chambers."""
    return _decider(case, knowledge, day)[0] == "mehrere"


def best_faq(case: Case, steps: Sequence[Step], knowledge: Knowledge) -> str:
    """Returns the FAQ that follow-ups refer to: the one for EU degrees in this occupation, else the occupation's, else the first step's."""
    if case.beruf is None:
        return steps[0].faq
    special = [s.faq for s in steps if case.gruppe in ("eu", "ewr-ch") and s.faq in EU_FAQS]
    return special[0] if special else case.beruf.faq


EU_FAQS = ("pflege-eu", "aerzte-eignungspruefung-eu")


def _differs(cases: Sequence[Case], knowledge: Knowledge, day: dt.date) -> bool:
    return len({path(case, knowledge, day) for case in cases}) > 1


def _facts(case: Case, kind: str) -> dict[str, str]:
    beruf = case.beruf
    return {
        "berufe": beruf.id if beruf else UNKNOWN,
        "gruppen": beruf.gruppe if beruf else UNKNOWN,
        "reglementiert": beruf.reglementiert if beruf else UNKNOWN,
        "pruefstelle": (beruf.stellen[0] if beruf.stellen else "keine") if beruf else UNKNOWN,
        "beruf_faq": beruf.faq if beruf else UNKNOWN,
        "kosten": beruf.aspekte.get("kosten", "") if beruf else "kosten-ueberblick",
        "land": case.gruppe,
        "aufenthalt": case.aufenthalt,
        "ort": "hessen" if case.place else "ausserhalb" if case.outside else UNKNOWN,
        "stelle": kind,
    }


def _decider(case: Case, knowledge: Knowledge, day: dt.date) -> tuple[str, Office | None]:
    """Returns how certain the zuständige Stelle is, and the office when it is one."""
    offices = [knowledge.offices[i] for i in (case.beruf.stellen if case.beruf else ()) if knowledge.offices[i].is_offered(day)]
    if not offices:
        return "keine", None
    if case.outside and not any("bundesweit" in o.zustaendig_fuer for o in offices):
        return "ausserhalb", offices[0] if len(offices) == 1 else None
    if not all(_is_regional(office) for office in offices):
        return "eine", offices[0]  # the others are for something else than the decision
    if case.place:
        offices = [o for o in offices if case.place.kreis in o.zustaendig_fuer] or offices
    if len(offices) > 1:
        return "mehrere", None
    return ("vermutet" if offices[0].zustaendig_laut == "vermutet" else "eine"), offices[0]


def _is_regional(office: Office) -> bool:
    return not {"Hessen", "bundesweit"} & set(office.zustaendig_fuer)


def _office(sentence: Sentence, case: Case, decider: Office | None, knowledge: Knowledge, day: dt.date) -> Office | None:
    if sentence.stelle == OF_BERUF:
        return decider
    if sentence.stelle == ADVICE and case.place:
        routes = find_offices(knowledge.needs["beratung"], case.place, knowledge.offices, day, group_of(case.beruf))
        return routes[0].office if routes else None
    if sentence.stelle == OTHER_LAND:
        return next(_of_land(knowledge, case.other_land, day), None)
    office = knowledge.offices.get(sentence.stelle)
    return office if office and office.is_offered(day) else None


def _of_land(knowledge: Knowledge, land: str, day: dt.date) -> Iterator[Office]:
    return (o for o in knowledge.offices.values() if o.angebot == OTHER_LAND and land in o.zustaendig_fuer and o.is_offered(day))


def _step(titel: str, sentence: Sentence, case: Case, office: Office | None, knowledge: Knowledge, day: dt.date, easy: bool) -> Step:
    base, _, aspekt = sentence.faq.partition(".")
    faq = sentence.faq
    if base == OF_BERUF and case.beruf:
        faq = case.beruf.aspekte.get(aspekt, case.beruf.faq)

    def filled(text: str) -> str:
        values = {"hinweis": case.beruf.hinweis if case.beruf else "", "ort": case.outside or (case.place.name if case.place else ""),
                  "zweck": knowledge.angebote[office.angebot].zweck if office else ""}
        for name, value in values.items():
            text = text.replace("{" + name + "}", value)
        return fill(text, knowledge.werte, day)

    return Step(f"{titel} {filled(sentence.kurz)}".strip(), filled(sentence.einfach if easy else sentence.text), faq, office)
