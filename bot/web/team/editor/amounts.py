"""`/team/werte`: amounts, quotas and deadlines of data/werte.yml as forms, and a new value for a new year."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.editor.changes import Change
from bot.editor.errors import EditError, FieldError
from bot.editor.four_eyes import WERTE
from bot.editor.wert_form import STAGE, edit_wert, new_stage, wert_values
from bot.editor.workspace import Workspace
from bot.knowledge.base import Knowledge
from bot.knowledge.werte import UNITS, german_number
from bot.team import roles
from bot.web.desk.state import today
from bot.web.team.access import staff_route
from bot.web.team.console import console
from bot.web.team.editor.change import Operation, offer
from bot.web.team.editor.faq_fields import beside_fields
from bot.web.team.editor.forms import Posted, of
from bot.web.team.editor.shared import knowledge_of, workspace_of

HOME = "/team/werte"
TEXTS = ("bezeichnung", "einheit", "norm", "quelle", "geprueft_am", "pruefen_bis")


async def overview(request: Request) -> Response:
    """All amounts with what holds today."""
    return console(request, "team/editor/werte.html", werte=list(knowledge_of(request).werte.values()), heute=today())


async def one(request: Request) -> Response:
    """One amount as a form."""
    return await wert_page(request, of([("wert_id", request.path_params["wert"])]), (), 200)


async def wert_page(request: Request, form: Posted, errors: Sequence[FieldError], status: int) -> Response:
    """Shows an amount as it is, or as somebody typed it."""
    wert, knowledge = form.one("wert_id"), knowledge_of(request)
    try:
        values = await run_in_threadpool(wert_values, wert, workspace_of(request))
    except EditError:
        if wert in knowledge.werte:  # it is there, but somebody broke the file
            raise
        raise HTTPException(404) from None
    stored = of(to_pairs(values))
    edited = form if form.one("vorgang") == "wert" else stored
    fresh = form if form.one("vorgang") == "jahreswert" else Posted()
    placed = beside_fields(errors, WERTE, f"{wert}.")
    known = knowledge.werte.get(wert)
    used = [f for f in knowledge.faqs.values() if f"{{werte.{wert}" in f"{f.antwort} {f.antwort_einfach} {f.mehr}"]
    return console(request, "team/editor/wert.html", status=status, wert=wert, f=edited, neu=fresh, fehler=placed if not fresh.pairs else [], fehler_neu=placed if fresh.pairs else [],
                   stufen=stages(edited) + [dict.fromkeys(STAGE, "")], einheiten=UNITS, heute=known.text(today()) if known else "", faqs=used)


def to_pairs(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Returns an amount as fields of the form; numbers in German writing."""
    pairs = [(name, str(values.get(name) or "")) for name in TEXTS]
    for stage in values.get("werte") or []:
        pairs += [(f"werte.{name}", _shown(stage.get(name))) for name in STAGE]
    return pairs


def stages(form: Posted) -> list[dict[str, str]]:
    """Returns the values with their days as typed, without empty rows."""
    columns = [form.all(f"werte.{name}") for name in STAGE]
    found = [dict(zip(STAGE, (cell.strip() for cell in row))) for row in zip(*columns)]
    return [row for row in found if any(row.values())]


def _build(form: Posted, workspace: Workspace, knowledge: Knowledge) -> Change:
    stored = of(to_pairs(wert_values(form.one("wert_id"), workspace)))
    changed: dict[str, Any] = {name: form.one(name) for name in TEXTS if form.one(name) != stored.one(name)}
    if stages(form) != stages(stored):
        changed["werte"] = stages(form)
    return edit_wert(form.one("wert_id"), changed, workspace)


def _build_new(form: Posted, workspace: Workspace, knowledge: Knowledge) -> Change:
    return new_stage(form.one("wert_id"), {name: form.one(name) for name in STAGE}, form.one("geprueft_am"), form.one("pruefen_bis"), workspace)


def _look(form: Posted, knowledge: Knowledge) -> dict[str, Any]:
    wert = knowledge.werte[form.one("wert_id")]
    return {"vorlage": "team/editor/ansicht_wert.html", "wert": wert, "heute": today(),
            "faqs": [f for f in knowledge.faqs.values() if f"{{werte.{wert.id}" in f"{f.antwort} {f.antwort_einfach} {f.mehr}"]}


def _shown(value: Any) -> str:
    return "" if value is None else german_number(value) if isinstance(value, (int, float)) else str(value)


def _back(form: Posted) -> str:
    return f"{HOME}/{form.one('wert_id')}"


offer(Operation("wert", _build, wert_page, _back, look=_look))
offer(Operation("jahreswert", _build_new, wert_page, _back, look=_look))
routes: list[BaseRoute] = [staff_route(HOME, overview, roles.READ), staff_route(HOME + "/{wert}", one, roles.READ)]
