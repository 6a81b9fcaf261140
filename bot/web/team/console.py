"""Console pages: every template gets the signed-in account, its CSRF token and the menu entries its role may open."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.team import roles
from bot.web.templating import page

# (address, label, role); a page appears in the menu by a line here.
MENU = [
    ("/team/", "Übersicht", roles.READ),
    ("/team/posteingang", "Posteingang", roles.READ),
    ("/team/daten", "Daten", roles.READ),
    ("/team/inhalte", "Inhalte", roles.READ),
    ("/team/vorschlaege", "Vorschläge", roles.READ),
    ("/team/modelle", "Modelle", roles.READ),
    ("/team/auswertung", "Auswertung", roles.READ),
    ("/team/konten", "Verwaltung", roles.ADMIN),
]


def console(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """Renders a page of the console."""
    staff = request.state.staff
    menu = [(address, label) for address, label, role in MENU if roles.may(staff.account.role, role)]
    return page(request, template, status=status, ich=staff.account, csrf=staff.csrf, punkte=menu, darf=lambda role: roles.may(staff.account.role, role), **context)
