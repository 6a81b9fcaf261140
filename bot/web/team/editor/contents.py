"""`/team/inhalte`: answers as forms, with the view of chat and page beside them; new FAQs, alone or split from another one."""

from __future__ import annotations

import datetime as dt
from typing import Any, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.editor.changes import Change
from bot.editor.errors import EditError, FieldError
from bot.editor.faq_files import new_faq
from bot.editor.faq_form import edit_faq, faq_values
from bot.editor.faq_ids import faq_file
from bot.editor.merge import split_faq
from bot.editor.workspace import Workspace
from bot.knowledge.base import Knowledge
from bot.knowledge.faq import ASPEKTE, GILT, SICHER, Faq
from bot.knowledge.places import fold
from bot.knowledge.themen import DEFAULT
from bot.knowledge.werte import PLACEHOLDER
from bot.team import roles
from bot.web.desk.state import today
from bot.web.desk.texts import ASPECTS, SURE, rendered
from bot.web.team.access import staff_route
from bot.web.team.console import console
from bot.web.team.editor.change import Operation, offer
from bot.web.team.editor.faq_fields import LEVELS, PAIRS, SPARE, View, beside_fields, changed, from_form, rows, to_form, view
from bot.web.team.editor.forms import Posted, of, posted
from bot.web.team.editor.phrasing_forms import sentences_of
from bot.web.team.editor.shared import knowledge_of, workspace_of

HOME, NEW = "/team/inhalte", "neu"
DUE = {"": "alle", "faellig": "Prüfung überfällig", "bald": "Prüfung in 30 Tagen", "ungeklaert": "ungeklärt"}
SOON = dt.timedelta(days=30)
TITLES = {"kennung": "Kennung", "formulierungen": "Formulierungen", "frage": "Frage", "kurz": "Kurztitel", "thema": "Thema", "antwort": "Antwort", "antwort_einfach": "Einfache Sprache",
          "mehr": "Mehr dazu", "rechtsgrundlagen": "Rechtsgrundlagen", "quellen": "Quellen", "gilt": "Gilt", "stand": "Stand", "pruefen_bis": "Nächste Prüfung", "sicher": "Sicherheit",
          "verwandt": "Verwandte Antworten", "aspekte": "Nachfragen", "beratung_anbieten": "Beratung anbieten"}


async def overview(request: Request) -> Response:
    """All answers, filtered by words, topic and review date."""
    knowledge, query, day = knowledge_of(request), request.query_params, today()
    words, topic, due = fold(query.get("q", "")[:200]).split(), query.get("thema", ""), query.get("pruefung", "")
    found = [f for f in knowledge.faqs.values() if topic in ("", f.thema) and all(w in fold(f"{f.id} {f.frage} {f.kurz} {f.antwort}") for w in words) and _is_due(f, due, day)]
    return console(request, "team/editor/inhalte.html", faqs=sorted(found, key=lambda f: f.frage.casefold()), alle=len(knowledge.faqs), gewaehlt=query, themen=_topics(knowledge),
                   faelligkeit=DUE, heute=day, sicher=SURE)


async def one(request: Request) -> Response:
    """One answer as a form."""
    return await faq_page(request, of([("faq", request.path_params["faq"])]), (), 200)


async def new(request: Request) -> Response:
    """The form for a new FAQ; posted with „absicht“ and „satz“, these sentences are split from that FAQ."""
    form = await posted(request) if request.method == "POST" else Posted()
    return await new_page(request, form.but("vorgang", "ziel"), (), 200)


async def faq_page(request: Request, form: Posted, errors: Sequence[FieldError], status: int) -> Response:
    """Shows the record as it is, or as somebody typed it."""
    faq, workspace = form.one("faq"), workspace_of(request)
    try:
        values = await run_in_threadpool(faq_values, faq, workspace)
    except EditError:
        if faq in knowledge_of(request).faqs:  # it is there, but somebody broke its file
            raise
        raise HTTPException(404) from None
    if not form.has("frage"):
        form = of([("faq", faq), *to_form(values).pairs])
    return _form(request, "faq", faq, form, beside_fields(errors, faq_file(faq)), status)


async def new_page(request: Request, form: Posted, errors: Sequence[FieldError], status: int) -> Response:
    """Shows the form of a new FAQ."""
    if not form.has("gilt"):
        form = form.but(gilt="Hessen", sicher="geprueft", stand=f"{today():%Y-%m-%d}", pruefen_bis=f"{today() + dt.timedelta(days=365):%Y-%m-%d}")
    file = f"data/faq/{form.one('kennung')}.yml"
    placed = [FieldError("kennung", e.text, e.remedy) if e.field in ("", "kennung") and e.place in ("", file) else
              FieldError("formulierungen", e.text, e.remedy) if e.field in ("formulierungen", f"faq/{form.one('kennung')}") else e for e in errors]
    return _form(request, "neu", "", form, beside_fields(placed, file), status)


