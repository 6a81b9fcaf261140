"""Models: train, compare, release, roll back. The pages only call `bot.training`; every action also exists as `lotse models …`."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import Any, AsyncIterator, Callable

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute

from bot.processes import StartError
from bot.store import audit
from bot.team import roles
from bot.training import comparison, gate, jobs, release
from bot.training.compare_csv import TABLES, as_csv
from bot.training.compare_page import fragment
from bot.training.registry import Model, Registry, UnknownModel
from bot.web.team.access import confirmed, fields, staff_route, text_fields
from bot.web.team.console import console

HOME = "/team/modelle"
TICK = 0.5
LONGEST_STREAM = 600.0
SHORTEST_REASON = 3
WITHOUT_REASON = "ohne Begründung"


async def overview(request: Request) -> Response:
    """All models, the running job and the last release."""
    return await _overview(request)


async def _overview(request: Request, problem: str = "", status: int = 200) -> Response:
    registry = _registry(request)
    known = await run_in_threadpool(registry.all)
    context = {"modelle": known, "auftrag": jobs.status(), "wechsel": release.status(), "laeuft": release.running(), "davor": release.before()}
    return console(request, "team/modelle.html", status=status, problem=problem, **context)


async def one(request: Request) -> Response:
    """One model: where it comes from, what it can do, and how it compares with the live one."""
    return await _one(request)


async def _one(request: Request, problem: str = "", status: int = 200) -> Response:
    registry = _registry(request)
    model = await _model(request, registry)
    found = await run_in_threadpool(release.verdict, model, registry)
    live = await run_in_threadpool(registry.live)
    kept = comparison.load(live.sha256, model.sha256) if live else None
    html = Markup(fragment(kept, found, 2)) if kept else None  # noqa: S704 - escaped there
    return console(request, "team/modell.html", status=status, modell=model, urteil=found, vergleich=html, tabellen=TABLES, live=live, auftrag=jobs.status(),
                   wechsel=release.status(), problem=problem)


async def train(request: Request) -> Response:
    """Starts a training in the background."""
    why = text_fields(await fields(request)).get("warum", "").strip()[:200]
    return await _do(request, "training_begonnen", "", lambda who: jobs.start_training(who, why))


async def cancel(request: Request) -> Response:
    """Ends the running training or comparison."""
    return await _do(request, "auftrag_abgebrochen", "", jobs.cancel)


async def compare(request: Request) -> Response:
    """Compares a model with the live one, in the background."""
    model = await _model(request, _registry(request))
    return await _do(request, "vergleich_begonnen", model.file, lambda who: jobs.start_comparison(model.id, who))


async def publish(request: Request) -> Response:
    """Releases a model; asks for the password again. The gate may only be overruled by an administrator with a reason."""
    registry = _registry(request)
    model, sent, role = await _model(request, registry), text_fields(await fields(request)), request.state.staff.account.role
    problem = await _unready(request, sent)
    if problem:
        return await _one(request, problem, 400)
    try:
        await run_in_threadpool(release.release, model.id, _who(request), role, sent["warum"].strip(), sent.get("trotzdem", ""), registry)
    except (gate.Refused, StartError, UnknownModel) as error:
        return await _one(request, str(error), 409)
    await _note(request, "freigabe_begonnen", model.file, {"warum": sent["warum"], "trotzdem": sent.get("trotzdem", "")})
    return RedirectResponse(HOME, status_code=303)


async def roll_back(request: Request) -> Response:
    """Returns to the model before: one click, because it hurries and what comes back was released before."""
    why = text_fields(await fields(request)).get("warum", "").strip()[:200] or WITHOUT_REASON
    try:
        await run_in_threadpool(release.rollback, _who(request), request.state.staff.account.role, why)
    except (gate.Refused, StartError) as error:
        return await _overview(request, str(error), 409)
    await _note(request, "rueckkehr_begonnen", release.before(), {"warum": why})
    return RedirectResponse(HOME, status_code=303)


async def reject(request: Request) -> Response:
    """Marks a candidate as not to be released."""
    registry = _registry(request)
    model, why = await _model(request, registry), text_fields(await fields(request)).get("warum", "").strip()
    if len(why) < SHORTEST_REASON:
        return await _one(request, "Bitte schreiben Sie, warum das Modell nicht freigegeben wird.", 400)
    try:
        await run_in_threadpool(registry.reject, model.id, _who(request), why)
    except ValueError as error:
        return await _one(request, str(error), 409)
    return RedirectResponse(HOME, status_code=303)


async def table(request: Request) -> Response:
    """A table of the comparison as CSV."""
    registry = _registry(request)
    model, live = await _model(request, registry), await run_in_threadpool(registry.live)
    kept = comparison.load(live.sha256, model.sha256) if live else None
    name = request.path_params["tabelle"]
    if kept is None or name not in TABLES:
        raise HTTPException(404)
    return PlainTextResponse(as_csv(kept, name), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="vergleich-{name}.csv"'})


async def state(request: Request) -> Response:
    """How far job and release are, for scripts that ask."""
    return JSONResponse(_state())


async def stream(request: Request) -> Response:
    """The same as server-sent events, until nothing runs any more."""
    async def events() -> AsyncIterator[str]:
        last, waited = "", 0.0
        while waited < LONGEST_STREAM and not await request.is_disconnected():
            now = json.dumps(_state(), ensure_ascii=False)
            if now != last:
                yield f"data: {now}\n\n"
                last = now
            if not _state()["laeuft"]:
                return
            await asyncio.sleep(TICK)
            waited += TICK
    return StreamingResponse(events(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


def _state() -> dict[str, Any]:
    job, switch = jobs.status(), release.status()
    running = bool(job and job.running) or bool(switch and switch.state == release.RUNNING)
    return {"laeuft": running, "auftrag": asdict(job) if job else None, "wechsel": asdict(switch) if switch else None}


async def log(request: Request) -> Response:
    """The end of the last job's log."""
    lines = [f"== {path.name}\n{path.read_text(encoding='utf-8', errors='replace')[-20_000:]}" for path in jobs.log_files() if path.is_file()]
    return PlainTextResponse("\n".join(lines) or "Es gibt noch kein Protokoll.")


