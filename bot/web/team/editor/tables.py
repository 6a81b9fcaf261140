"""Phrasings out as CSV or XLSX, and back in: upload → preview → taken over."""

from __future__ import annotations

import datetime as dt
from typing import Sequence

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.editor.changes import Change
from bot.editor.errors import FieldError, refuse
from bot.editor.table_import import import_table
from bot.editor.table_read import MAX_BYTES, MAX_ROWS
from bot.editor.tables import export_csv, export_xlsx
from bot.editor.workspace import Workspace
from bot.knowledge.base import Knowledge
from bot.team import roles
from bot.web.team.access import staff_route
from bot.web.team.console import console
from bot.web.team.editor.change import Operation, note, offer
from bot.web.team.editor.forms import Posted, of, unpacked
from bot.web.team.editor.shared import workspace_of

HOME = "/team/daten/tabelle"
KINDS = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


async def show(request: Request) -> Response:
    """The page with both ways."""
    return await table_page(request, of([]), (), 200)


async def table_page(request: Request, form: Posted, errors: Sequence[FieldError], status: int) -> Response:
    """Shows the upload form and the faults of a table."""
    return console(request, "team/editor/tabelle.html", status=status, fehler=errors, datei=form.one("dateiname"), zeilen=MAX_ROWS)


async def export(request: Request) -> Response:
    """The phrasings of all intents, or of `?absicht=`, as a file; the export is noted."""
    kind, intent = request.path_params["art"], request.query_params.get("absicht", "")
    if kind not in KINDS:
        raise HTTPException(404)
    workspace, chosen = workspace_of(request), [intent] if intent else None
    content = await run_in_threadpool((lambda: export_csv(chosen, workspace, excel=True)) if kind == "csv" else (lambda: export_xlsx(chosen, workspace)))
    await note(request, "formulierungen_ausgeleitet", intent or "alle", {"art": kind})
    name = f"formulierungen-{intent.replace('/', '-') or 'alle'}-{dt.date.today():%Y-%m-%d}.{kind}"
    safe = "".join(c for c in name if c.isalnum() or c in "-_.")
    return Response(content, media_type=KINDS[kind], headers={"Content-Disposition": f'attachment; filename="{safe.encode("ascii", "ignore").decode()}"'})


def take_in(form: Posted, workspace: Workspace, knowledge: Knowledge) -> Change:
    """Returns the change that the uploaded table asks for."""
    if not form.one("tabelle"):
        raise refuse("Es ist keine Datei gewählt.", "Eine Tabelle als CSV oder .xlsx auswählen.", "datei")
    return import_table(unpacked(form.one("tabelle"), MAX_BYTES), form.one("dateiname"), workspace)


offer(Operation("tabelle", take_in, table_page, lambda form: HOME))
routes: list[BaseRoute] = [staff_route(HOME, show, roles.READ), staff_route("/team/daten/export.{art}", export, roles.READ)]
