"""The pages that the law asks for, filled from `data/betreiber.yml`; what is missing there is shown as missing."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.knowledge.betreiber import FIELDS
from bot.store import reports
from bot.web import forms
from bot.web.templating import page

IMPRINT = ("name", "anschrift", "vertreten_durch", "email", "telefon", "inhaltlich_verantwortlich")
PRIVACY = ("name", "anschrift", "email", "datenschutz_kontakt", "datenschutz_aufsicht", "rechtsgrundlage", "hosting")
ACCESS = ("barriere_kontakt", "barriere_durchsetzung", "barriere_stand")
BARRIER = "barrierefreiheit"
MAX_TEXT = 1000


async def imprint(request: Request) -> Response:
    """Impressum, § 5 DDG, § 18 Abs. 2 MStV."""
    return _page(request, "recht/impressum.html", IMPRINT)


async def privacy(request: Request) -> Response:
    """Datenschutzerklärung, Art. 13 DSGVO, with the time limits in force."""
    return _page(request, "recht/datenschutz.html", PRIVACY, fristen=request.app.state.database.limits)


async def accessibility(request: Request) -> Response:
    """Erklärung zur Barrierefreiheit with its feedback channel, § 14 HessBGG."""
    return _page(request, "recht/barrierefreiheit.html", ACCESS, schutz=forms.token(request), gemeldet=False)


async def report_barrier(request: Request) -> Response:
    """Takes a reported barrier into the staff's inbox, masked, without asking who it is from."""
    fields = await forms.read(request)
    text = fields.get("text", "").strip()[:MAX_TEXT]
    if text:
        await run_in_threadpool(reports.report, request.app.state.database, BARRIER, "barriere", text, request.url.path)
    return _page(request, "recht/barrierefreiheit.html", ACCESS, schutz=forms.token(request), gemeldet=bool(text))


def _page(request: Request, template: str, needed: tuple[str, ...], **context: Any) -> Response:
    operator = request.app.state.knowledge.current().betreiber
    return page(request, template, felder=FIELDS, fehlend=[name for name in needed if not operator.angaben[name]], **context)


routes = [
    Route("/impressum", imprint), Route("/datenschutz", privacy),
    Route("/barrierefreiheit", accessibility, methods=["GET"]), Route("/barrierefreiheit", report_barrier, methods=["POST"]),
]