async def _do(request: Request, action: str, target: str, start: Callable[[str], object]) -> Response:
    try:
        await run_in_threadpool(start, _who(request))
    except StartError as error:
        return await _overview(request, str(error), 409)
    await _note(request, action, target, {})
    return RedirectResponse(HOME, status_code=303)


async def _unready(request: Request, sent: Any) -> str:
    if len(sent.get("warum", "").strip()) < SHORTEST_REASON:
        return "Bitte schreiben Sie, warum."
    return "" if await confirmed(request) else "Das Passwort stimmt nicht."


async def _model(request: Request, registry: Registry) -> Model:
    try:
        return await run_in_threadpool(registry.get, request.path_params["id"])
    except UnknownModel:
        raise HTTPException(404) from None


async def _note(request: Request, action: str, target: str, detail: dict[str, Any]) -> None:
    await run_in_threadpool(audit.note, request.app.state.database, _who(request), action, target, detail)


def _registry(request: Request) -> Registry:
    return Registry(request.app.state.database)


def _who(request: Request) -> str:
    return str(request.state.staff.account.login)


routes: list[BaseRoute] = [
    staff_route(HOME, overview, roles.READ), staff_route(f"{HOME}/stand", state, roles.READ), staff_route(f"{HOME}/verlauf", stream, roles.READ),
    staff_route(f"{HOME}/protokoll", log, roles.PUBLISH),
    staff_route(f"{HOME}/trainieren", train, roles.PUBLISH, ("POST",)), staff_route(f"{HOME}/abbrechen", cancel, roles.PUBLISH, ("POST",)),
    staff_route(f"{HOME}/zurueck", roll_back, roles.PUBLISH, ("POST",)),
    staff_route(f"{HOME}/{{id}}", one, roles.READ), staff_route(f"{HOME}/{{id}}/{{tabelle}}.csv", table, roles.READ),
    staff_route(f"{HOME}/{{id}}/vergleichen", compare, roles.PUBLISH, ("POST",)), staff_route(f"{HOME}/{{id}}/freigeben", publish, roles.PUBLISH, ("POST",)),
    staff_route(f"{HOME}/{{id}}/ablehnen", reject, roles.PUBLISH, ("POST",)),
]
