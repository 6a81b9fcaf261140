"""What changed: the list of recent changes, the Atom feed, and the versions of one answer with a word diff."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.history.diff import Piece, word_diff
from bot.history.repository import NoHistory
from bot.history.wording import raw_version
from bot.knowledge.base import Knowledge
from bot.knowledge.faq import Faq
from bot.web.desk.state import BERLIN, desk, knowledge_of
from bot.web.desk.texts import german, lines
from bot.web.templating import environment, page

MOST_ENTRIES = 60
MOST_VERSIONS = 10
LABELS = {"frage": "Frage", "antwort": "Antwort", "antwort_einfach": "In einfacher Sprache", "mehr": "Mehr dazu", "recht": "Rechtsgrundlagen", "gilt": "Gilt", "stand": "Geprüft am", "pruefen_bis": "Nächste Prüfung"}


@dataclass(frozen=True)
class Changed:
    """One change of one answer; `commit` is "" when there is no history and the day of its last check is shown."""

    faq: Faq
    zeit: dt.datetime
    ist_neu: bool
    commit: str


def recent_changes(request: Request, most: int, thema: str = "", each_once: bool = True) -> list[Changed]:
    """Returns the latest changes, newest first; without history the answers in the order of their last check."""
    knowledge = knowledge_of(request)
    faqs = {i: f for i, f in knowledge.faqs.items() if not thema or f.thema == thema}
    try:
        found = [Changed(faqs[i], c.version.time, c.is_new, c.version.commit) for c in desk(request).history.changes("faq") for i in [c.name[4:-4]] if c.name == f"faq/{i}.yml" and i in faqs]
    except NoHistory:
        found = []
    if not found:
        found = [Changed(f, dt.datetime.combine(f.stand, dt.time(12), BERLIN), False, "") for f in faqs.values()]
    found.sort(key=lambda c: (c.zeit, c.faq.stand, c.faq.id), reverse=True)
    if each_once:
        found = list({c.faq.id: c for c in reversed(found)}.values())[::-1]
        found.sort(key=lambda c: (c.zeit, c.faq.stand), reverse=True)
    return found[:most]


async def feed(request: Request) -> Response:
    """The Atom feed of changes, all or of one topic (`?thema=`)."""
    knowledge, thema = knowledge_of(request), request.query_params.get("thema", "")
    if thema and thema not in knowledge.themen:
        raise HTTPException(404)
    entries = await run_in_threadpool(recent_changes, request, MOST_ENTRIES, thema, False)
    base = request.app.state.settings.base_url
    xml = environment().get_template("desk/feed.atom").render(eintraege=entries, basis=base, thema=knowledge.themen[thema] if thema else None, themen=knowledge.themen,
                                                              adresse=f"{base}/faq/feed.atom{f'?thema={thema}' if thema else ''}", zeit=entries[0].zeit if entries else dt.datetime.now(BERLIN))
    return Response(xml, media_type="application/atom+xml")


@dataclass(frozen=True)
class Step:
    """One version of an answer: what it changed against the version before, per field."""

    zeit: dt.datetime
    ist_erste: bool
    felder: list[tuple[str, list[Piece]]]


def steps(request: Request, knowledge: Knowledge, faq_id: str) -> list[Step]:
    """Returns the newest versions with their word diffs.

    Raises:
        NoHistory: there is none.
    """
    history = desk(request).history
    versions = history.versions(f"faq/{faq_id}.yml")[: MOST_VERSIONS + 1]
    texts = [_fields(raw_version(history, knowledge, faq_id, version)) for version in versions]
    found = []
    for (version, new), (_, old) in itertools.pairwise(zip(versions, texts)):
        found.append(Step(version.time, False, [(LABELS[name], word_diff(old[name], new[name])) for name in LABELS if old[name] != new[name]]))
    if versions and len(versions) <= MOST_VERSIONS:
        found.append(Step(versions[-1].time, True, []))
    return found


def _fields(faq: Faq) -> dict[str, str]:
    return {"frage": faq.frage, "antwort": lines(faq.antwort), "antwort_einfach": lines(faq.antwort_einfach), "mehr": lines(faq.mehr), "recht": ", ".join(n.norm for n in faq.rechtsgrundlagen),
            "gilt": faq.gilt, "stand": german(faq.stand), "pruefen_bis": german(faq.pruefen_bis)}


async def versions(request: Request) -> Response:
    """„Was hat sich geändert“ of one answer."""
    knowledge, faq_id = knowledge_of(request), request.path_params["id"]
    if faq_id not in knowledge.faqs:
        raise HTTPException(404)
    try:
        found, trouble = await run_in_threadpool(steps, request, knowledge, faq_id), ""
    except NoHistory as error:
        found, trouble = [], str(error)
    return page(request, "desk/verlauf.html", faq=knowledge.faqs[faq_id], schritte=found, problem=trouble)


routes = [Route("/faq/feed.atom", feed), Route("/faq/{id}/verlauf", versions)]
