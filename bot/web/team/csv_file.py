"""Tables that staff download: UTF-8 with a mark for Excel."""

from __future__ import annotations

from starlette.responses import Response


def csv_response(text: str, name: str) -> Response:
    """Returns a table as a download."""
    return Response("\ufeff" + text, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})
