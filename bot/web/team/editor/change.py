"""Every change goes this way: form → preview with diff, faults and who has to agree → taken over, or proposed to a second person.

The preview carries the form and a key of what was shown. „Übernehmen“ computes the change anew; when meanwhile somebody has changed the same files,
the key is another one and the new preview is shown instead. So nothing is overwritten and nothing typed is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Awaitable, Callable, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from bot.editor import transaction
from bot.editor.changes import Change
from bot.editor.errors import Busy, EditError, FieldError, Stale
from bot.editor.undo import undo
from bot.editor.validate import Findings, check
from bot.editor.workspace import Author, Workspace
from bot.knowledge.base import Knowledge
from bot.store import audit
from bot.store.errors import StoreError
from bot.team import proposals, roles
from bot.team.authors import author_of
from bot.web.team.access import fields, staff_route
from bot.web.team.console import console
from bot.web.team.editor.agreement import Agreement, agreement
from bot.web.team.editor.forms import Posted, of, posted
from bot.web.team.editor.radar import patient_check
from bot.web.team.editor.shared import diffs, knowledge_of, needs_training, workspace_of

ADDRESS = "/team/aendern"
OVERTAKEN = "Inzwischen hat jemand dieselben Dateien geändert. Ihre Eingaben sind erhalten. Bitte sehen Sie die Vorschau noch einmal an."
Page = Callable[[Request, Posted, Sequence[FieldError], int], Awaitable[Response]]
Build = Callable[[Posted, Workspace, Knowledge], Change]


@dataclass(frozen=True)
class Operation:
    """One thing that staff can do.

    build: form → change, raises EditError. page: shows the form again with the faults. back: address of the page it belongs to.
    sentences: the sentences of the form and their intent, for the radar at the preview. look: more for the preview (template name, what it needs).
    """

    name: str
    build: Build
    page: Page
    back: Callable[[Posted], str]
    sentences: Callable[[Posted, Knowledge], tuple[list[str], str]] | None = None
    look: Callable[[Posted, Knowledge], dict[str, Any]] | None = None


OPERATIONS: dict[str, Operation] = {}


def offer(operation: Operation) -> None:
    """Makes a change known to `POST /team/aendern` under the name in its field „vorgang“."""
    OPERATIONS[operation.name] = operation


async def handle(request: Request) -> Response:
    """Preview, „zurück“ or „übernehmen“, by the field „schritt“."""
    step = str((await fields(request)).get("schritt", "vorschau"))
    try:
        form = await posted(request, files=True)
    except EditError as error:
        operation = _operation(str((await fields(request)).get("vorgang", "")))
        return await operation.page(request, of([("vorgang", operation.name)]), error.errors, 400)
    operation = _operation(form.one("vorgang"))
    if step == "zurueck":
        return await operation.page(request, form, (), 200)
    workspace, knowledge = workspace_of(request), knowledge_of(request)
    try:
        change = await run_in_threadpool(operation.build, form, workspace, knowledge)
    except EditError as error:
        return await operation.page(request, form, error.errors, 400)
    if change.is_empty:
        return await operation.page(request, form, [FieldError("", "Es hat sich nichts geändert.", "Eine Angabe ändern oder die Seite verlassen.")], 400)
    if step != "uebernehmen":
        return await _checked(request, operation, form, change)
    if str((await fields(request)).get("schluessel", "")) != change.key:
        return await _checked(request, operation, form, change, OVERTAKEN, 409)
    return await _take(request, operation, form, change)


async def _checked(request: Request, operation: Operation, form: Posted, change: Change, problem: str = "", status: int = 200) -> Response:
    """The preview when nothing speaks against the change, else the form with the faults."""
    findings = await run_in_threadpool(check, change, workspace_of(request))
    if findings.errors:
        return await operation.page(request, form, findings.errors, 400)
    return await _preview(request, operation, form, change, findings, problem, status)


async def _take(request: Request, operation: Operation, form: Posted, change: Change) -> Response:
    workspace, account = workspace_of(request), request.state.staff.account
    try:
        author = author_of(account)
        if (await run_in_threadpool(agreement, change, workspace, account.role)).second:
            return await _propose(request, operation, form, change, author)
        applied = await run_in_threadpool(transaction.apply, change, author, workspace)
    except Busy as error:
        return await _checked(request, operation, form, change, "\n".join(map(str, error.errors)), 503)
    except Stale:  # somebody was faster by a second: the preview of now
        try:
            change = await run_in_threadpool(operation.build, form, workspace, knowledge_of(request))
        except EditError as error:
            return await operation.page(request, form, error.errors, 409)
        return await _checked(request, operation, form, change, OVERTAKEN, 409)
    except EditError as error:
        return await operation.page(request, form, error.errors, 409)
    await note(request, "inhalt_geaendert", applied.commit[:12], {"vorgang": operation.name, "dateien": proposals.paths(change)})
    return await done(request, change, applied, operation.back(form))


async def _propose(request: Request, operation: Operation, form: Posted, change: Change, author: Author) -> Response:
    me, workspace = request.state.staff.account, workspace_of(request)
    try:
        id = await run_in_threadpool(proposals.propose, request.app.state.database, author, me.login, change, workspace, operation.name)
    except EditError as error:
        return await operation.page(request, form, error.errors, 409)
    except StoreError as error:
        return await operation.page(request, form, [FieldError("", str(error), "Später noch einmal versuchen; Ihre Eingaben sind nicht verloren.")], 503)
    return console(request, "team/editor/vorgeschlagen.html", titel=change.title, id=id, zurueck=operation.back(form))


async def done(request: Request, change: Change, applied: transaction.Applied, back: str) -> Response:
    """Says what was written, with the way back."""
    await run_in_threadpool(request.app.state.knowledge.refresh)
    return console(request, "team/editor/fertig.html", titel=change.title, commit=applied.commit, hinweise=applied.notes, zurueck=back, training=needs_training(change))


async def _preview(request: Request, operation: Operation, form: Posted, change: Change, findings: Findings, problem: str = "", status: int = 200) -> Response:
    workspace, knowledge = workspace_of(request), knowledge_of(request)
    asked: Agreement = await run_in_threadpool(agreement, change, workspace, request.state.staff.account.role)
    seen = []
    if operation.sentences:
        sentences, intent = operation.sentences(form, knowledge)
        results = await patient_check(request, sentences, intent)
        seen = [(sentence, result) for sentence, result in zip(sentences, results) if result.verdict != "gut"]
    look = operation.look(form, findings.knowledge) if operation.look and findings.knowledge else {}
    return console(request, "team/editor/vorschau.html", status=status, titel=change.title, diffs=diffs(change, knowledge), felder=form.pairs, schluessel=change.key,
                   hinweise=(*change.notes, *findings.warnings), zustimmung=asked, radar=seen, problem=problem, ansicht=look)


async def note(request: Request, action: str, target: str, detail: dict[str, Any]) -> None:
    """Notes an action of the signed-in person in the audit."""
    await run_in_threadpool(audit.note, request.app.state.database, request.state.staff.account.login, action, target, detail)


def _operation(name: str) -> Operation:
    if name not in OPERATIONS:
        raise HTTPException(404)
    return OPERATIONS[name]


async def _undo_page(request: Request, form: Posted, errors: Sequence[FieldError], status: int) -> Response:
    return console(request, "team/editor/geht_nicht.html", status=status, fehler=errors)


offer(Operation("rueckgaengig", lambda form, workspace, _: undo(form.one("commit"), workspace), _undo_page, lambda form: "/team/daten"))
routes: list[BaseRoute] = [staff_route(ADDRESS, handle, roles.LABEL, ("POST",))]
