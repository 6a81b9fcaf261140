"""Tables that staff download: UTF-8 with a mark for Excel, semicolons, and no cell that a spreadsheet would run as a formula."""

from __future__ import annotations

from starlette.responses import Response

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> object:
    """Returns text that begins like a formula with an apostrophe before it; figures as they are."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def csv_response(text: str, name: str) -> Response:
    """Returns a table as a download."""
    return Response("\ufeff" + text, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})