def _form(request: Request, operation: str, faq: str, form: Posted, errors: Sequence[FieldError], status: int) -> Response:
    knowledge = knowledge_of(request)
    seen = view(faq or form.one("kennung"), from_form(form, knowledge), knowledge, today())
    return console(request, "team/editor/faq.html", status=status, vorgang=operation, faq=faq, f=form, fehler=errors, eigene=tuple(TITLES), themen=_topics(knowledge), gilt=GILT, sicher=SICHER,
                   sicher_text=SURE, aspekte={a: ASPECTS[a] for a in ASPEKTE}, normen=rows(form, "rechtsgrundlagen", SPARE), quellen=rows(form, "quellen", SPARE), paare=PAIRS,
                   verwandt=[v for v in form.all("verwandt") if v.strip()] + [""] * SPARE, faqs={x.id: x.frage for x in knowledge.faqs.values()},
                   werte={w.id: f"{w.bezeichnung}: {w.text(today())}" for w in knowledge.werte.values()}, **_shown(seen))


async def live_view(request: Request) -> Response:
    """The view of chat and page for the fields as typed; nothing is written."""
    form, knowledge = await posted(request), knowledge_of(request)
    faq = request.path_params["faq"]
    seen = await run_in_threadpool(view, form.one("kennung") if faq == NEW else faq, from_form(form, knowledge), knowledge, today())
    return console(request, "team/editor/ansicht_allein.html", **_shown(seen))


def _shown(seen: View) -> dict[str, Any]:
    faq, day = seen.faq, today()
    page = {name: rendered(seen.knowledge, getattr(faq, name), day) for name in ("antwort", "antwort_einfach", "mehr")} if faq else {}
    used = sorted({m[1] for m in PLACEHOLDER.finditer(f"{faq.antwort} {faq.antwort_einfach} {faq.mehr}")}) if faq else []
    return {"ansicht": {"vorlage": "team/editor/ansicht_faq.html", "v": seen, "stufen": LEVELS, "seite": page, "heute": day, "sicher": SURE, "titel": TITLES,
                        "werte": [seen.knowledge.werte[w] for w in used if w in seen.knowledge.werte]}}


def _build_edit(form: Posted, workspace: Workspace, knowledge: Knowledge) -> Change:
    values = changed(form, faq_values(form.one("faq"), workspace), knowledge)
    return edit_faq(form.one("faq"), values, workspace)


def _build_new(form: Posted, workspace: Workspace, knowledge: Knowledge) -> Change:
    record = {k: v for k, v in from_form(form, knowledge).items() if v or k == "beratung_anbieten"}
    source, chosen = form.one("absicht").removeprefix("faq/"), form.all("satz")
    if source and chosen:
        return split_faq(source, form.one("kennung"), record, chosen, workspace)
    return new_faq(form.one("kennung"), record, sentences_of(form, "formulierungen"), workspace)


def _look(form: Posted, knowledge: Knowledge) -> dict[str, Any]:
    return _shown(view(form.one("faq") or form.one("kennung"), from_form(form, knowledge), knowledge, today()))["ansicht"]  # type: ignore[no-any-return]


def _topics(knowledge: Knowledge) -> dict[str, str]:
    return {t.id: t.titel for t in knowledge.themen.values() if t.id != DEFAULT}


def _is_due(faq: Faq, due: str, day: dt.date) -> bool:
    return {"faellig": faq.is_overdue(day), "bald": faq.is_overdue(day + SOON), "ungeklaert": faq.sicher == "ungeklaert"}.get(due, True)


offer(Operation("faq", _build_edit, faq_page, lambda form: f"{HOME}/{form.one('faq')}", look=_look))
offer(Operation("neu", _build_new, new_page, lambda form: f"{HOME}/{form.one('kennung')}",
                lambda form, _: ([] if form.all("satz") else sentences_of(form, "formulierungen"), f"faq/{form.one('kennung')}"), _look))
routes: list[BaseRoute] = [
    staff_route(HOME, overview, roles.READ), staff_route(f"{HOME}/{NEW}", new, roles.LABEL, ("GET", "POST")), staff_route(HOME + "/{faq}", one, roles.READ),
    staff_route(HOME + "/{faq}/ansicht", live_view, roles.LABEL, ("POST",)),
]
