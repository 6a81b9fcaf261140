"""`/faq/<id>`: one answer with all that makes it usable: levels, law, sources, dates, relations, ways to hand it on; `?stand=` shows an earlier wording."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.history.repository import NoHistory
from bot.history.wording import NotYet, Wording, wording_on
from bot.knowledge.base import Knowledge
from bot.knowledge.faq import Faq
from bot.knowledge.render import aspect_target
from bot.knowledge.themen import DEFAULT
from bot.store.errors import StoreError
from bot.store.picks import pick
from bot.web import forms
from bot.web.desk.cite import citations
from bot.web.desk.filters import basket
from bot.web.desk.state import desk, knowledge_of, today
from bot.web.desk.structured import json_ld
from bot.web.desk.texts import ASPECTS, REASONS, SURE, rendered
from bot.web.templating import date_text, page

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


async def show(request: Request) -> Response:
    """The answer; an unknown id gets a page with the search."""
    knowledge, faq_id = knowledge_of(request), request.path_params["id"]
    faq = knowledge.faqs.get(faq_id)
    if faq is None:
        return page(request, "desk/unbekannt.html", gesucht=faq_id.replace("-", " ")[:80], status=404)
    if "stand" in request.query_params:
        return await run_in_threadpool(_earlier, request, knowledge, faq)
    response = page(request, "desk/antwort.html", **context(request, knowledge, faq, today()))
    response.background = _pick_task(request, faq_id)
    return response


def context(request: Request, knowledge: Knowledge, faq: Faq, day: dt.date) -> dict[str, Any]:
    """Returns what the template needs for the answer with the values of `day`."""
    link = f"{request.app.state.settings.base_url}/faq/{faq.id}"
    korb = basket(request.query_params.get("korb", ""), knowledge)
    return {
        "faq": faq, "heute": day, "link": link, "thema": knowledge.themen[faq.thema], "korb": korb, "q": " ".join(request.query_params.get("q", "").split())[:200],
        "antwort": rendered(knowledge, faq.antwort, day), "einfach": rendered(knowledge, faq.antwort_einfach, day), "mehr": rendered(knowledge, faq.mehr, day),
        "sicher": SURE[faq.sicher], "aspekte": aspects(knowledge, faq), "verwandt": [knowledge.faqs[i] for i in faq.verwandt], "zitate": citations(knowledge, faq, day, link),
        "json_ld": json_ld(knowledge, faq, day, link), "schutz": forms.token(request), "gruende": REASONS, "gemeldet": request.query_params.get("gemeldet") == "1",
        "meldung_fehler": "", "meldung_text": "", "meldung_grund": "",
    }


def aspects(knowledge: Knowledge, faq: Faq) -> list[tuple[str, Faq]]:
    """Returns follow-up questions with their answers: those of this answer and of its topic, not the general ones, and not itself."""
    topic = knowledge.themen[faq.thema].aspekte if faq.thema != DEFAULT else {}
    found = [(label, aspect_target(knowledge, faq, key)) for key, label in ASPECTS.items() if key in faq.aspekte or key in topic]
    return [(label, target) for label, target in found if target.id != faq.id]


def _earlier(request: Request, knowledge: Knowledge, faq: Faq) -> Response:
    asked = request.query_params["stand"]
    wording: Wording | None = None
    problem, status = "", 200
    try:
        if not DAY.fullmatch(asked):
            raise ValueError
        day = dt.date.fromisoformat(asked)
        if day > today():
            problem, status = "Dieser Tag liegt in der Zukunft.", 400
        else:
            wording = wording_on(desk(request).history, knowledge, faq.id, day)
    except ValueError:
        said = f"„{asked[:20]}“ ist kein Datum." if asked.strip() else "Ein leeres Feld ist kein Datum."
        problem, status = f"{said} Schreiben Sie es als JJJJ-MM-TT, zum Beispiel {today():%Y-%m-%d}.", 400
    except NotYet as error:
        first = f" Die erste Fassung ist vom {date_text(error.first)}." if error.first else " Sie ist noch nicht in der Versionsgeschichte."
        problem, status = f"Am {date_text(day)} gab es diese Antwort hier noch nicht.{first}", 404
    except NoHistory as error:
        problem, status = f"{error} Frühere Fassungen lassen sich deshalb nicht zeigen.", 503
    texts = {name: rendered(knowledge, getattr(wording.faq, name), wording.day) for name in ("antwort", "antwort_einfach", "mehr")} if wording else {}
    return page(request, "desk/fassung.html", faq=faq, fassung=wording, texte=texts, problem=problem, heute=today(), gefragt=asked[:20], status=status)


def _pick_task(request: Request, faq_id: str) -> BackgroundTask | None:
    """Returns the note „this answer was opened from that place of that search“, for clicks on our own list only."""
    query, rank = request.query_params.get("q", "").strip(), request.query_params.get("rang", "")
    own = request.headers.get("sec-fetch-site", "") == "same-origin"
    if not (query and rank.isdigit() and 1 <= int(rank) <= 50 and own and "prefetch" not in request.headers.get("sec-purpose", "") and desk(request).picks.allows(request)):
        return None
    return BackgroundTask(_store_pick, request, query, faq_id, int(rank))


def _store_pick(request: Request, query: str, faq_id: str, rank: int) -> None:
    try:
        pick(request.app.state.database, query, faq_id, rank)
    except StoreError:  # a lost note must not disturb the reader
        pass




routes = [Route("/faq/{id}", show)]
