"""A file of the contents that somebody broke by hand: the page that needs it names file, line and remedy instead of failing."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.editor.errors import EditError
from bot.editor.future import field_error
from bot.knowledge.errors import ContentErrors
from bot.web.team.console import console

STATUS = 503


def broken_contents(request: Request, faults: EditError | ContentErrors) -> Response:
    """Returns what speaks against showing the page; JSON to a script."""
    root = request.app.state.team.workspace.root
    errors = [field_error(fault, root) for fault in faults.errors] if isinstance(faults, ContentErrors) else list(faults.errors)
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"fehler": "\n".join(map(str, errors))}, status_code=STATUS)
    return console(request, "team/editor/kaputt.html", status=STATUS, fehler=errors)
