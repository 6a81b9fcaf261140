"""`/team/daten`: all intents with their phrasings; the pages that forms of `phrasing_forms.py` belong to; the radar while typing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from bot.editor.errors import FieldError
from bot.editor.phrasings import all_phrasings
from bot.editor.radar import RadarResult
from bot.knowledge.base import Knowledge
from bot.knowledge.places import fold
from bot.knowledge.quality import MIN_PHRASINGS
from bot.team import roles
from bot.web.team.access import staff_route
from bot.web.team.console import console
from bot.web.team.editor import phrasing_forms
from bot.web.team.editor.forms import Posted, of
from bot.web.team.editor.radar import MOST, PREPARING, quick_check
from bot.web.team.editor.shared import intent_name, knowledge_of, workspace_of

HOME = "/team/daten"
KINDS = {"": "alle", "faq": "Antworten (FAQ)", "gespraech": "Gesprächsführung", "wenige": f"weniger als {MIN_PHRASINGS} Sätze"}
MAX_BODY, MAX_SENTENCE = 32_000, 300


@dataclass(frozen=True)
class Row:
    """An intent in the list."""

    intent: str
    name: str
    topic: str
    count: int
    example: str

    @property
    def few(self) -> bool:
        """Tells whether it has too few phrasings to be learnt well."""
        return self.count < MIN_PHRASINGS


async def overview(request: Request) -> Response:
    """All intents, filtered by words, kind and topic."""
    knowledge, query = knowledge_of(request), request.query_params
    rows = await run_in_threadpool(_rows, request)
    words = fold(query.get("q", "")[:200]).split()
    kind, topic = query.get("art", ""), query.get("thema", "")
    found = [row for row in rows if all(word in fold(f"{row.intent} {row.name} {row.example}") for word in words) and _is_kind(row, kind) and topic in ("", row.topic)]
    return console(request, "team/editor/daten.html", zeilen=found, alle=len(rows), saetze=sum(row.count for row in rows), gewaehlt=query, arten=KINDS,
                   themen={t.id: t.titel for t in knowledge.themen.values() if any(f.thema == t.id for f in knowledge.faqs.values())})


async def one(request: Request) -> Response:
    """One intent."""
    return await intent_page(request, of([("absicht", request.path_params["absicht"])]), (), 200)


async def intent_page(request: Request, form: Posted, errors: Sequence[FieldError], status: int) -> Response:
    """Shows an intent with its phrasings, and what somebody typed there before."""
    intent, knowledge = form.one("absicht"), knowledge_of(request)
    known = await run_in_threadpool(all_phrasings, workspace_of(request))
    if intent not in known:
        raise HTTPException(404)
    faq = knowledge.faqs.get(intent.removeprefix("faq/")) if intent.startswith("faq/") else None
    return console(request, "team/editor/absicht.html", status=status, absicht=intent, name=intent_name(intent, knowledge), saetze=known[intent], faq=faq, eingabe=form, fehler=errors,
                   absichten=names(known, knowledge), wenige=MIN_PHRASINGS)


async def radar(request: Request) -> Response:
    """Checks sentences while they are typed: {"absicht", "saetze": […]} → one finding per sentence; 202 while the radar is being built."""
    if "application/json" not in request.headers.get("content-type", ""):
        raise HTTPException(415)
    body = await request.body()
    try:
        asked: Any = json.loads(body) if len(body) <= MAX_BODY else None
        intent, sentences = str(asked["absicht"])[:120], [str(s)[:MAX_SENTENCE] for s in asked["saetze"]][:MOST]
    except (ValueError, KeyError, TypeError):
        return JSONResponse({"fehler": "Die Anfrage war nicht richtig."}, status_code=400)
    results = await quick_check(request, sentences, intent)
    if results is None:
        return JSONResponse({"bereit": False, "text": PREPARING}, status_code=202)
    knowledge = knowledge_of(request)
    return JSONResponse({"bereit": True, "saetze": [_finding(sentence, result, knowledge) for sentence, result in zip(sentences, results)]})


def _finding(sentence: str, result: RadarResult, knowledge: Knowledge) -> dict[str, object]:
    near = result.conflicts or result.duplicates
    return {"satz": sentence, "urteil": result.verdict, "text": result.message,
            "naechste": [{"satz": n.text, "absicht": n.intent, "name": intent_name(n.intent, knowledge)} for n in near[:3]]}


def names(known: dict[str, list[str]], knowledge: Knowledge) -> dict[str, str]:
    """Returns the name of each intent by id, for choosing."""
    return {intent: intent_name(intent, knowledge) for intent in sorted(known)}


def _rows(request: Request) -> list[Row]:
    knowledge = knowledge_of(request)
    rows = []
    for intent, sentences in sorted(all_phrasings(workspace_of(request)).items()):
        faq = knowledge.faqs.get(intent.removeprefix("faq/")) if intent.startswith("faq/") else None
        rows.append(Row(intent, intent_name(intent, knowledge), faq.thema if faq else "", len(sentences), sentences[0]))
    return rows


def _is_kind(row: Row, kind: str) -> bool:
    return {"faq": row.intent.startswith("faq/"), "gespraech": not row.intent.startswith("faq/"), "wenige": row.few}.get(kind, True)


phrasing_forms.offer_all(intent_page)
routes: list[BaseRoute] = [
    staff_route(HOME, overview, roles.READ), staff_route(f"{HOME}/radar", radar, roles.LABEL, ("POST",)), staff_route(HOME + "/{absicht:path}", one, roles.READ),
]
