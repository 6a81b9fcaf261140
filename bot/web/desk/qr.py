"""QR code of an answer's link as an SVG of its own: making one costs some milliseconds, so pages do not wait for it and browsers keep it."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

import qrcode
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.web.desk.state import knowledge_of

MARGIN = 2  # light modules around the code


@lru_cache(maxsize=1024)
def qr_svg(link: str) -> str:
    """Returns the picture; dark modules in black on white also in dark mode, because scanners need it so."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=MARGIN)
    code.add_data(link)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row))
    size = len(rows)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
            f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path fill="#000" d="{path}"/></svg>')


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Returns start and length of each run of dark modules."""
    found, x = [], 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            found.append((x, length))
        x += length
    return found


async def show(request: Request) -> Response:
    """The code of one answer's stable link."""
    if request.path_params["id"] not in knowledge_of(request).faqs:
        raise HTTPException(404)
    return Response(qr_svg(f"{request.app.state.settings.base_url}/faq/{request.path_params['id']}"), media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})


routes = [Route("/faq/{id}/qr.svg", show)]
