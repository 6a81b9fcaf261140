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

# Pages that belong to an entry of the menu without standing below its address.
AREAS = {"/team/meldungen": "/team/posteingang", "/team/suchen": "/team/posteingang", "/team/uebernehmen": "/team/posteingang", "/team/werte": "/team/inhalte", "/team/luecken": "/team/auswertung",
         "/team/stichprobe": "/team/auswertung", "/team/protokoll": "/team/konten", "/team/gespraech": "/team/konten", "/team/faellig": "/team/inhalte"}


def area(path: str) -> str:
    """Returns the menu entry that a page belongs to: `/team/werte/x` → `/team/inhalte`."""
    parts = path.split("/")
    first = "/".join(parts[:3])
    return AREAS.get(first, first)


def console(request: Request, template: str, status: int = 200, **context: Any) -> Response:
    """Renders a page of the console."""
    staff = request.state.staff
    menu = [(address, label) for address, label, role in MENU if roles.may(staff.account.role, role)]
    return page(request, template, status=status, ich=staff.account, csrf=staff.csrf, punkte=menu, bereich=area(request.url.path), darf=lambda role: roles.may(staff.account.role, role), **context)
