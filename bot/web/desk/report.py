"""„Veraltet oder falsch?“: two fields, stored masked in the staff's inbox."""

from __future__ import annotations

import logging

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.store.errors import StoreError
from bot.store.reports import report
from bot.web import forms
from bot.web.desk.answer import context
from bot.web.desk.state import desk, knowledge_of, today
from bot.web.desk.texts import REASONS
from bot.web.templating import page

logger = logging.getLogger(__name__)
LONGEST = 1000


async def send(request: Request) -> Response:
    """Takes a report about one answer and leads back to it with thanks."""
    knowledge, faq_id = knowledge_of(request), request.path_params["id"]
    if faq_id not in knowledge.faqs:
        raise HTTPException(404)
    fields = await forms.read(request)
    reason, text = fields.get("grund", ""), fields.get("text", "").strip()
    trouble, status = _fault(reason, text), 400
    if not trouble and not desk(request).reports.allows(request):
        trouble, status = "Von hier kamen gerade mehrere Meldungen. Bitte versuchen Sie es in zehn Minuten noch einmal.", 429
    if not trouble:
        try:
            await run_in_threadpool(report, request.app.state.database, faq_id, reason, text or None, f"/faq/{faq_id}")
            return RedirectResponse(f"/faq/{faq_id}?gemeldet=1#melden", status_code=303)
        except StoreError as error:
            logger.error("Meldung nicht gespeichert: %s", error)
            trouble, status = "Ihre Meldung konnte gerade nicht gespeichert werden. Bitte versuchen Sie es später noch einmal.", 503
    found = context(request, knowledge, knowledge.faqs[faq_id], today()) | {"meldung_fehler": trouble, "meldung_text": text[:LONGEST], "meldung_grund": reason}
    return page(request, "desk/antwort.html", status=status, **found)


def _fault(reason: str, text: str) -> str:
    if reason not in REASONS:
        return "Bitte wählen Sie aus, was nicht stimmt."
    return f"Der Text ist zu lang: höchstens {LONGEST} Zeichen." if len(text) > LONGEST else ""


routes = [Route("/faq/{id}", send, methods=["POST"])]
