"""Forms on public pages: no sign-in, but only from our own pages. `token(request)` goes into a hidden field „schutz“, `read(request)` checks it."""

from __future__ import annotations

from typing import Mapping

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.exceptions import HTTPException
from starlette.requests import Request

HOURS = 12


def _signer(request: Request) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(request.app.state.settings.secret, salt="formular")


def token(request: Request) -> str:
    """Returns the value of the hidden field „schutz“; it is valid for some hours on the page it was made for."""
    return str(_signer(request).dumps(request.url.path))


async def read(request: Request) -> Mapping[str, str]:
    """Returns the text fields of a posted form.

    Raises:
        HTTPException: 403 when the form does not come from our own page or is too old.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "Das Formular muss von dieser Seite kommen.")
    form = await request.form(max_files=0, max_fields=20)
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    try:
        page = _signer(request).loads(fields.get("schutz", ""), max_age=HOURS * 3600)
    except BadSignature:
        page = ""
    if page != request.url.path:
        raise HTTPException(403, "Das Formular ist zu alt. Bitte laden Sie die Seite neu und senden Sie noch einmal.")
    return fields
