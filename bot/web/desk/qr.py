"""QR code of a link as an SVG without style attributes and scripts, so that a strict Content-Security-Policy allows it."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby

import qrcode
from markupsafe import Markup, escape

MARGIN = 2  # light modules around the code


@lru_cache(maxsize=1024)
def qr_svg(link: str) -> Markup:
    """Returns the picture; dark modules in black on white also in dark mode, because scanners need it so."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=MARGIN)
    code.add_data(link)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(f"M{x} {y}h{length}v1h-{length}z" for y, row in enumerate(rows) for x, length in _runs(row))
    size = len(rows)
    return Markup(f'<svg class="qr" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" aria-label="QR-Code: {escape(link)}" shape-rendering="crispEdges">'  # noqa: S704
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
